import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { formatDate, today } from '#fhir/dates/dates.ts';
import { RangeBands, RangeWords } from './range-bands.tsx';

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

test('ranges that change within one day are separate bands', () => {
  const keys = bandsOf(60, 70, 60).map(({ key }) => key);
  expect(new Set(keys).size).toBe(3);
});

test('a bound beyond the axis has no line, and its band extends to the edge', () => {
  const [open] = bandsOf(9999);
  const [rect, high, low] = open!.props.children;
  expect(rect.props).toMatchObject({ y: 0, height: 80 });
  expect(high).toBe(false);
  expect(low.props).toMatchObject({ y1: 80, y2: 80 });
});

test('the dates of a range are days in the local time zone, as in the table', () => {
  // In every time zone east of UTC-12 these instants are on the next day.
  const written = ['2026-05-01T23:30:00-12:00', '2026-05-03T23:30:00-12:00', '2026-05-05'];
  const points = written.map((date, n) => ({
    at: Date.parse(date),
    date,
    value: 4,
    unit: 'mmol/L',
    range: { low: 3, high: n < 2 ? 5 : 6, words: n < 2 ? '3–5' : '3–6' },
  }));
  const shown = renderToStaticMarkup(
    <RangeWords lines={[{ key: undefined, label: undefined, points }]} />,
  );
  const days = shown.match(/\d\d-\w{3}-\d{4}/g);
  expect(days).toEqual([
    ...written.slice(0, 2).map((date) => formatDate(today(new Date(date)))),
    '05-May-2026',
  ]);
});
