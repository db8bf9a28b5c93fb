import { expect, test } from 'vitest';
import type { Session } from '#session/session.ts';
import { draftKey } from './draft.ts';

const keyOf = (differently: object): string =>
  draftKey(
    {
      kind: 'smart',
      key: crypto.randomUUID(), // a new one at each launch
      server: { fhirBaseUrl: 'https://a.example/fhir' },
      user: { login: 'one' },
      context: {},
      ...differently,
    } as Session,
    'p1',
  );

test('a draft is of one person, on one server, in one patient context', () => {
  const mine = keyOf({});
  expect(keyOf({})).toBe(mine);
  expect(keyOf({ user: { login: 'two' } })).not.toBe(mine);
  expect(keyOf({ user: undefined, context: { fhirUser: 'Practitioner/2' } })).not.toBe(mine);
  expect(keyOf({ server: { fhirBaseUrl: 'https://b.example/fhir' } })).not.toBe(mine);
  expect(keyOf({ context: { patient: 'p2' } })).not.toBe(mine);
  expect(keyOf({ kind: 'entra', key: 'a' })).not.toBe(keyOf({ kind: 'entra', key: 'b' }));
});
