import { expect, test } from 'vitest';
import { axisOf, onAxis, rangeOf, stretches, type Range } from './range.ts';

const mmol = (value: number, rest: object = {}) => ({ value, unit: 'mmol/L', ...rest });
const given = (...referenceRange: object[]) => ({ valueQuantity: mmol(4), referenceRange });

test('a value with a single reference range has that range, with its text', () => {
  expect(
    rangeOf(given({ low: mmol(3.5), high: mmol(5.1), appliesTo: [{ text: 'Adults' }] })),
  ).toEqual({ low: 3.5, high: 5.1, words: '3.5–5.1 mmol/L (Adults)' });
  expect(rangeOf(given({ high: mmol(5) }))).toEqual({
    low: undefined,
    high: 5,
    words: '≤ 5 mmol/L',
  });
});

test.each([
  ['none', given()],
  ['two: which of them holds, the laboratory knows', given({ high: mmol(5) }, { high: mmol(6) })],
  ['another unit', given({ low: mmol(3.5), high: { value: 20, unit: 'mg/dL' } })],
  ['no unit', given({ high: { value: 5 } })],
  ['another code of the same words', given({ high: mmol(5, { code: 'x' }) })],
  ['words only', given({ text: '3.5-5.1 mmol/L' })],
  ['its ends the wrong way round', given({ low: mmol(5), high: mmol(3) })],
  ['a bound of a bound', given({ high: mmol(5, { comparator: '<' }) })],
])('nothing is drawn where the value came with %s', (_, holder) => {
  const valueQuantity = mmol(4, { code: 'mmol/L' });
  expect(rangeOf({ ...holder, valueQuantity })).toBeUndefined();
});

const range = (high: number, words = `≤ ${high}`): Range => ({ low: undefined, high, words });
const point = (at: number, of?: Range) => ({ at, date: `200${at}`, value: 1, range: of });

test('a range holds from the first to the last neighbouring value that has it, no further', () => {
  const points = [point(1, range(5)), point(2, range(5)), point(3), point(4, range(5))];
  expect(stretches(points).map(({ from, to }) => [from.at, to.at])).toEqual([
    [1, 2],
    [4, 4],
  ]);
  const changed = stretches([point(1, range(5)), point(2, range(6)), point(3, range(6, 'x'))]);
  expect(changed.map(({ range: { words }, from, to }) => [words, from.at, to.at])).toEqual([
    ['≤ 5', 1, 1],
    ['≤ 6', 2, 2],
    ['x', 3, 3],
  ]);
});

const judged = (values: readonly number[], low?: number, high?: number) =>
  values.map((value) => ({ value, range: { low, high, words: '' } }));

test.each([
  ['near its values', judged([4.1, 4.4], 3.5, 5.1), [3.5, 5.1]],
  ['of steady values', judged([140, 140], 135, 145), [135, 145]],
  ['far above values that hardly change', judged([0.5, 0.6], 0, 5), [0, 5]],
  ['of nothing but zeros', judged([0, 0], 0, 5), [0, 5]],
  ['for “no upper limit”', judged([90, 55, 12], 60, 9999), [12, 90]],
  ['for “no upper limit”, in three digits', judged([90, 55, 12], 60, 999), [12, 90]],
  ['for “no lower limit”', judged([90, 55, 12], -9999, 60), [12, 90]],
  ['that the values do not reach', judged([0.01, 0.02], 0.4, 9999), [0.01, 0.4]],
  ['that the values are far above', judged([9000, 8000], 0, 40), [0, 9000]],
])('the axis has room for the values and for a bound %s', (_, points, [bottom, top]) => {
  expect(axisOf(points)).toEqual({ bottom, top });
});

test('a bound beyond the axis is open, and its text stays the same', () => {
  const words = '60–9999 mL/min';
  const axis = { bottom: 12, top: 90 };
  expect(onAxis({ low: 60, high: 9999, words }, axis)).toEqual({ low: 60, high: undefined, words });
  expect(onAxis({ low: -999, high: 60, words }, axis)).toEqual({ low: undefined, high: 60, words });
  expect(onAxis({ low: 12, high: 90, words }, axis)).toEqual({ low: 12, high: 90, words });
});
