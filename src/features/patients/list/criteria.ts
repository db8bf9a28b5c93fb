import { parseTypedDate } from '#fhir/date-parse.ts';
import { escapeValue } from '#fhir/search-query.ts';
import { readSearchText, type Reading } from '#fhir/search-text.ts';
import type { SearchParams } from '#fhir/types.ts';

/**
 * What a person looks for, as typed. Health data: it lives in history state only, never in an
 * address, a title or a store.
 */
export interface Criteria {
  /** The search box. */
  readonly text?: string;
  /** Which reading of the search box was chosen, where not the first (see {@link readingKey}). */
  readonly as?: string;
  readonly family?: string;
  readonly given?: string;
  readonly birthDate?: string;
  readonly gender?: string;
  readonly identifier?: string;
  readonly phone?: string;
  readonly status?: string;
}

export const FILTERS = [
  'family',
  'given',
  'birthDate',
  'gender',
  'identifier',
  'phone',
  'status',
] as const satisfies readonly (keyof Criteria)[];

const STATUS: Readonly<Record<string, SearchParams>> = {
  active: { active: 'true' },
  inactive: { active: 'false' },
  living: { deceased: 'false' },
  deceased: { deceased: 'true' },
};

/** `system|value` keeps its bar: it is meant. */
const token = (value: string): string => value.split('|').map(escapeValue).join('|');

/** A number as typed, and without its spacing: servers compare telephone numbers as text. */
const phones = (value: string): string =>
  [...new Set([value, value.replace(/[\s()./-]/g, '')])].map(escapeValue).join(',');

/** Criteria without the empty ones. */
export function tidy(criteria: Criteria): Criteria {
  const entries = Object.entries(criteria).map(([key, value]) => [key, (value as string).trim()]);
  return Object.fromEntries(entries.filter(([, value]) => value !== '')) as Criteria;
}

/** Whether two sets of criteria ask for the same. */
export function sameCriteria(a: Criteria, b: Criteria): boolean {
  return (['text', 'as', ...FILTERS] as const).every((key) => (a[key] ?? '') === (b[key] ?? ''));
}

/** Names a reading of the search box among the others. */
export function readingKey(reading: Reading): string {
  return [...reading.kinds, reading.birthDate ?? ''].join(' ');
}

/** How the search box is understood, and how else it could be. */
export interface BoxReadings {
  /** Undefined where nothing was typed, or where the person has to choose first. */
  readonly chosen: Reading | undefined;
  readonly others: readonly Reading[];
  /** Two birth dates are possible and none was chosen: ask, do not guess. */
  readonly ask: boolean;
}

export function readBox(criteria: Criteria): BoxReadings {
  const { readings, ask } = readSearchText(criteria.text ?? '');
  const picked = readings.find((r) => readingKey(r) === criteria.as);
  const chosen = picked ?? (ask ? undefined : readings[0]);
  return { chosen, others: readings.filter((r) => r !== chosen), ask: ask && !picked };
}

/** The one date that a field holds; undefined where it holds none or one with two meanings. */
export function fieldDate(text: string | undefined): string | undefined {
  const typed = text ? parseTypedDate(text) : undefined;
  return typed?.kind === 'date' ? typed.value : undefined;
}

type Value = SearchParams[string];

/** Both must hold: two values of one parameter are two parameters. */
function both(a: Value, b: string | undefined): Value {
  if (b === undefined) return a;
  if (a === undefined) return b;
  return [...(Array.isArray(a) ? (a as string[]) : [a as string]), b];
}

/**
 * The FHIR search for criteria. A date with two meanings is left out: it is asked back first.
 *
 * @param sort a `_sort` key
 * @param size rows a page
 */
export function toParams(criteria: Criteria, sort: string | undefined, size: number): SearchParams {
  const box = readBox(criteria).chosen?.params ?? {};
  const { family, given, gender, identifier, phone, status } = criteria;
  const params: Record<string, Value> = {
    ...box,
    family: family && escapeValue(family),
    given: given && escapeValue(given),
    birthdate: both(box['birthdate'], fieldDate(criteria.birthDate)),
    gender,
    identifier: both(box['identifier'], identifier && token(identifier)),
    phone: both(box['phone'], phone && phones(phone)),
    ...(status && STATUS[status]),
    _sort: sort,
    _count: size,
  };
  return Object.fromEntries(
    Object.entries(params).filter(([, value]) => value !== undefined && value !== ''),
  );
}
