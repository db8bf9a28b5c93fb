import { isImpossibleDate, parseTypedDate } from '../dates/date-parse.ts';

/** Matches a date inside other text, if only blanks or commas are next to it. */
export const DATE =
  /(?<![^\s,])(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})|\d{1,2}[ .-]{1,2}\p{L}{3,12}\.?[ ,-]{1,2}\d{4}|\p{L}{3,12}\.? \d{1,2},? \d{4}|(?:19|20)\d{2})(?![^\s,])/u;

const LAST_DATE = / (\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2}))$/;

/**
 * Removes a date from the end of a number: `12345 22-12-2001` is a number and a birth date.
 *
 * @param digits minimum number of digits left; the last groups of a phone number can look like a
 *   date
 * @param day today as a FHIR date
 */
export function withoutDate(number: string, digits: number, day?: string): string {
  const [after = '', date = ''] = LAST_DATE.exec(number) ?? [];
  const before = number.slice(0, number.length - after.length);
  const isDate = parseTypedDate(date, day) !== undefined || isImpossibleDate(date, day);
  return isDate && before.replace(/\D/g, '').length >= digits ? before : number;
}

/**
 * Labels before a birth date, in the languages of the app. All are accepted in every language,
 * because users copy from letters in any language. `*` is used by genealogists and in German
 * letters.
 */
const WORDS = [
  /\*/,
  /d\.? ?o\.? ?b|date of birth|birth ?da(?:te|y)|born(?: on| in)?|b(?=\.)/,
  /geb(?:oren|(?=[.: ]))(?:\.? am)?|geb(?:urts)?\.?-?(?:datum|dat|tag|jahr)/,
  /(?:ημ(?:ερομην[ιί]α|\/ν[ιί]α)?\.? ?)?(?:γεν(?=\.)|γ[εέ]ννησης)|γενν(?:ηθε[ιί]ς|ηθε[ιί]σα|ημ[εέ]ν[οη]ς?|[ηή]θηκε)(?: στις)?/,
  /ת\.? ?ל(?=[. :])|ת["״]ל|ת(?:אריך|\.) לידה|נולדה?(?: ב)?|ילידת?/,
];

const LABEL = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${WORDS.map((word) => word.source).join('|')})(?!\\p{L})[.:=\\s-]*`,
  'giu',
);

/** Returns the possible dates of digits without separators; only a label makes them a date. */
function signless(text: string): readonly [written: string, ...forms: string[]] | undefined {
  const [together, a, b, c, d] = /^(\d\d)(\d\d)(\d\d)(\d\d)(?![^\s,;])/.exec(text) ?? [];
  if (together !== undefined) return [together, `${a}${b}-${c}-${d}`, `${a}/${b}/${c}${d}`];
  const [apart, ...parts] = /^(\d{1,2}) (\d{1,2}) (\d{4})(?![^\s,;])/.exec(text) ?? [];
  return apart === undefined ? undefined : [apart, parts.join('/')];
}

function dateAtStart(text: string): readonly [written: string, ...forms: string[]] | undefined {
  const plain = signless(text);
  if (plain) return plain;
  const inside = DATE.exec(text);
  const written = parseTypedDate(text) || inside?.index !== 0 ? text.trimEnd() : inside[0];
  return [written, written];
}

export interface LabelledDate {
  /** A date that `parseTypedDate` accepts, or one that does not exist, such as 31/02/2001. */
  readonly date: string;
  /** The text around the date and its label. */
  readonly rest: string;
}

/**
 * Finds a birth date with a label: `DOB 22/12/2001`, `Smith, born 22 Dec 2001`, `geb. 22.12.2001`,
 * `* 1945`. A label without a date is ignored, because "geb." is used before names, too.
 *
 * @param text the typed text, with ASCII digits and single blanks
 * @param day today as a FHIR date
 */
export function labelledDate(text: string, day: string): LabelledDate | undefined {
  for (const label of text.matchAll(LABEL)) {
    const after = text.slice(label.index + label[0].length).replace(/[()]/g, ' ');
    const [written = '', ...forms] = dateAtStart(after) ?? [];
    const date =
      forms.find((form) => parseTypedDate(form, day)) ??
      forms.find((form) => isImpossibleDate(form, day));
    if (date !== undefined) {
      const before = text.slice(0, label.index).replace(/[(\s]+$/, '');
      return { date, rest: `${before} ${after.slice(written.length)}`.trim() };
    }
  }
  return undefined;
}
