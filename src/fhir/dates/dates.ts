import { kept } from '#i18n/format.ts';
import { monthNames } from '#i18n/words.ts';
import { locale, settings } from '#lib/settings.ts';

/**
 * Dates are shown as dd-Mmm-yyyy whatever the regional settings (NHS CUI Date Display
 * D+Ta-0002..0010), and ages are computed by calendar arithmetic (Time Display D+Tb-0017..0033). A
 * birth date never becomes a `Date`, because `new Date('1960-12-25')` is 24 December west of
 * Greenwich.
 */

/** A calendar day, or only its month or year. The month is 1 to 12. */
export interface CalendarDate {
  readonly year: number;
  readonly month: number | undefined;
  readonly day: number | undefined;
}

const two = (n: number): string => String(n).padStart(2, '0');
const four = (n: number): string => String(n).padStart(4, '0');

/** Returns the number of days of a month (1 to 12) of the Gregorian calendar. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/**
 * Reads the date of a FHIR `date`, `dateTime` or `instant` as written, without time zone
 * conversion.
 *
 * @returns undefined for anything that is not an existing date
 */
export function parseDate(value: unknown): CalendarDate | undefined {
  if (typeof value !== 'string') return undefined;
  const m = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[T ].*)?)?)?$/.exec(value.trim());
  if (!m) return undefined;
  const year = Number(m[1]);
  const month = m[2] === undefined ? undefined : Number(m[2]);
  const day = m[3] === undefined ? undefined : Number(m[3]);
  if (year < 1) return undefined;
  if (month !== undefined && (month < 1 || month > 12)) return undefined;
  if (day !== undefined && (day < 1 || day > daysInMonth(year, month ?? 1))) return undefined;
  return { year, month, day };
}

/** Returns a calendar date as a FHIR date: `1960-12-25`, `1960-12` or `1960`. */
export function toFhirDate(d: CalendarDate): string {
  return [four(d.year), d.month && two(d.month), d.month && d.day && two(d.day)]
    .filter(Boolean)
    .join('-');
}

/** Returns the current day in the user's time zone as a FHIR date. */
export function today(now: Date = new Date()): string {
  return `${four(now.getFullYear())}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/**
 * Formats a FHIR date as `25-Dec-1960`, `Dec-1960` or `1960`, with only the month in the language
 * of the page, or in the long form if that is the user's setting. An invalid date is returned as
 * sent, because the user must see what is recorded.
 *
 * @returns undefined only if nothing is recorded
 */
export function formatDate(value: unknown): string | undefined {
  const d = parseDate(value);
  if (!d) return typeof value === 'string' && value.trim() ? value.trim().slice(0, 40) : undefined;
  if (settings().dates === 'long') return inWords(d);
  const month = d.month === undefined ? undefined : monthNames()[d.month - 1];
  return [d.day === undefined ? undefined : two(d.day), month, four(d.year)]
    .filter((part) => part !== undefined)
    .join('-');
}

function inWords({ year, month, day }: CalendarDate): string {
  if (month === undefined) return String(year);
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, day ?? 1);
  const language = locale().replace(/^en.*/, 'en-GB');
  const write = (): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language, {
      year: 'numeric',
      month: 'long',
      ...(day !== undefined && { day: 'numeric' }),
      timeZone: 'UTC',
    });
  return kept(`date ${language} ${day !== undefined}`, write).format(at);
}

/** Formats a FHIR date as `25 December 1960`, for screen readers and for sentences. */
export function formatDateLong(value: unknown): string | undefined {
  const d = parseDate(value);
  return d ? inWords(d) : formatDate(value);
}

/** Returns the moment of a `dateTime` or `instant` with a time of day; undefined for anything else. */
export function momentOf(value: unknown): Date | undefined {
  if (typeof value !== 'string' || !/T\d{2}:\d{2}/.test(value)) return undefined;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? undefined : at;
}

/**
 * Returns the day of a FHIR date or dateTime in the local time zone, as {@link formatDateTime} shows
 * it.
 */
export function localDay<T>(value: T): T | string {
  const at = momentOf(value);
  return at ? today(at) : value;
}

/**
 * Formats a `dateTime` or `instant` as `25-Dec-1960 14:05` in the user's time zone. A `dateTime`
 * without a time is formatted as a date.
 */
export function formatDateTime(value: unknown): string | undefined {
  const at = momentOf(value);
  if (!at) return formatDate(value);
  return `${formatDate(today(at))} ${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** Returns the first and last day that a full or partial date covers, as sortable FHIR dates. */
export function dayRange(d: CalendarDate): { readonly first: string; readonly last: string } {
  const lastMonth = d.month ?? 12;
  return {
    first: toFhirDate({ year: d.year, month: d.month ?? 1, day: d.day ?? 1 }),
    last: toFhirDate({
      year: d.year,
      month: lastMonth,
      day: d.day ?? daysInMonth(d.year, lastMonth),
    }),
  };
}

/**
 * Whether a FHIR Period covers a day. A missing or unreadable bound is open.
 *
 * @param day FHIR date
 */
export function coversDay(period: unknown, day: string): boolean {
  if (typeof period !== 'object' || period === null) return true;
  const { start, end } = period as { start?: unknown; end?: unknown };
  const from = parseDate(start);
  const to = parseDate(end);
  if (from && dayRange(from).first > day) return false;
  return !(to && dayRange(to).last < day);
}

/** Whether a FHIR Period was over before a day. */
export function endedBefore(period: unknown, day: string): boolean {
  if (typeof period !== 'object' || period === null) return false;
  const to = parseDate((period as { end?: unknown }).end);
  return to !== undefined && dayRange(to).last < day;
}

/** Returns the days since 1970-01-01 in the proleptic Gregorian calendar. */
export function dayNumber(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / 86_400_000);
}
