import type { SearchParams } from '#fhir/types.ts';

/**
 * What a person looks for, as typed. Health data: it lives in memory and in the tab's storage, which
 * sign-out empties, never in an address or a title.
 */
export interface Criteria {
  /** The search box. */
  readonly text?: string;
  /** Which reading of the search box was chosen, where not the first (see `readings/read-box.ts`). */
  readonly as?: string;
  /** What the search box means to a server; worked out by code that loads on demand. */
  readonly read?: SearchParams;
  /** "More filters", as typed. */
  readonly filters?: Readonly<Record<string, string>>;
  /** What those filters mean to a server; worked out likewise. */
  readonly asked?: SearchParams;
}

const isEmpty = (holder: object | undefined): boolean => Object.keys(holder ?? {}).length === 0;

/** Criteria without the empty ones. */
export function tidy({ text, as, read, filters, asked }: Criteria): Criteria {
  const typed = text?.trim();
  return {
    ...(typed && { text: typed, ...(as && { as }), ...(read && { read }) }),
    ...(filters && !isEmpty(asked) && { filters, ...(asked && { asked }) }),
  };
}

/** Whether two sets of criteria ask for the same. */
export function sameCriteria(a: Criteria, b: Criteria): boolean {
  const key = ({ text = '', as = '', asked = {} }: Criteria) => JSON.stringify([text, as, asked]);
  return key(a) === key(b);
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
  const params: Record<string, SearchParams[string]> = { ...criteria.read };
  for (const [name, value] of Object.entries(criteria.asked ?? {})) {
    params[name] = name in params ? [...values(params[name]), ...values(value)] : value;
  }
  if (sort !== undefined) params['_sort'] = sort;
  params['_count'] = size;
  return params;
}
