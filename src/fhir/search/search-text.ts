import { isId } from '#lib/id.ts';
import { isImpossibleDate, parseTypedDate, type TypedDate } from '../dates/date-parse.ts';
import { today } from '../dates/dates.ts';
import { plainDigits } from '../dates/digits.ts';
import { DATE, labelledDate, withoutDate } from './search-dates.ts';
import { calledNumber, labelledNumbers } from './search-labels.ts';
import { digitsParams, identifierParams, phoneParams } from './search-numbers.ts';
import { escapeValue } from './search-query.ts';
import { phraseValues, searchWords, withoutComma } from './search-words.ts';
import type { SearchParams } from '../types.ts';

export type ReadingKind =
  | 'name'
  /** `family` and `given` occur only in plain forms, see `search-plain.ts`. */
  | 'family'
  | 'given'
  | 'identifier'
  | 'birth-date'
  | 'phone'
  | 'email'
  | 'id';

/** One interpretation of the text in the search box. */
export interface Reading {
  /** The recognised parts in their order: a name with a birth date has two. */
  readonly kinds: readonly ReadingKind[];
  readonly params: SearchParams;
  /** The birth date in the text, as a FHIR date. */
  readonly birthDate: string | undefined;
}

export interface SearchReadings {
  /** The readings, best first. Empty if nothing was typed. */
  readonly readings: readonly Reading[];
  /** True to ask the user before searching: the date is ambiguous or does not exist. */
  readonly ask: boolean;
  /** A date in the text that does not exist, such as 31/02/2001; the readings ignore that date. */
  readonly impossibleDate?: string | undefined;
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const CJK = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2,6}$/u;

const reading = (
  kinds: readonly ReadingKind[],
  params: SearchParams,
  birthDate?: string,
): Reading => ({ kinds, params, birthDate });

/** Adds the other apostrophe: mobile phones type O’Brien, but most records have O'Brien. */
const bothApostrophes = (value: string): string =>
  /['’]/.test(value)
    ? [...new Set([value, value.replaceAll('’', "'"), value.replaceAll("'", '’')])].join(',')
    : value;

/**
 * Returns search parameters for a name. Every word must match some part of the name (AND), in any
 * order. A name without a blank, as in Chinese or Korean, is also tried as family and given name.
 */
function nameParams(words: readonly string[]): SearchParams {
  const word = withoutComma(words[0] ?? '');
  if (words.length !== 1 || !CJK.test(word))
    return { name: phraseValues(words).map(bothApostrophes) };
  const [whole, letters] = [escapeValue(word), Array.from(word)];
  const rests = [1, 2].map((n) => letters.slice(n).join('')).filter(Boolean);
  return { name: [`${whole},${letters[0]}`, [whole, ...rests].join(',')] };
}

function nameWords(text: string): readonly string[] {
  const plain = text.replace(/\([^)]*\)/g, ' '); // removes the title of `EVANS, Mary (Mrs)`
  return searchWords(plain).slice(0, 8);
}

const wholeIdentifier = (text: string): Reading => reading(['identifier'], identifierParams(text));

function numberReadings(text: string): readonly Reading[] {
  const identifier = reading(['identifier'], digitsParams(text));
  if (text.replace(/\D/g, '').length < 6) return [identifier];
  const phone = reading(['phone'], phoneParams(text));
  const looksLikePhone = /^[+(0]/.test(text) && /[\s()+]/.test(text);
  return looksLikePhone ? [phone, identifier] : [identifier, phone];
}

/** Returns the readings of a labelled number, and of one with a birth year after it. */
function yearReadings(text: string, whole: Reading, day: string): readonly Reading[] {
  const [, before = '', year = ''] = /^(.*\d) ((?:19|20)\d{2})$/.exec(text) ?? [];
  const labelled = year && year <= day ? labelledNumbers(before, day) : undefined;
  if (!labelled || /[\p{L}\p{N}]/u.test(labelled.rest)) return [whole];
  const { kinds, params } = labelled;
  const born = reading([...kinds, 'birth-date'], { ...params, birthdate: year }, year);
  // The last group of a grouped number can look like a year, so that reading comes first.
  return kinds[0] === 'identifier' && !/\d .*\d/.test(before) ? [born, whole] : [whole, born];
}

function wholeReadings(text: string, day: string): readonly Reading[] | undefined {
  const reference = /^(?:Patient\/|_id[=:]\s*)(\S+)$/.exec(text)?.[1];
  if (reference !== undefined && isId(reference)) return [reading(['id'], { _id: reference })];
  if (UUID.test(text)) return [reading(['id'], { _id: text }), wholeIdentifier(text)];
  if (/^\S+@\S+\.\S+$/.test(text)) return [reading(['email'], { email: escapeValue(text) })];
  const bar = text.lastIndexOf('|');
  if (bar >= 0) {
    const [system, value] = [text.slice(0, bar).trim(), text.slice(bar + 1).trim()];
    return [
      reading(['identifier'], { identifier: `${escapeValue(system)}|${escapeValue(value)}` }),
    ];
  }
  const labelled = labelledNumbers(text, day);
  if (labelled && !/[\p{L}\p{N}]/u.test(labelled.rest)) {
    const { kinds, params, loose } = labelled;
    const words = loose ? [reading(['name'], nameParams(nameWords(text)))] : [];
    return [...yearReadings(text, reading(kinds, params), day), ...words];
  }
  const called = labelled ? undefined : calledNumber(text);
  if (called !== undefined) return [wholeIdentifier(called)];
  if (/^\+?[\d\s().\-/]+$/.test(text) && /\d/.test(text)) {
    return withoutDate(text, 5, day) === text ? numberReadings(text) : undefined;
  }
  return undefined;
}

const dates = (typed: TypedDate | undefined): readonly string[] =>
  typed === undefined ? [] : typed.kind === 'date' ? [typed.value] : typed.options;

/** Combines two searches with AND; a parameter of both keeps the values of both. */
function withBoth(a: SearchParams, b: SearchParams): SearchParams {
  const twice = Object.keys(b).filter((key) => a[key] !== undefined);
  const values = (key: string) => [...new Set([a[key] ?? [], b[key] ?? []].flat())];
  return { ...a, ...b, ...Object.fromEntries(twice.map((key) => [key, values(key)])) };
}

/** Returns the readings of text without a date: names, and identifiers for words with digits. */
function wordReadings(text: string, day: string): readonly Reading[] {
  const labelled = labelledNumbers(text, day);
  if (labelled) {
    const [beside] = wordReadings(labelled.rest, day);
    const kinds = [...(beside?.kinds ?? []), ...labelled.kinds];
    return [reading(kinds, withBoth(beside?.params ?? {}, labelled.params))];
  }
  const words = nameWords(text);
  const coded = words.filter((w) => /\d/.test(w));
  const names = words.filter((w) => !/\d/.test(w));
  if (coded.length === 0) return names.length === 0 ? [] : [reading(['name'], nameParams(names))];
  const all = reading(['name'], nameParams(words));
  const whole = wholeIdentifier(withoutComma(text.trim()));
  if (names.length === 0) return [whole, all];
  const identifier = { identifier: coded.map(withoutComma).map(escapeValue) };
  const both = reading(['name', 'identifier'], { ...nameParams(names), ...identifier });
  // In `MR 12345` the letters belong to the number, as in the numbers of many hospitals.
  const prefix = /^[A-Z]{1,3} [\dA-Z./-]*\d/.test(text);
  return prefix ? [whole, both, all] : [both, whole, all];
}

/**
 * Interprets the text in the search box: a name in any order and script, an identifier with or
 * without its system, a phone number, an email address, a birth date in the usual spellings, or a
 * name together with a birth date or an identifier.
 *
 * @param day today as a FHIR date
 */
export function readSearchText(input: string, day: string = today()): SearchReadings {
  const text = plainDigits(input.normalize('NFC'))
    .trim()
    .replace(/^tel:\s*/i, '')
    .replace(/\s+/g, ' ')
    .slice(0, 500);
  if (text === '') return { readings: [], ask: false };

  const born = labelledDate(text, day);
  const whole = dates(parseTypedDate(born?.rest === '' ? born.date : text, day));
  if (whole.length > 0) {
    const byDate = whole.map((d) => reading(['birth-date'], { birthdate: d }, d));
    // Eight digits or a year may also be a number: a year is first read as a date, eight digits as
    // a number.
    const bare = !born && /^\d+$/.test(text) ? (wholeReadings(text, day) ?? []) : [];
    const yearFirst = text.length === 4 || bare.length === 0;
    return {
      readings: yearFirst ? [...byDate, ...bare] : [...bare, ...byDate],
      ask: whole.length > 1,
    };
  }
  const simple = born ? undefined : wholeReadings(text, day);
  // A year next to a full date is not a second date but part of a number.
  const matches = text.match(new RegExp(DATE, 'gu')) ?? [];
  const match = matches.find(({ length }) => length > 4) ?? matches[0];
  // A date inside a number with a label is part of that number.
  const bare = simple === undefined || match === text;
  const written = born?.date ?? match;
  const impossibleDate =
    written !== undefined && bare && isImpossibleDate(written, day) ? written : undefined;
  const ask = impossibleDate !== undefined;
  if (simple) return { readings: simple, ask, impossibleDate };

  const inside = written === undefined ? [] : dates(parseTypedDate(written, day));
  if (inside.length > 0) {
    const [other] = wordReadings(born ? born.rest : text.replace(match ?? '', ' '), day);
    if (other) {
      const readings = inside.map((d) =>
        reading([...other.kinds, 'birth-date'], { ...other.params, birthdate: d }, d),
      );
      return { readings, ask: inside.length > 1 };
    }
  }
  const words = wordReadings(born ? `${born.rest} ${born.date}` : text, day);
  // Punctuation alone is searched for as a name, because an empty search would list all patients.
  return {
    readings: words.length > 0 ? words : [reading(['name'], { name: [escapeValue(text)] })],
    ask,
    impossibleDate,
  };
}
