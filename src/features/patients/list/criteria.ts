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
  /** "More filters", as typed. */
  readonly filters?: Readonly<Record<string, string>>;
  /** What those filters mean to a server; worked out by the panel, which loads on demand. */
  readonly asked?: SearchParams;
}

const isEmpty = (holder: object | undefined): boolean => Object.keys(holder ?? {}).length === 0;

/** Criteria without the empty ones. */
export function tidy({ text, as, filters, asked }: Criteria): Criteria {
  const typed = text?.trim();
  return {
    ...(typed && { text: typed, ...(as && { as }) }),
    ...(filters && !isEmpty(asked) && { filters, ...(asked && { asked }) }),
  };
}

/** Whether two sets of criteria ask for the same. */
export function sameCriteria(a: Criteria, b: Criteria): boolean {
  const key = ({ text = '', as = '', asked = {} }: Criteria) => JSON.stringify([text, as, asked]);
  return key(a) === key(b);
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

/** Every value of a parameter, in a list. */
function values(value: SearchParams[string]): readonly (string | number)[] {
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [value];
}

/**
 * The FHIR search for criteria. Box and filters must both hold: two values of one parameter are
 * two parameters. A date with two meanings is left out: it is asked back first.
 *
 * @param sort a `_sort` key
 * @param size rows a page
 */
export function toParams(criteria: Criteria, sort: string | undefined, size: number): SearchParams {
  const params: Record<string, SearchParams[string]> = { ...readBox(criteria).chosen?.params };
  for (const [name, value] of Object.entries(criteria.asked ?? {})) {
    params[name] = name in params ? [...values(params[name]), ...values(value)] : value;
  }
  if (sort !== undefined) params['_sort'] = sort;
  params['_count'] = size;
  return params;
}
