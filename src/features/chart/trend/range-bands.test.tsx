import { expect, test } from 'vitest';
import { RangeBands } from './range-bands.tsx';

const axis = { bottom: 12, top: 90 };
const bandsOf = (...highs: readonly number[]) =>
  RangeBands({
    points: highs.map((high) => ({
      at: 1,
      date: '2026-03-01',
      value: 50,
      unit: 'mL/min',
      range: { low: 20, high, words: `20–${high}` },
    })),
    x: () => 100,
    y: (value) => 100 - value,
    axis,
    size: { width: 240, height: 64 },
  });

test('ranges that change within one day are bands of their own', () => {
  const keys = bandsOf(60, 70, 60).map(({ key }) => key);
  expect(new Set(keys).size).toBe(3);
});

test('a bound beyond the axis has no line: the band is open up to the edge', () => {
  const [open] = bandsOf(9999);
  const [rect, high, low] = open!.props.children;
  expect(rect.props).toMatchObject({ y: 0, height: 80 });
  expect(high).toBe(false);
  expect(low.props).toMatchObject({ y1: 80, y2: 80 });
});
