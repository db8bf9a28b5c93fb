import { parseTypedDate } from '#fhir/dates/date-parse.ts';

/** Result of reading a date field of the filters. */
export type TypedRange =
  | { readonly kind: 'values'; readonly values: readonly string[] }
  | { readonly kind: 'ambiguous'; readonly options: readonly string[] }
  | { readonly kind: 'wrong' };

const WRONG: TypedRange = { kind: 'wrong' };
// Words of all the app's languages, whichever is selected, because users mix languages.
const BETWEEN =
  /\s+(?:to|until|till|and|bis|und|έως|ως|μέχρι|και|עד|[-–—])\s+|\s*(?:\.{2,}|…|[–—])\s*/iu;
const SINCE = /^(?:since|from|after|seit|ab|von|nach|από|μετά|מאז|אחרי|>=?|≥)\s*/iu;
const BEFORE = /^(?:before|vor|πριν|לפני|<)\s*/iu;
const UNTIL = /^(?:until|to|bis|έως|ως|μέχρι|עד|<=|≤)\s*/iu;
const START = /^(?:between|from|zwischen|von|μεταξύ|από|בין)\s+/iu;

const one = (text: string): string | undefined => {
  const typed = parseTypedDate(text);
  return typed?.kind === 'date' ? typed.value : undefined;
};

/**
 * Reads a date or a range of dates: `25 Dec 1960`, `1960`, `1950 to 1960`, `since 1990`,
 * `before 1950`. In a range each date must have one meaning only.
 *
 * @returns values for a FHIR date parameter, all of which must match
 */
export function parseRange(input: string): TypedRange {
  const text = input.trim();
  const single = parseTypedDate(text);
  if (single?.kind === 'date') return { kind: 'values', values: [single.value] };
  if (single) return single;
  for (const [word, prefix] of [
    [SINCE, 'ge'],
    [UNTIL, 'le'],
    [BEFORE, 'lt'],
  ] as const) {
    if (word.test(text) && !BETWEEN.test(text)) {
      const date = one(text.replace(word, ''));
      return date === undefined ? WRONG : { kind: 'values', values: [`${prefix}${date}`] };
    }
  }
  const ends = text.replace(START, '').split(BETWEEN);
  const [from, to] = ends.map(one);
  if (ends.length !== 2 || from === undefined || to === undefined) return WRONG;
  // Compared at the precision that both have: from May 1960 to 1960 is the rest of that year.
  if (from.slice(0, to.length) > to.slice(0, from.length)) return WRONG;
  return { kind: 'values', values: [`ge${from}`, `le${to}`] };
}

/**
 * Returns the same day `years` years earlier; 29 February becomes 28 February in a common year.
 *
 * @param day a full FHIR date
 */
function yearsBefore(day: string, years: number): string {
  const [y = 0, m = 1, d = 1] = day.split('-').map(Number);
  const year = y - years;
  const leap = new Date(Date.UTC(year, m - 1, d)).getUTCMonth() !== m - 1;
  const pad = (n: number, width: number): string => String(n).padStart(width, '0');
  return `${pad(year, 4)}-${pad(m, 2)}-${pad(leap ? d - 1 : d, 2)}`;
}

/**
 * Returns conditions on the birth date of people aged `from` to `to` years, both included.
 *
 * @param day today as a FHIR date
 */
export function birthDatesOfAge(
  from: number | undefined,
  to: number | undefined,
  day: string,
): readonly string[] {
  return [
    ...(from === undefined ? [] : [`le${yearsBefore(day, from)}`]),
    ...(to === undefined ? [] : [`gt${yearsBefore(day, to + 1)}`]),
  ];
}
