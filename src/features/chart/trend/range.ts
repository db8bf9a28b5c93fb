import { referenceRanges } from '#fhir/observation.ts';
import { unitKey } from '#fhir/unit-key.ts';
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
