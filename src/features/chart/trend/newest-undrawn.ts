import { isGroup } from '#fhir/observation/observation-groups.ts';
import { isBefore, spanOf } from '../observation/result-span.ts';
import type { Part, Result } from './results-of-tests.ts';

/** Whether a part says anything, if only why it has no value. */
const speaks = ({ holder }: Part): boolean =>
  Object.keys(holder).some((key) => /^value[A-Z]|^dataAbsentReason$/.test(key));

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
    name,
    last,
    isDrawn,
  }: {
    name: string | undefined;
    last: { readonly date: string };
    /** Whether the figure of the line has a point of a part. */
    isDrawn: (part: Part) => boolean;
  },
): Result | undefined {
  const lacks = ({ parts, date }: Result): boolean => {
    const own = parts.filter((part) => part.name === name);
    if (own.some(isDrawn)) return false;
    // One reading in two units is drawn in two figures.
    if (date === last.date && own.some(({ found }) => found)) return false;
    return own.some(speaks) || !parts.some(isDrawn);
  };
  return results
    .filter((result) => isResult(result) && lacks(result))
    .filter(({ date }) => !isBefore(spanOf(date), spanOf(last.date)))
    .toSorted((a, b) => b.at - a.at)[0];
}
