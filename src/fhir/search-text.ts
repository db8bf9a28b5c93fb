import { isImpossibleDate, parseTypedDate, type TypedDate } from './date-parse.ts';
import { today } from './dates.ts';
import { plainDigits } from './digits.ts';
import { isId } from './reference.ts';
import { escapeValue } from './search-query.ts';
import { phraseValues, searchWords, withoutComma } from './search-words.ts';
import type { SearchParams } from './types.ts';

export type ReadingKind =
  | 'name'
  /** A part of a name by itself: see `search-plain.ts`. */
  | 'family'
  | 'given'
  | 'identifier'
  | 'birth-date'
  | 'phone'
  | 'email'
  | 'id';

/** One way to understand what was typed into the search box. */
export interface Reading {
  /** What was recognised, the leading part first: a name with a birth date has two. */
  readonly kinds: readonly ReadingKind[];
  readonly params: SearchParams;
  /** The birth date in it, as a FHIR date. */
  readonly birthDate: string | undefined;
}

export interface SearchReadings {
  /** The best first. Empty where nothing was typed. */
  readonly readings: readonly Reading[];
  /** Ask before searching: the readings differ in the birth date meant, or the date is impossible. */
  readonly ask: boolean;
  /** What is written as a date that the calendar does not have; the readings take it for something else. */
  readonly impossibleDate?: string | undefined;
}

/** A date inside other text, with nothing but blanks and commas around it. */
const DATE =
  /(?<![^\s,])(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})|\d{1,2}[ .-]{1,2}\p{L}{3,9}\.?[ ,-]{1,2}\d{4}|\p{L}{3,9}\.? \d{1,2},? \d{4}|(?:19|20)\d{2})(?![^\s,])/u;

const LABEL = /^(?:mrn|nhs(?: (?:no|number))?|id|identifier|ssn|no)\.?\s*[:#]\s*/i;

/** The same word with nothing but a blank after it: a label only where a number follows. */
const LOOSE_LABEL =
  /^(?:mrn|nhs(?: (?:no|number))?|id|identifier|ssn)\.? (?=[\w ./-]*\d[\w ./-]*$)/i;

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const CJK = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2,6}$/u;

const reading = (
  kinds: readonly ReadingKind[],
  params: SearchParams,
  birthDate?: string,
): Reading => ({ kinds, params, birthDate });

/** A telephone types O’Brien, a registration desk O'Brien: either finds the other. */
const bothApostrophes = (value: string): string =>
  /['’]/.test(value)
    ? [...new Set([value, value.replaceAll('’', "'"), value.replaceAll("'", '’')])].join(',')
    : value;

/**
 * Search parameters for a name. Every word must match some part of the name (an AND), in any order.
 * A name written without a blank, as in Chinese or Korean, is tried as family and given name too.
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
  const plain = text.replace(/\([^)]*\)/g, ' '); // `EVANS, Mary (Mrs)`, as this program shows it
  return searchWords(plain).slice(0, 8);
}

/** OR of the spellings of a number: as typed, and its digits alone. */
function spellings(...texts: readonly string[]): string {
  return [...new Set(texts.map(escapeValue))].join(',');
}

/** A number as it stands, and written together. */
const wholeIdentifier = (text: string): Reading =>
  reading(['identifier'], { identifier: spellings(text, text.replace(/\s/g, '')) });

/** How North American numbers are written: servers compare them as text. */
function groupedPhones(digits: string): readonly string[] {
  const [, area, office, line] = /^1?([2-9]\d{2})(\d{3})(\d{4})$/.exec(digits) ?? [];
  if (area === undefined) return [];
  return [
    `(${area}) ${office}-${line}`,
    ...['-', '.', ' '].map((c) => [area, office, line].join(c)),
  ];
}

function numberReadings(text: string): readonly Reading[] {
  const digits = text.replace(/\D/g, '');
  const plain = text.startsWith('+') ? `+${digits}` : digits;
  const identifier = reading(['identifier'], { identifier: spellings(digits, text) });
  const phone = reading(['phone'], { phone: spellings(text, plain, ...groupedPhones(digits)) });
  if (digits.length < 6) return [identifier];
  const looksLikePhone = /^[+(0]/.test(text) && /[\s()+]/.test(text);
  return looksLikePhone ? [phone, identifier] : [identifier, phone];
}

function wholeReadings(text: string): readonly Reading[] | undefined {
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
  const labelled = text.replace(LABEL, '');
  if (labelled !== text && labelled !== '') return [wholeIdentifier(labelled)];
  const loose = text.replace(LOOSE_LABEL, '');
  if (loose !== text) {
    return [wholeIdentifier(loose), reading(['name'], nameParams(nameWords(text)))];
  }
  if (/^\+?[\d\s().\-/]+$/.test(text) && /\d/.test(text)) return numberReadings(text);
  return undefined;
}

const dates = (typed: TypedDate | undefined): readonly string[] =>
  typed === undefined ? [] : typed.kind === 'date' ? [typed.value] : typed.options;

/** Words beside a date: names, and what has digits in it is an identifier. */
function wordReadings(text: string): readonly Reading[] {
  const words = nameWords(text);
  const coded = words.filter((w) => /\d/.test(w));
  const names = words.filter((w) => !/\d/.test(w));
  if (coded.length === 0) return names.length === 0 ? [] : [reading(['name'], nameParams(names))];
  const all = reading(['name'], nameParams(words));
  const whole = wholeIdentifier(withoutComma(text.trim()));
  if (names.length === 0) return [whole, all];
  const identifier = { identifier: coded.map(withoutComma).map(escapeValue) };
  const both = reading(['name', 'identifier'], { ...nameParams(names), ...identifier });
  // `MR 12345`: letters that belong to a number, as many hospitals write theirs.
  const prefix = /^[A-Z]{1,3} [\dA-Z./-]*\d/.test(text);
  return prefix ? [whole, both, all] : [both, whole, all];
}

/**
 * Understands the one search box: a name in any order and script, an identifier with or without
 * its system, a telephone number, an e-mail address, a birth date in the usual spellings, or a name
 * together with a birth date or an identifier.
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

  const whole = dates(parseTypedDate(text, day));
  if (whole.length > 0) {
    const byDate = whole.map((d) => reading(['birth-date'], { birthdate: d }, d));
    // Eight digits or a year may as well be a number: the shape decides which comes first.
    const bare = /^\d+$/.test(text) ? (wholeReadings(text) ?? []) : [];
    const yearFirst = text.length === 4 || bare.length === 0;
    return {
      readings: yearFirst ? [...byDate, ...bare] : [...bare, ...byDate],
      ask: whole.length > 1,
    };
  }
  const simple = wholeReadings(text);
  const match = DATE.exec(text);
  // A number is what its label says it is.
  const bare = match && (simple === undefined || match[0] === text);
  const impossibleDate = bare && isImpossibleDate(match[0], day) ? match[0] : undefined;
  const ask = impossibleDate !== undefined;
  if (simple) return { readings: simple, ask, impossibleDate };

  const inside = match ? dates(parseTypedDate(match[0], day)) : [];
  if (match && inside.length > 0) {
    const others = wordReadings(text.replace(match[0], ' '));
    const readings = others
      .slice(0, 1)
      .flatMap((other) =>
        inside.map((d) =>
          reading([...other.kinds, 'birth-date'], { ...other.params, birthdate: d }, d),
        ),
      );
    if (readings.length > 0) return { readings, ask: inside.length > 1 };
  }
  const words = wordReadings(text);
  // Signs alone are searched for as they stand: all patients would look like an answer.
  return {
    readings: words.length > 0 ? words : [reading(['name'], { name: [escapeValue(text)] })],
    ask,
    impossibleDate,
  };
}
