import { expect, test } from 'vitest';
import { currentFirst } from './current-first.ts';

const coded = (code: string) => ({ coding: [{ code }] });
const inOrder = (records: readonly object[]): readonly unknown[] =>
  records.toSorted(currentFirst.order).map((r) => ('id' in r ? r.id : undefined));

test('a disease that lasts comes before colds that are over, the newest first within', () => {
  const cold = (id: string) => ({ id, clinicalStatus: coded('resolved') });
  expect(
    inOrder([
      cold('cold 2026'),
      { id: 'refuted', clinicalStatus: coded('active'), verificationStatus: coded('refuted') },
      { id: 'relapse 2025', clinicalStatus: coded('relapse') },
      cold('cold 2025'),
      { id: 'no status' },
      { id: 'diabetes 2011', clinicalStatus: coded('active') },
      { id: 'withdrawn', verificationStatus: coded('entered-in-error') },
    ]),
  ).toEqual([
    'relapse 2025',
    'diabetes 2011',
    'no status',
    'cold 2026',
    'cold 2025',
    'refuted',
    'withdrawn',
  ]);
});

test('a drug that is taken comes before those that were', () => {
  const drug = (status: string) => ({ id: status, status });
  expect(
    inOrder(
      ['entered-in-error', 'completed', 'not-taken', 'draft', 'active', 'stopped', 'on-hold'].map(
        drug,
      ),
    ),
  ).toEqual([
    'active',
    'on-hold',
    'draft',
    'completed',
    'not-taken',
    'stopped',
    'entered-in-error',
  ]);
});

test('what is current: neither what is over nor what nobody knows of', () => {
  expect(
    ['active', 'on-hold', 'draft', 'completed'].map((status) => currentFirst.current({ status })),
  ).toEqual([true, true, false, false]);
});
