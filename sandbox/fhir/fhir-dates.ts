/** A period of time, in milliseconds since 1970 UTC; `end` is not included. */
export interface TimeRange {
  start: number;
  end: number;
}

const pattern =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})\d*)?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/;

/**
 * Returns the period that a FHIR date, dateTime or instant covers: `1960` is a whole year. A value
 * without a zone is read as UTC.
 *
 * @returns undefined for text that is not a date, or not a date of the calendar
 * @see https://hl7.org/fhir/R4/search.html#date
 */
export function timeRange(text: string): TimeRange | undefined {
  const match = pattern.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const y = Number(year);
  if (month === undefined) return { start: utc(y, 0, 1), end: utc(y + 1, 0, 1) };
  const m = Number(month) - 1;
  if (m < 0 || m > 11) return undefined;
  if (day === undefined) return { start: utc(y, m, 1), end: utc(y, m + 1, 1) };
  const d = Number(day);
  if (new Date(utc(y, m, d)).getUTCDate() !== d) return undefined;
  if (hour === undefined) return { start: utc(y, m, d), end: utc(y, m, d + 1) };
  const millis = Number((fraction ?? '').padEnd(3, '0'));
  const start =
    utc(y, m, d) +
    (Number(hour) * 60 + Number(minute)) * 60_000 +
    Number(second ?? 0) * 1000 +
    millis -
    zoneOffset(zone);
  const length = second === undefined ? 60_000 : fraction === undefined ? 1000 : 1;
  return { start, end: start + length };
}

function utc(year: number, month: number, day: number): number {
  const date = new Date(Date.UTC(2000, month, day));
  // Set separately, because Date.UTC reads years below 100 as 19xx. `month` may be 12.
  date.setUTCFullYear(year + Math.floor(month / 12), ((month % 12) + 12) % 12, day);
  return date.getTime();
}

function zoneOffset(zone: string | undefined): number {
  if (!zone || zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  return sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * 60_000;
}
