import { daysInMonth, localDay } from '#fhir/dates/dates.ts';
import { plainDigits } from '#fhir/dates/digits.ts';
import type { DateParts } from '../model.ts';

export type DateProblem = 'incomplete' | 'impossible' | 'future' | 'year';

/** Splits a FHIR date or the local day of a dateTime into parts. */
export function splitDate(value: string | undefined): DateParts {
  const [, year = '', month = '', day = ''] =
    /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(localDay(value) ?? '') ?? [];
  return { year, month, day: day.replace(/^0/, '') };
}

/** Returns year, month and day as typed, in ASCII digits. */
const plainParts = ({ year, month, day }: DateParts): readonly [string, string, string] => [
  plainDigits(year).trim(),
  month.trim(), // chosen from a list
  plainDigits(day).trim(),
];

/** Returns the parts as a FHIR date; undefined without a year. Check {@link dateProblem} first. */
export function joinDate(parts: DateParts): string | undefined {
  const [y, m, d] = plainParts(parts);
  if (!y) return undefined;
  if (!m) return y;
  return d ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : `${y}-${m.padStart(2, '0')}`;
}

/** Whether a date is before another, compared at the precision that both have. */
export function isBefore(one: DateParts, other: DateParts): boolean {
  const [a = '', b = ''] = [joinDate(one), joinDate(other)];
  const length = Math.min(a.length, b.length);
  return a.slice(0, length) < b.slice(0, length);
}

/**
 * Returns the problem of a typed date; undefined if it is empty or a valid full or partial date.
 *
 * @param today local calendar date, `YYYY-MM-DD`
 */
export function dateProblem(parts: DateParts, today: string): DateProblem | undefined {
  const [year, month, day] = plainParts(parts);
  if (!year && !month && !day) return undefined;
  if (!year || (day && !month)) return 'incomplete';
  if (!/^\d{4}$/.test(year) || year < '1000') return 'year';
  if (month && (!/^\d{1,2}$/.test(month) || Number(month) < 1 || Number(month) > 12)) {
    return 'impossible';
  }
  if (day && (!/^\d{1,2}$/.test(day) || Number(day) < 1)) return 'impossible';
  if (day && Number(day) > daysInMonth(Number(year), Number(month))) return 'impossible';
  const date = joinDate(parts) ?? '';
  return date > today.slice(0, date.length) ? 'future' : undefined;
}

/**
 * Returns the whole years from a typed date to today. A partial date counts from its last day.
 *
 * @returns undefined without a year
 */
export function yearsSince(parts: DateParts, today: string): number | undefined {
  const date = joinDate(parts);
  if (!date || !/^\d{4}/.test(date)) return undefined;
  const years = Number(today.slice(0, 4)) - Number(date.slice(0, 4));
  const latest = date + '-12-31'.slice(date.length - 4);
  return latest.slice(5) > today.slice(5) ? years - 1 : years;
}
