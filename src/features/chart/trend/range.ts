import { referenceRanges } from '#fhir/observation/observation.ts';
import { unitKey } from '#fhir/values/unit-key.ts';
import { number, record, records, text, type Json } from '#lib/narrow.ts';

/** What a value was judged by, where that can be drawn beside it. */
export interface Range {
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** As the table has it: with its unit, and whom it is for. */
  readonly words: string;
}

/** A part of a line whose points all came with the same range. */
export interface Stretch<P> {
  readonly range: Range;
  readonly from: P;
  readonly to: P;
}

/** Whether a bound is in the unit of the value: nothing is converted, and nothing taken for granted. */
function sameUnit(bound: Json, value: Json): boolean {
  const [code, other] = [text(bound['code']), text(value['code'])];
  if (code !== undefined && other !== undefined && code !== other) return false;
  return unitKey(bound) === unitKey(value) && bound['comparator'] === undefined;
}

/**
 * The range that came with a value itself. Of several, only the laboratory knows which one holds
 * for this person; one that is in words, or in another unit, is left to the table.
 */
export function rangeOf(holder: Json): Range | undefined {
  const [range, ...others] = records(holder['referenceRange']);
  const [words] = referenceRanges(holder);
  if (!range || words === undefined || others.length > 0) return undefined;
  const value = record(holder['valueQuantity']);
  const bounds = [range['low'], range['high']].map(record);
  const [low, high] = bounds.map((bound) => number(bound['value']));
  if (low === undefined && high === undefined) return undefined;
  if (low !== undefined && high !== undefined && low > high) return undefined;
  const known = bounds.filter((bound) => bound['value'] !== undefined);
  return known.every((bound) => sameUnit(bound, value)) ? { low, high, words } : undefined;
}

const same = (a: Range, b: Range): boolean =>
  a.low === b.low && a.high === b.high && a.words === b.words;

/**
 * Where a range is known to hold: from the first to the last of neighbouring points that came with
 * it. When it changed between two points, nobody knows.
 *
 * @param points oldest first
 */
export function stretches<P extends { readonly range?: Range | undefined }>(
  points: readonly P[],
): readonly Stretch<P>[] {
  const all: Stretch<P>[] = [];
  let before: Range | undefined;
  for (const point of points) {
    const last = all.at(-1);
    if (point.range && last && before && same(before, point.range))
      all[all.length - 1] = { ...last, to: point };
    else if (point.range) all.push({ range: point.range, from: point, to: point });
    before = point.range;
  }
  return all;
}

interface Judged {
  readonly value: number;
  readonly range?: Range | undefined;
}

/** What a figure shows of all the values there are. */
export interface Axis {
  readonly bottom: number;
  readonly top: number;
}

const spanning = (values: readonly number[]): Axis => ({
  bottom: Math.min(...values),
  top: Math.max(...values),
});

/** A bound that is farther off than this flattens what the values do. */
const [SPREADS, SIZES] = [3, 8];

/**
 * Room for the values, for each bound that one of them is beyond, and for the others within reach:
 * the 9999 by which laboratories mean that there is no upper limit is not one to draw.
 */
export function axisOf(points: readonly Judged[]): Axis {
  const crossed = points.flatMap(({ value, range }) => {
    const { low = -Infinity, high = Infinity } = range ?? {};
    return [...(value < low ? [low] : []), ...(value > high ? [high] : [])];
  });
  const { bottom, top } = spanning([...points.map(({ value }) => value), ...crossed]);
  const reach =
    Math.max(SPREADS * (top - bottom), SIZES * Math.max(Math.abs(bottom), Math.abs(top))) ||
    Infinity;
  const near = points
    .flatMap(({ range }) => [range?.low, range?.high])
    .filter((bound) => bound !== undefined)
    .filter((bound) => bound >= bottom - reach && bound <= top + reach);
  return spanning([bottom, top, ...near]);
}

/** A range as far as it can be drawn: open where the axis does not reach its bound. */
export const onAxis = (range: Range, { bottom, top }: Axis): Range => ({
  ...range,
  low: range.low !== undefined && range.low < bottom ? undefined : range.low,
  high: range.high !== undefined && range.high > top ? undefined : range.high,
});
