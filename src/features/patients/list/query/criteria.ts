import type { SearchParams } from '#fhir/types.ts';

/**
 * Search criteria as typed. They are health data, kept in memory and in the tab's storage, which
 * sign-out empties, and never in a URL or a title.
 */
export interface Criteria {
  /** Text of the search box. */
  readonly text?: string;
  /** Key of the chosen reading of the box, if not the first (see `readings/read-box.ts`). */
  readonly as?: string;
  /** Search parameters of the box, computed by code that loads on demand. */
  readonly read?: SearchParams;
  /** "More filters", as typed. */
  readonly filters?: Readonly<Record<string, string>>;
  /** Search parameters of the filters, computed likewise. */
  readonly asked?: SearchParams;
}

const isEmpty = (holder: object | undefined): boolean => Object.keys(holder ?? {}).length === 0;

/** Returns the criteria without empty ones. */
export function tidy({ text, as, read, filters, asked }: Criteria): Criteria {
  const typed = text?.trim();
  return {
    ...(typed && { text: typed, ...(as && { as }), ...(read && { read }) }),
    ...(filters && !isEmpty(asked) && { filters, ...(asked && { asked }) }),
  };
}

/** Whether two sets of criteria lead to the same search. */
export function sameCriteria(a: Criteria, b: Criteria): boolean {
  const key = ({ text = '', as = '', asked = {} }: Criteria) => JSON.stringify([text, as, asked]);
  return key(a) === key(b);
}

/** Returns all values of a parameter as a list. */
function values(value: SearchParams[string]): readonly (string | number)[] {
  if (value === undefined) return [];
  return typeof value === 'object' ? value : [value];
}

/**
 * Returns the FHIR search for criteria. Box and filters must both match, so two values of one
 * parameter become two parameters. An ambiguous date is left out until the user chose its meaning.
 *
 * @param sort value of `_sort`
 * @param size rows per page
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
