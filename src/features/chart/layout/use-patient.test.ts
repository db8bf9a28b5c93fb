import { expect, test } from 'vitest';
import { knownPatient } from './use-patient.ts';

test('only a cached row with exactly the requested id stands in for a patient', () => {
  const [ann, bob] = ['a', 'b'].map((id) => ({ resourceType: 'Patient', id }) as const);
  const pages = [
    [[], undefined],
    [[], { items: [ann, bob] }],
  ] as unknown as Parameters<typeof knownPatient>[0];
  expect(knownPatient(pages, 'b')?.resource).toBe(bob);
  expect(knownPatient(pages, 'c')).toBeUndefined();
});
