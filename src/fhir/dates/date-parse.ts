import { monthNames } from '#i18n/words.ts';
import { daysInMonth, toFhirDate, today } from './dates.ts';
import { plainDigits } from './digits.ts';

/** Meaning of a typed date: one FHIR date, or several among which the user must choose. */
export type TypedDate =
  | { readonly kind: 'date'; readonly value: string }
  | { readonly kind: 'ambiguous'; readonly options: readonly string[] };

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** Removes case and accents. */
const fold = (word: string): string => word.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Returns the number of a month in English or the page's language, from three letters on. */
function monthNumber(word: string): number | undefined {
  const w = fold(word);
  if (w === 'sept') return 9;
  if (w.length < 3) return undefined;
  const english = MONTHS.findIndex((m) => m.startsWith(w));
  if (english >= 0) return english + 1;
  // Removes the Hebrew prefix for "in": "in July" is one word.
  const local = w.replace(/^\u05d1/, '');
  const at = monthNames().findIndex((m) => local.startsWith(fold(m)));
  return at < 0 ? undefined : at + 1;
}

function ymd(year: number, month?: number, day?: number): string | undefined {
  if (year < 1000 || year > 9999) return undefined;
  if (month !== undefined && (month < 1 || month > 12)) return undefined;
  if (day !== undefined && (day < 1 || day > daysInMonth(year, month ?? 1))) return undefined;
  return toFhirDate({ year, month, day });
}

/** Returns the years that a text can mean: 60 is 1960 or 2060, but never in the future. */
function years(text: string, thisYear: number): readonly number[] {
  if (text.length === 4) return [Number(text)];
  return [1900 + Number(text), 2000 + Number(text)].filter((y) => y <= thisYear);
}

function result(options: readonly (string | undefined)[]): TypedDate | undefined {
  const valid = [...new Set(options.filter((o) => o !== undefined))];
  const [only] = valid;
  if (only === undefined) return undefined;
  return valid.length === 1 ? { kind: 'date', value: only } : { kind: 'ambiguous', options: valid };
}

const DAY_WORD_YEAR =
  /^(\d{1,2})(?:st|nd|rd|th)?[ .-]{0,2}([\p{L}\p{M}]{3,12})\.?[ ,-]{1,2}(\d{4}|\d{2})$/iu;
const WORD_DAY_YEAR = /^([\p{L}\p{M}]{3,12})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$/iu;

/** Matches a date in digits; a two-digit year only next to a possible day and month. */
const DIGITS =
  /^(?:(?:1[89]|2[01])\d\d([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:1[89]|2[01])\d\d|(?:[0-2]?\d|3[01])([-/.])(?:[0-2]?\d|3[01])\3\d\d)$/;

const plainText = (input: string): string => plainDigits(input).trim().replace(/\s+/g, ' ');

/**
 * Whether a text has the form of a date that does not exist: `31.02.1980`, `30 Feb 1980`.
 *
 * @param day today as a FHIR date, for two-digit years
 */
export function isImpossibleDate(input: string, day: string = today()): boolean {
  const text = plainText(input);
  const word = DAY_WORD_YEAR.exec(text)?.[2] ?? WORD_DAY_YEAR.exec(text)?.[1];
  const written = word === undefined ? DIGITS.test(text) : monthNumber(word) !== undefined;
  return written && parseTypedDate(text, day) === undefined;
}

/**
 * Reads a typed date: `1960-12-25`, `25/12/1960`, `25.12.1960`, `25 Dec 1960`,
 * `December 25, 1960`, `Dec 1960`, `12/1960`, `1960`, `19601225`. If day and month could be
 * exchanged, as in `3/4/1960`, the result is ambiguous.
 *
 * @param day today as a FHIR date, for two-digit years
 * @returns undefined for anything that is not an existing date
 */
export function parseTypedDate(input: string, day: string = today()): TypedDate | undefined {
  const text = plainText(input);
  const thisYear = Number(day.slice(0, 4));

  let m = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(text);
  if (m) {
    return result([
      ymd(Number(m[1]), m[2] ? Number(m[2]) : undefined, m[3] ? Number(m[3]) : undefined),
    ]);
  }
  m = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  if (m) return result([ymd(Number(m[1]), Number(m[2]), Number(m[3]))]);

  m = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})$/.exec(text);
  if (m) {
    const [a, b] = [Number(m[1]), Number(m[3])];
    const found = years(m[4] ?? '', thisYear).flatMap((y) => [
      ymd(y, b, a),
      // Dates with dots never begin with the month.
      m?.[2] === '.' ? undefined : ymd(y, a, b),
    ]);
    return result(found);
  }
  m = /^(\d{1,2})[-/.](\d{4})$/.exec(text);
  if (m) return result([ymd(Number(m[2]), Number(m[1]))]);

  m = DAY_WORD_YEAR.exec(text);
  if (m) {
    const month = monthNumber(m[2] ?? '');
    if (month === undefined) return undefined;
    return result(years(m[3] ?? '', thisYear).map((y) => ymd(y, month, Number(m?.[1]))));
  }
  m = WORD_DAY_YEAR.exec(text);
  if (m) {
    const month = monthNumber(m[1] ?? '');
    return month === undefined ? undefined : result([ymd(Number(m[3]), month, Number(m[2]))]);
  }
  m = /^([\p{L}\p{M}]{3,12})\.?[ ,-]{1,2}(\d{4})$/u.exec(text);
  if (m) {
    const month = monthNumber(m[1] ?? '');
    return month === undefined ? undefined : result([ymd(Number(m[2]), month)]);
  }
  return undefined;
}
