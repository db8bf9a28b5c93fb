import { expect, test } from 'vitest';
import { isBefore, measuredIn, spanOf } from './result-span.ts';

const period = (start?: string, end?: string) => ({ effectivePeriod: { start, end } });
const at = (effectiveDateTime: string) => ({ effectiveDateTime });
const timing = (...event: string[]) => ({ effectiveTiming: { event } });
const issued = (value: string) => ({ issued: value });

/** Whether one result was certainly measured before the other. */
const older = (one: object, other: object): boolean =>
  isBefore(measuredIn({ ...one }), measuredIn({ ...other }));

test.each([
  ['two days', at('2026-03-01'), at('2026-03-02')],
  ['a month and a day', at('2026-02'), at('2026-03-01')],
  ['two moments', at('2026-03-02T10:00:00+09:00'), at('2026-03-02T02:00:00Z')],
  ['two periods', period('2026-03-01', '2026-03-02'), period('2026-03-03', '2026-03-04')],
  [
    'a moment and a later period without an end',
    at('2026-03-01T10:00:00Z'),
    period('2026-03-02T10:00:00Z'),
  ],
  ['events', timing('2026-03-02', '2026-03-01'), timing('2026-03-04', '2026-03-03')],
  ['issued before it', issued('2026-03-01T10:00:00Z'), at('2026-03-02T10:00:00Z')],
  [
    'a moment after the day has ended in every time zone',
    at('2026-03-01'),
    at('2026-03-02T12:00:00Z'),
  ],
  [
    'a moment before the day has begun in any time zone',
    at('2026-03-01T09:59:00Z'),
    at('2026-03-02'),
  ],
])('the order of two results is certain: %s', (_, one, other) => {
  expect(older(one, other)).toBe(true);
  expect(older(other, one)).toBe(false);
});

test.each([
  ['a day and a moment of it', at('2026-03-03'), at('2026-03-03T11:00:00+09:00')],
  [
    'a moment at which the day has begun in some time zone',
    at('2026-03-02T10:00:00Z'),
    at('2026-03-03'),
  ],
  [
    'a moment at which the day has not ended in every time zone',
    at('2026-03-02'),
    at('2026-03-03T11:59:00Z'),
  ],
  ['a period', period('2026-03-01', '2026-03-10'), at('2026-03-05T10:00:00Z')],
  ['a period without a start', at('2026-03-05T10:00:00Z'), period(undefined, '2026-03-10')],
  ['a period without an end', period('2026-03-01'), at('2026-03-05')],
  ['a period the wrong way round', period('2026-03-04', '2026-03-01'), at('2026-03-06')],
  ['events', timing('2026-03-01', '2026-03-04'), at('2026-03-03')],
  ['issued after it', at('2026-03-05T10:00:00Z'), issued('2026-03-09T10:00:00Z')],
  ['no date', at('soon'), at('2026-03-03')],
])('the order of two results is uncertain: %s', (_, one, other) => {
  expect(older(one, other)).toBe(false);
  expect(older(other, one)).toBe(false);
});

test('a partial date spans its whole day, month or year', () => {
  expect(spanOf('2026-02')).toEqual({
    first: { at: Date.UTC(2026, 1, 1), day: true },
    last: { at: Date.UTC(2026, 2, 1) - 1, day: true },
  });
  expect(spanOf('2026-02-31')).toBeUndefined();
});
