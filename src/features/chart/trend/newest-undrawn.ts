import { isGroup } from '#fhir/observation/observation-groups.ts';
import { isBefore, spanOf } from '../observation/result-span.ts';
import type { Part, Result } from './results-of-tests.ts';

/** Whether a part says anything, if only why it has no value. */
const speaks = ({ holder }: Part): boolean =>
  Object.keys(holder).some((key) => /^_?value[A-Z]|^dataAbsentReason$/.test(key));

/** Whether something came out: not what is only ordered, nor what only holds other results. */
const isResult = ({ observation }: Result): boolean =>
  observation['status'] !== 'registered' && !isGroup(observation);

/**
 * The newest result of a test of which a line has no point, unless the line's last point is
 * certainly newer. Without it an old value would look like the newest.
 *
 * @param results of the test
 * @param last the newest point of the line
 */
export function newestUndrawn(
  results: readonly Result[],
  {
    key,
    last,
    isDrawn,
    isLeftOut,
  }: {
    /** Of the part that the line is of. */
    key: string | undefined;
    last: { readonly date: string };
    /** Whether the figure of the line has a point of a part. */
    isDrawn: (part: Part) => boolean;
    /** Whether a part has a value in the unit of the figure, and no line there. */
    isLeftOut: (part: Part) => boolean;
  },
): Result | undefined {
  const lacks = ({ parts, date }: Result): boolean => {
    const own = parts.filter((part) => part.key === key);
    if (own.some(isDrawn)) return false;
    // One reading in two units is drawn in two figures.
    if (date === last.date && own.some(({ found }) => found)) return false;
    if (own.some(speaks) || !parts.some(isDrawn)) return true;
    // It may be the same under another code or name.
    return own.length === 0 && parts.some(isLeftOut);
  };
  return results
    .filter((result) => isResult(result) && lacks(result))
    .filter(({ date }) => !isBefore(spanOf(date), spanOf(last.date)))
    .toSorted((a, b) => b.at - a.at)[0];
}
