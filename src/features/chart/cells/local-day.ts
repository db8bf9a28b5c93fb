import { dayRange, formatDateLong, localDay, momentOf, parseDate } from '#fhir/dates/dates.ts';

/** Returns the long form of the local day: near midnight the day in `value` may be another one. */
export const longDay = (value: unknown): string | undefined => formatDateLong(localDay(value));

/**
 * Returns the start of a FHIR date or dateTime in ms since the epoch: for a date without a time the
 * start of the day, month or year. Undefined for an invalid date.
 */
export function startOf(value: unknown): number | undefined {
  const at = momentOf(value);
  if (at) return at.getTime();
  const date = parseDate(value);
  return date && new Date(`${dayRange(date).first}T00:00`).getTime();
}
