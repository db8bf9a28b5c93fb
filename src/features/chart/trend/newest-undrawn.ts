import { isGroup } from '#fhir/observation/observation-groups.ts';
import { isBefore, spanOf } from '../observation/result-span.ts';
import type { Part, Result } from './results-of-tests.ts';

/** Whether a part has a value, or says why it has none. */
const speaks = ({ holder }: Part): boolean =>
  Object.keys(holder).some((key) => /^_?value[A-Z]|^dataAbsentReason$/.test(key));

/** Whether a record is a result, not only registered and not only a group of other results. */
const isResult = ({ observation }: Result): boolean =>
  observation['status'] !== 'registered' && !isGroup(observation);

/**
 * Returns the newest result of a test that has no point on the line, unless the last point is
 * certainly newer. Without it an old value would look like the newest.
 *
 * @param results of the test
 * @param kin results that may be of the test and are in no figure
 * @param last the newest point of the line
 */
export function newestUndrawn(
  results: readonly Result[],
  kin: readonly Result[],
  {
    key,
    last,
    isDrawn,
    isLeftOut,
  }: {
    /** Key of the part that the line shows. */
    key: string | undefined;
    last: { readonly date: string };
    /** Returns whether the figure has a point for a part. */
    isDrawn: (part: Part) => boolean;
    /** Returns whether a part has a value in the figure's unit, but no line there. */
    isLeftOut: (part: Part) => boolean;
  },
): Result | undefined {
  const lacks = ({ parts, date }: Result): boolean => {
    const own = parts.filter((part) => part.key === key);
    if (own.some(isDrawn)) return false;
    // One reading in two units is drawn in two figures.
    if (date === last.date && own.some(({ found }) => found)) return false;
    if (own.some(speaks) || !parts.some(isDrawn)) return true;
    // The part may be the same measurement under another code or name.
    return own.length === 0 && parts.some(isLeftOut);
  };
  return [...results.filter(lacks), ...kin]
    .filter(isResult)
    .filter(({ date }) => !isBefore(spanOf(date), spanOf(last.date)))
    .toSorted((a, b) => b.at - a.at)[0];
}
