import { afterEach, expect, test, vi } from 'vitest';
import type { Session } from '#session/session.ts';
import { setSessionState } from '#session/state/store.ts';
import { draftKey, forgetDraft, keepTyped, readDraft } from './draft.ts';
import type { PatientForm } from '../model.ts';

const form = (family: string): PatientForm => ({ name: [{ family }] }) as unknown as PatientForm;

/** A fake form that a test can type into and unmount. */
function openForm(key: string) {
  let now = form('');
  let typed = (): void => undefined;
  const watch = (listener: () => void) => {
    typed = listener;
    return { unsubscribe: () => undefined };
  };
  const goes = keepTyped(key, { watch, getValues: () => now } as never, form(''));
  const type = (family: string): void => {
    now = form(family);
    typed();
  };
  return { type, goes };
}

afterEach(() => {
  vi.useRealTimers();
  setSessionState({ state: 'leaving' });
});

const keyOf = (differently: object): string =>
  draftKey(
    {
      kind: 'smart',
      key: crypto.randomUUID(), // a new key at each launch
      server: { fhirBaseUrl: 'https://a.example/fhir' },
      subject: 'one',
      user: { name: 'Dr Anna Schmidt', login: 'ward@hospital.example' },
      context: {},
      ...differently,
    } as Session,
    'p1',
  );

test('a draft key depends on the user, the server and the patient context', () => {
  const mine = keyOf({});
  expect(keyOf({})).toBe(mine);
  expect(keyOf({ subject: 'two' })).not.toBe(mine);
  expect(keyOf({ server: { fhirBaseUrl: 'https://b.example/fhir' } })).not.toBe(mine);
  expect(keyOf({ context: { patient: 'p2' } })).not.toBe(mine);
  expect(keyOf({ kind: 'entra', key: 'a' })).not.toBe(keyOf({ kind: 'entra', key: 'b' }));
});

test('users who share a name or a login have different draft keys', () => {
  const nameless = { subject: undefined, user: { name: 'Dr Anna Schmidt', login: 'ward' } };
  const one = { ...nameless, context: { fhirUser: 'Practitioner/1' } };
  expect(keyOf(one)).toBe(keyOf(one));
  expect(keyOf(one)).not.toBe(keyOf({ ...one, context: { fhirUser: 'Practitioner/2' } }));
  // Without a user identity the key belongs to this launch only.
  expect(keyOf(nameless)).not.toBe(keyOf(nameless));
});

test('stores the last typed values when the form unmounts at once, as after a crash', () => {
  vi.useFakeTimers();
  const session = { key: 'one' } as Session;
  setSessionState({ state: 'ready', session, expired: false, signInAgain: undefined });
  const { type, goes } = openForm('crash');
  type('A');
  vi.advanceTimersByTime(500);
  type('Abc');
  expect(readDraft('crash')?.values).toEqual(form('A'));
  goes();
  expect(readDraft('crash')?.values).toEqual(form('Abc'));
});

test('stores no draft on unmount after it was discarded or the user signed out', () => {
  vi.useFakeTimers();
  const session = { key: 'one' } as Session;
  setSessionState({ state: 'ready', session, expired: false, signInAgain: undefined });
  const discarded = openForm('discarded');
  discarded.type('Abc');
  forgetDraft('discarded');
  discarded.goes();
  const left = openForm('left');
  left.type('Abc');
  setSessionState({ state: 'leaving' });
  left.goes();
  vi.runAllTimers();
  expect(readDraft('discarded')).toBeUndefined();
  expect(readDraft('left')).toBeUndefined();
});
