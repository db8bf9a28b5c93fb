import { expect, test } from 'vitest';
import { rangeOf, stretches, type Range } from './range.ts';

const mmol = (value: number, rest: object = {}) => ({ value, unit: 'mmol/L', ...rest });
const given = (...referenceRange: object[]) => ({ valueQuantity: mmol(4), referenceRange });

test('the one range that came with a value, in its words', () => {
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

test('a range holds from the first to the last of the values that came with it, and no further', () => {
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
