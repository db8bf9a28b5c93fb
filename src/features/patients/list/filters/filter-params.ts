import { parseTypedDate } from '#fhir/dates/date-parse.ts';
import { today } from '#fhir/dates/dates.ts';
import { plainDigits } from '#fhir/dates/digits.ts';
import { escapeValue } from '#fhir/search/search-query.ts';
import { textValues } from '#fhir/search/search-words.ts';
import type { SearchParams } from '#fhir/types.ts';
import { isId } from '#lib/id.ts';
import { birthDatesOfAge, parseRange } from './date-range.ts';

export const CONDITION = '_has:Condition:patient:code';

export const FILTERS = [
  'family',
  'given',
  'birthDate',
  'ageFrom',
  'ageTo',
  'gender',
  'identifier',
  'phone',
  'email',
  'address',
  'status',
  'updated',
  'id',
  'tag',
  'condition',
] as const;
export type Filter = (typeof FILTERS)[number];

/** Filters as typed. */
export type FilterValues = Readonly<Partial<Record<Filter, string>>>;

export interface ReadFilters {
  readonly params: SearchParams;
  /** Filters that cannot be read; nothing is searched until the user corrects them. */
  readonly wrong: readonly Filter[];
}

const STATUS: Readonly<Record<string, SearchParams>> = {
  // A record without `active` counts as active (FHIR R4 Patient.active, "Meaning if missing"), and
  // many systems never set it. `:not` finds it, too (FHIR R4 §3.1.1.4.10), as Microsoft documents;
  // a server that still leaves it out finds no fewer records than with `active=true`.
  active: { 'active:not': 'false' },
  inactive: { active: 'false' },
  living: { deceased: 'false' },
  deceased: { deceased: 'true' },
};

/** Escapes a token but keeps the bar of `system|value`. */
const token = (value: string): string => value.split('|').map(escapeValue).join('|');

/** Returns a value as typed and, if different, with ASCII digits, which most records have. */
const bothDigits = (value: string): readonly string[] => [...new Set([value, plainDigits(value)])];

/** Returns a number as typed and without spacing, because servers compare phone numbers as text. */
const phones = (value: string): string =>
  [...new Set(bothDigits(value).flatMap((v) => [v, v.replace(/[\s()./-]/g, '')]))]
    .map(escapeValue)
    .join(',');

type Read = (value: string) => SearchParams | undefined;

const READERS: Readonly<Record<Exclude<Filter, 'ageFrom' | 'ageTo' | 'birthDate'>, Read>> = {
  family: (v) => ({ family: escapeValue(v) }),
  given: (v) => ({ given: escapeValue(v) }),
  gender: (v) => ({ gender: escapeValue(v) }),
  identifier: (v) => ({ identifier: bothDigits(v).map(token).join(',') }),
  phone: (v) => ({ phone: phones(v) }),
  email: (v) => ({ email: escapeValue(v) }),
  // Each word must occur in the address, in any order.
  address: (v) => ({ address: textValues(v) }),
  status: (v) => (Object.hasOwn(STATUS, v) ? STATUS[v] : undefined),
  updated: (v) => {
    const typed = parseTypedDate(v);
    return typed?.kind === 'date' ? { _lastUpdated: `ge${typed.value}` } : undefined;
  },
  id: (v) => {
    const ids = plainDigits(v)
      .replace(/^Patient\//, '')
      .split(/[\s,]+/);
    return ids.every(isId) ? { _id: ids.join(',') } : undefined;
  },
  tag: (v) => ({ _tag: token(v) }),
  condition: (v) => ({ [CONDITION]: token(v) }),
};

const AGE = /^\d{1,3}$/;

/**
 * Translates typed filters into FHIR search parameters.
 *
 * @param day today as a FHIR date, to translate ages
 */
export function readFilters(values: FilterValues, day: string = today()): ReadFilters {
  const wrong: Filter[] = [];
  const params: Record<string, SearchParams[string]> = {};
  const birth: string[] = [];
  const ages: Record<'ageFrom' | 'ageTo', number | undefined> = {
    ageFrom: undefined,
    ageTo: undefined,
  };
  for (const filter of FILTERS) {
    const value = values[filter]?.trim();
    if (!value) continue;
    if (filter === 'birthDate') {
      const range = parseRange(value);
      if (range.kind === 'values') birth.push(...range.values);
      else wrong.push(filter);
    } else if (filter === 'ageFrom' || filter === 'ageTo') {
      const age = plainDigits(value);
      if (AGE.test(age)) ages[filter] = Number(age);
      else wrong.push(filter);
    } else {
      const read = READERS[filter](value);
      if (read) Object.assign(params, read);
      else wrong.push(filter);
    }
  }
  birth.push(...birthDatesOfAge(ages.ageFrom, ages.ageTo, day));
  if (birth.length > 0) params['birthdate'] = birth.length === 1 ? birth[0] : birth;
  return { params, wrong };
}
