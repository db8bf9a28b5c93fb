import { dayRange, parseDate, today } from '#fhir/dates/dates.ts';

const timed = (value: unknown): Date | undefined => {
  if (typeof value !== 'string' || !/T\d{2}:\d{2}/.test(value)) return undefined;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? undefined : at;
};

/** The day of a FHIR date or dateTime where the person sits, as `formatDateTime` shows it. */
export function localDay(value: unknown): unknown {
  const at = timed(value);
  return at ? today(at) : value;
}

/**
 * When something began, in ms since the epoch: the start of a day, month or year where no time is
 * known. Undefined for what is no date.
 */
export function startOf(value: unknown): number | undefined {
  const at = timed(value);
  if (at) return at.getTime();
  const date = parseDate(value);
  return date && new Date(`${dayRange(date).first}T00:00`).getTime();
}
