import { expect, test } from 'vitest';
import { referenceIn } from './contained.ts';

const holder = {
  contained: [
    { resourceType: 'Practitioner', id: 'gp', name: [{ family: 'Lund', given: ['Eva'] }] },
    { resourceType: 'Organization', id: 'org', name: 'Harbour Clinic' },
    { resourceType: 'Medication', id: 'med', code: { text: 'Ibuprofen' } },
    { resourceType: 'Medication', id: 'nameless' },
  ],
};

test.each([
  ['#gp', 'LUND, Eva'],
  ['#org', 'Harbour Clinic'],
  ['#med', 'Ibuprofen'],
  ['#nameless', undefined],
  ['#nowhere', undefined],
  ['Practitioner/1', 'Practitioner/1'],
])('referenceIn returns for the reference %s: %s', (reference, words) => {
  expect(referenceIn(holder, { reference })).toBe(words);
});

test('referenceIn prefers the display or identifier of the reference itself', () => {
  expect(referenceIn(holder, { reference: '#gp', display: 'Dr Lund' })).toBe('Dr Lund');
  expect(referenceIn(holder, { identifier: { value: '7' } })).toBe('7');
  expect(referenceIn(undefined, { reference: '#gp' })).toBeUndefined();
  expect(referenceIn(holder, undefined)).toBeUndefined();
});
