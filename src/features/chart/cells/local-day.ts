import { dayRange, parseDate, today } from '#fhir/dates/dates.ts';

const timed = (value: unknown): Date | undefined => {
  if (typeof value !== 'string' || !/T\d{2}:\d{2}/.test(value)) return undefined;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? undefined : at;
};

/**
 * Returns the day of a FHIR date or dateTime in the local time zone, as `formatDateTime` shows it.
 */
export function localDay(value: unknown): unknown {
  const at = timed(value);
  return at ? today(at) : value;
}

/**
 * Returns the start of a FHIR date or dateTime in ms since the epoch: for a date without a time the
 * start of the day, month or year. Undefined for an invalid date.
 */
export function startOf(value: unknown): number | undefined {
  const at = timed(value);
  if (at) return at.getTime();
  const date = parseDate(value);
  return date && new Date(`${dayRange(date).first}T00:00`).getTime();
}
