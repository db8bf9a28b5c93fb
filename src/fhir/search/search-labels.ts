import { withoutDate } from './search-dates.ts';
import { identifierParams, phoneParams } from './search-numbers.ts';
import { escapeValue } from './search-query.ts';
import type { SearchParams } from '../types.ts';

/*
 * Words that stand before a number and say what it is, as on letters, labels and cards, in the
 * languages of the app. Each is taken in all of them, as what is typed is often copied.
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

/** Digits with letters around them; later groups of them do not look like a date. */
const CODE = String.raw`(?:\p{L}{1,4} )?[\p{L}\p{N}./_-]*\d[\p{L}\p{N}./_-]*(?: (?!\d{4}-\d)[\p{L}\p{N}_-]*\d[\p{L}\p{N}_-]*)*`;
/** No date, and more than a year: people are called Handy. */
const CALLED = String.raw`(?!\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?!\S))\+?\(?\d[\d\s().\/-]{4,}\d`;
const ADDRESS = String.raw`\S+@[^\s,;]+\.[^\s,;]+`;

const labelled = (label: string, value: string): RegExp =>
  new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${label})(?<value>${value})(?![^\s,;)])`, 'iu');
const word = (words: string): string => `(?:${words})[.:#=\\s]+`;

interface Kind {
  readonly kind: 'identifier' | 'phone' | 'email';
  readonly pattern: RegExp;
  readonly params: (value: string) => SearchParams;
  /** Minimum number of digits of such a number, if there is a date, too. */
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
  /** What stands around, without labels. */
  readonly rest: string;
  /** A blank alone parts a label from its number: it might be a word of its own. */
  readonly loose: boolean;
}

/**
 * Numbers that are called what they are: `MRN 12345`, `Smith NHS 943 476 5919`, `Tel.: 555-1234`. A
 * label without a number after it is ignored.
 *
 * @param text in plain digits, with single blanks
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

/** What is called a number, whatever it looks like: `MRN: ABC`. */
const CALLED_SO = new RegExp(
  String.raw`^(?:${IDENTIFIER}|no|nr|αρ|מס['׳]?)\.?\s*[:#]\s*(?=\S)`,
  'iu',
);

/** The text after a label and a colon; undefined where none is there. */
export function calledNumber(text: string): string | undefined {
  const after = text.replace(CALLED_SO, '');
  return after === text ? undefined : after;
}
