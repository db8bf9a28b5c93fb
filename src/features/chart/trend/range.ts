import { referenceRanges } from '#fhir/observation/observation.ts';
import { unitKey } from '#fhir/values/unit-key.ts';
import { number, record, records, text, type Json } from '#lib/narrow.ts';

/** The reference range of a value, if it can be drawn beside it. */
export interface Range {
  readonly low: number | undefined;
  readonly high: number | undefined;
  /** The text in the table, with the unit and to whom the range applies. */
  readonly words: string;
}

/** A section of a line whose points all have the same range. */
export interface Stretch<P> {
  readonly range: Range;
  readonly from: P;
  readonly to: P;
}

/** Whether a bound has the unit of the value: nothing is converted or assumed. */
function sameUnit(bound: Json, value: Json): boolean {
  const [code, other] = [text(bound['code']), text(value['code'])];
  if (code !== undefined && other !== undefined && code !== other) return false;
  return unitKey(bound) === unitKey(value) && bound['comparator'] === undefined;
}

/**
 * Returns the only reference range of a value. Of several, only the laboratory knows which one
 * applies to this patient; a range as text, or in another unit, is left to the table.
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
 * Returns where a range is known to hold: from the first to the last of neighbouring points that
 * have it. Where between two points it changed is unknown.
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

/** The section of the value axis that a figure shows. */
export interface Axis {
  readonly bottom: number;
  readonly top: number;
}

const spanning = (values: readonly number[]): Axis => ({
  bottom: Math.min(...values),
  top: Math.max(...values),
});

/** Factors of how far off a bound may be: one farther off would flatten the curve. */
const [SPREADS, SIZES] = [3, 8];

/**
 * Returns an axis with room for the values, for each bound that a value exceeds, and for other
 * bounds within reach: the 9999 by which laboratories mean "no upper limit" is not drawn.
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

/** Returns the drawable part of a range: open where the axis does not reach a bound. */
export const onAxis = (range: Range, { bottom, top }: Axis): Range => ({
  ...range,
  low: range.low !== undefined && range.low < bottom ? undefined : range.low,
  high: range.high !== undefined && range.high > top ? undefined : range.high,
});
