import { isImpossibleDate, parseTypedDate } from '../dates/date-parse.ts';

/** A date inside other text, with nothing but blanks and commas around it. */
export const DATE =
  /(?<![^\s,])(?:\d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?|\d{1,2}([-/.])\d{1,2}\1(?:\d{4}|\d{2})|\d{1,2}[ .-]{1,2}\p{L}{3,12}\.?[ ,-]{1,2}\d{4}|\p{L}{3,12}\.? \d{1,2},? \d{4}|(?:19|20)\d{2})(?![^\s,])/u;

const LAST_DATE = / (\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2}))$/;

/**
 * A number without the date after it: `12345 22-12-2001` is the number of somebody who was born
 * then, and no number is on record with both.
 *
 * @param digits how many must be left: the last groups of a telephone number may look like a date
 * @param day today as a FHIR date
 */
export function withoutDate(number: string, digits: number, day?: string): string {
  const [after = '', date = ''] = LAST_DATE.exec(number) ?? [];
  const before = number.slice(0, number.length - after.length);
  const isDate = parseTypedDate(date, day) !== undefined || isImpossibleDate(date, day);
  return isDate && before.replace(/\D/g, '').length >= digits ? before : number;
}

/**
 * Words before a birth date, in the languages of the app. Each is taken in all of them: a record is
 * copied from letters in any language. The sign is that of genealogists, and of German letters.
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

/** Spellings of a date of digits without separators, which needs a label to be read as a date. */
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
  /** As `parseTypedDate` takes it, or a date that the calendar does not have. */
  readonly date: string;
  /** What stands around it, without the label. */
  readonly rest: string;
}

/**
 * A birth date with a label: `DOB 22/12/2001`, `Smith, born 22 Dec 2001`, `geb. 22.12.2001`, `* 1945`.
 * A label without a date after it is ignored: "geb." is used before names, too.
 *
 * @param text in plain digits, with single blanks
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
