import { expect, test } from 'vitest';
import { trends } from './trend-model.ts';

const weight = (day: number, value: number, rest: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'Body weight' },
  effectiveDateTime: `2026-01-0${day}`,
  valueQuantity: { value, unit: 'kg' },
  ...rest,
});

test('three values of one thing in one unit are a trend, oldest first', () => {
  const [series] = trends([weight(3, 72), weight(1, 70), weight(2, 71)]);
  expect(series).toMatchObject({ label: 'Body weight', unit: 'kg' });
  expect(series?.lines[0]?.points.map(({ value }) => value)).toEqual([70, 71, 72]);
  expect(trends([weight(1, 70), weight(2, 71)])).toEqual([]);
});

test('what is withdrawn, a bound, undated or in another unit is not joined to it', () => {
  const three = [weight(1, 70), weight(2, 71), weight(3, 72)];
  const odd = [
    weight(4, 999, { status: 'entered-in-error' }),
    weight(4, 999, { status: 'cancelled' }),
    weight(4, 999, { modifierExtension: [{ url: 'https://example.org/not' }] }),
    weight(4, 999, { valueQuantity: { value: 999, unit: 'kg', comparator: '<' } }),
    weight(4, 999, { valueQuantity: { value: 999, unit: 'lb' } }),
    weight(4, 999, { effectiveDateTime: undefined }),
  ];
  const all = trends([...three, ...odd]);
  expect(all).toHaveLength(1);
  expect(JSON.stringify(all)).not.toContain('999');
});

test('the parts of a blood pressure are the lines of one figure', () => {
  const part = (code: string, value: number) => ({
    code: { text: code },
    valueQuantity: { value, unit: 'mmHg' },
  });
  const bp = (day: number) =>
    weight(day, 0, {
      code: { text: 'Blood pressure' },
      valueQuantity: undefined,
      component: [part('Systolic', 120 + day), part('Diastolic', 80)],
    });
  const all = trends([bp(1), bp(2), bp(3)]);
  expect(all.map(({ lines }) => lines.map(({ label }) => label))).toEqual([
    ['Systolic', 'Diastolic'],
  ]);
});

test('right and left, mouth and ear are lines of their own, named', () => {
  const eye = (side: string) => ({ bodySite: { text: `${side} eye` } });
  const days = [1, 2, 3];
  const all = trends([
    ...days.map((day) => weight(day, 14, eye('Right'))),
    ...days.map((day) => weight(day, 35, eye('Left'))),
    ...days.map((day) => weight(day, 36, { method: { text: 'Oral' } })),
  ]);
  expect(all.map(({ label, lines }) => [label, lines[0]?.points.at(-1)?.value])).toEqual([
    ['Body weight, Right eye', 14],
    ['Body weight, Left eye', 35],
    ['Body weight, Oral', 36],
  ]);
  expect(new Set(all.map(({ key }) => key)).size).toBe(3);
});

test('what is about somebody else is not drawn among what is the patient’s', () => {
  const mother = { focus: [{ display: 'Her mother' }] };
  expect(trends([1, 2, 3].map((day) => weight(day, 70, mother)))).toEqual([]);
});
