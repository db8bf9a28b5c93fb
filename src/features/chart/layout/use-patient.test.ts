import { expect, test } from 'vitest';
import { knownPatient } from './use-patient.ts';

test('until the answer is there only a row of this very patient stands in', () => {
  const [ann, bob] = ['a', 'b'].map((id) => ({ resourceType: 'Patient', id }) as const);
  const pages = [
    [[], undefined],
    [[], { items: [ann, bob] }],
  ] as unknown as Parameters<typeof knownPatient>[0];
  expect(knownPatient(pages, 'b')?.resource).toBe(bob);
  expect(knownPatient(pages, 'c')).toBeUndefined();
});
