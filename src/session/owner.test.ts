import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { forgetOthers, ownerOf } from './owner.ts';
import type { Session } from './session.ts';
import { forgetEverything, recall, remember } from './storage.ts';

const BASE = 'https://ehr.example/fhir';

/** A SMART session, of a launch of its own. */
const sessionOf = (subject: string): Session =>
  ({
    kind: 'smart',
    key: `ehr|${BASE}|smart|${crypto.randomUUID()}`,
    server: { fhirBaseUrl: BASE },
    subject,
    context: {},
  }) as Session;

const isThere = (value: unknown): value is unknown => value !== undefined;
const kept = (key: string): boolean => recall(key, isThere) !== undefined;

/** What a session leaves behind; the key of each. */
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

test('what others left is forgotten, what is of this session stays', () => {
  const others = leave(sessionOf('one'));
  const session = sessionOf('onetwo');
  const own = leave(session);
  remember('open', { id: 'ehr' });
  forgetOthers(session);
  expect(others.filter(kept)).toEqual([]);
  expect(own.filter((key) => !kept(key))).toEqual([]);
  expect(kept('open')).toBe(true);
});

test('the same person finds drafts again after a new launch, by the subject alone', () => {
  const [draft = '', sent = ''] = leave(sessionOf('one'));
  forgetOthers(sessionOf('one'));
  expect([draft, sent].filter(kept)).toHaveLength(2);
});

test('in a frame it stays: the frame beside it shares the storage', () => {
  vi.stubGlobal('window', { self: {}, top });
  const others = leave(sessionOf('one'));
  forgetOthers(sessionOf('two'));
  expect(others.filter(kept)).toEqual(others);
});
