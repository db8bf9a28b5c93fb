import { withoutDate } from './search-dates.ts';
import { identifierParams, phoneParams } from './search-numbers.ts';
import { escapeValue } from './search-query.ts';
import type { SearchParams } from '../types.ts';

/*
 * Labels before a number, as on letters, stickers and cards, in the languages of the app. All are
 * accepted in every language, because users copy from letters in any language.
 */

const any = (...words: readonly RegExp[]): string => words.map(({ source }) => source).join('|');

const IDENTIFIER = any(
  /mrn|ssn|chi (?:no|number)|nhs(?: (?:no|number))?|id(?:entifier)?/,
  /(?:medical |health )?(?:patient|hospital|record|chart)(?:'s)? (?:id|no|nr|number)/,
  /(?:pat(?:ienten)?|versicherten|kranken(?:haus|versicherten)|akten)\.?-?(?:nr|nummer|id)|kvnr|kennung/,
  /αμκα|αφμ|α\.?μ(?=[. :])|αρ(?:ιθμ[οό]ς|\.)? ?μητρ[ωώ]ου|αρ(?:ιθμ[οό]ς|\.)? ?ταυτ[οό]τητας|αναγνωριστικ[οό]/,
  /ת\.? ?ז(?=[. :])|ת["״]ז|(?:מספר|מס['׳]?|תעודת) (?:זהות|תיק|מטופלת?|חולה)|מזהה/,
);

const PHONE = any(
  /(?:tele)?(?:phone|ph|tel)(?: (?:no|number))?|mob(?:ile|il)?|cell/,
  /tele?(?:fon)?\.?-?(?:nr|nummer)?|mobil(?:telefon|nummer)?|handy(?:nummer)?/,
  /τηλ(?:[εέ]φωνο)?|κιν(?:ητ[οό])?/,
  /טל(?:פון|['׳])?|נייד|סלולרי|פלאפון/,
);

const EMAIL = any(/e-?mail|mail/, /ηλ\. ?ταχυδρομε[ιί]ο/, /דוא["״]ל|אימייל|מייל/);

/** Matches an identifier: groups with digits, of which the later ones do not look like a date. */
const CODE = String.raw`(?:\p{L}{1,4} )?[\p{L}\p{N}./_-]*\d[\p{L}\p{N}./_-]*(?: (?!\d{4}-\d)[\p{L}\p{N}_-]*\d[\p{L}\p{N}_-]*)*`;
/** Matches a phone number, not a date or a year: `Handy 1945` is a surname and a birth year. */
const CALLED = String.raw`(?!\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?!\S))\+?\(?\d[\d\s().\/-]{4,}\d`;
const ADDRESS = String.raw`\S+@[^\s,;]+\.[^\s,;]+`;

const labelled = (label: string, value: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${label})(?<value>${value})(?![^\s,;)])`, 'iu');
const word = (words: string): string => `(?:${words})[.:#=\\s]+`;

interface Kind {
  readonly kind: 'identifier' | 'phone' | 'email';
  readonly pattern: RegExp;
  readonly params: (value: string) => SearchParams;
  /** Minimum number of digits before a date that is not part of the number. */
  readonly digits: number;
}

const KINDS: readonly Kind[] = [
  {
    kind: 'email',
    pattern: labelled(word(EMAIL), ADDRESS),
    params: (v) => ({ email: escapeValue(v) }),
    digits: 0,
  },
  { kind: 'phone', pattern: labelled(word(PHONE), CALLED), params: phoneParams, digits: 6 },
  {
    kind: 'identifier',
    pattern: labelled(`#\\s*|${word(IDENTIFIER)}`, CODE),
    params: identifierParams,
    digits: 1,
  },
];

export interface Labelled {
  readonly kinds: readonly Kind['kind'][];
  readonly params: SearchParams;
  /** The text around the labels and numbers. */
  readonly rest: string;
  /** True if only a blank separates an identifier's label: the label may be part of a name. */
  readonly loose: boolean;
}

/**
 * Finds numbers with a label: `MRN 12345`, `Smith NHS 943 476 5919`, `Tel.: 555-1234`. A label
 * without a number after it is ignored.
 *
 * @param text the typed text, with ASCII digits and single blanks
 * @param day today as a FHIR date
 */
export function labelledNumbers(text: string, day?: string): Labelled | undefined {
  let found: Labelled | undefined;
  for (const { kind, pattern, params, digits } of KINDS) {
    const rest = found?.rest ?? text;
    const { index = 0, 0: all, groups } = pattern.exec(rest) ?? {};
    if (all === undefined || groups?.['value'] === undefined) continue;
    const value = withoutDate(groups['value'], digits, day);
    const end = index + all.length - groups['value'].length + value.length;
    found = {
      kinds: [kind, ...(found?.kinds ?? [])],
      params: { ...found?.params, ...params(value) },
      rest: `${rest.slice(0, index)} ${rest.slice(end)}`.trim(),
      loose: kind === 'identifier' && !/[:#=]/.test(all),
    };
  }
  return found;
}

/** Matches a label with a colon, after which anything counts as a number: `MRN: ABC`. */
const CALLED_SO = new RegExp(
  String.raw`^(?:${IDENTIFIER}|no|nr|αρ|מס['׳]?)\.?\s*[:#]\s*(?=\S)`,
  'iu',
);

/** Returns the text after a label with a colon; undefined if the text has no such label. */
export function calledNumber(text: string): string | undefined {
  const after = text.replace(CALLED_SO, '');
  return after === text ? undefined : after;
}
