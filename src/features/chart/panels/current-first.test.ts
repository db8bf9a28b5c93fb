import { expect, test } from 'vitest';
import { currentFirst } from './current-first.ts';

const coded = (code: string) => ({ coding: [{ code }] });
const inOrder = (records: readonly object[]): readonly unknown[] =>
  records.toSorted(currentFirst.order).map((r) => ('id' in r ? r.id : undefined));

test('current conditions come before those that are over, in the order of the server', () => {
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

test('current medications come before those that are over', () => {
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

test('active and on-hold records are current, drafts and completed ones are not', () => {
  expect(
    ['active', 'on-hold', 'draft', 'completed'].map((status) => currentFirst.current({ status })),
  ).toEqual([true, true, false, false]);
});

test('a condition of an STU3 server that was entered in error or refuted is not current', () => {
  expect(
    ['entered-in-error', 'refuted', 'confirmed'].map((verificationStatus) =>
      currentFirst.current({ clinicalStatus: 'active', verificationStatus }),
    ),
  ).toEqual([false, false, true]);
});
