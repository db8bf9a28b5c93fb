import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forgetOthers, ownerOf } from './owner.ts';
import type { Session } from '../session.ts';
import { forgetEverything, recall, remember } from './storage.ts';

const BASE = 'https://ehr.example/fhir';

/** Returns a SMART session of a new launch, without a subject if its id_token was not verified. */
const sessionOf = (subject?: string, fhirUser?: string): Session =>
  ({
    kind: 'smart',
    key: `ehr|${BASE}|smart|${crypto.randomUUID()}`,
    server: { fhirBaseUrl: BASE },
    subject,
    context: { fhirUser },
  }) as Session;

const isThere = (value: unknown): value is unknown => value !== undefined;
const kept = (key: string): boolean => recall(key, isThere) !== undefined;

/** Stores the values that a session leaves behind, and returns their keys. */
function leave(session: Session): string[] {
  const values = {
    [`draft.${ownerOf(session)}new`]: { values: 'typed' },
    [`draft.${ownerOf(session)}new.sent`]: { at: 1 },
    [`place.${session.key.slice(-8)}`]: { criteria: {}, seen: [], of: session.key },
    [`panel.${session.key.slice(-8)}`]: { page: 2, of: session.key },
    [`export.${session.key}`]: { at: 1 },
  };
  for (const [key, value] of Object.entries(values)) remember(key, value);
  return Object.keys(values);
}

const top = {};
beforeEach(() => vi.stubGlobal('window', { self: top, top }));
afterEach(() => {
  forgetEverything();
  vi.unstubAllGlobals();
});

test('removes values of other sessions and keeps those of this session', () => {
  const others = leave(sessionOf('one'));
  const session = sessionOf('onetwo');
  const own = leave(session);
  remember('open', { id: 'ehr' });
  forgetOthers(session);
  expect(others.filter(kept)).toEqual([]);
  expect(own.filter((key) => !kept(key))).toEqual([]);
  expect(kept('open')).toBe(true);
});

test('keeps drafts of the same subject after a new launch', () => {
  const [draft = '', sent = ''] = leave(sessionOf('one'));
  forgetOthers(sessionOf('one'));
  expect([draft, sent].filter(kept)).toHaveLength(2);
});

test('keeps drafts on the same server while the user is not verified', () => {
  const user = 'Practitioner/1';
  const [draft = '', sent = '', ...rest] = leave(sessionOf('one', user));
  const elsewhere = `draft.https://other.example/fhir|one|new`;
  remember(elsewhere, { values: 'typed' });
  const unverified = sessionOf(undefined, user);
  forgetOthers(unverified); // the keys of the provider were not available
  expect([draft, sent].filter(kept)).toHaveLength(2);
  expect([elsewhere, ...rest].filter(kept)).toEqual([]);
  const [typed = ''] = leave(unverified);
  forgetOthers(sessionOf('one', user));
  expect([draft, typed].filter(kept)).toHaveLength(2);
  forgetOthers(sessionOf('two', 'Practitioner/2'));
  expect([draft, typed].filter(kept)).toEqual([]);
});

test('removes the values of a SMART session when the next session is not SMART', () => {
  const others = leave(sessionOf('one'));
  forgetOthers({ ...sessionOf(), kind: 'token', key: `api|${BASE}|token|one` });
  expect(others.filter(kept)).toEqual([]);
});

test('keeps all values inside a frame, because other frames share the storage', () => {
  vi.stubGlobal('window', { self: {}, top });
  const others = leave(sessionOf('one'));
  forgetOthers(sessionOf('two'));
  expect(others.filter(kept)).toEqual(others);
});
