import type { Criteria } from '../query/criteria.ts';
import type { Filter } from '../filters/filter-params.ts';

/** Search parameters, without modifier, that each filter becomes (see `readFilters`). */
const PARAMS: Readonly<Record<Filter, readonly string[]>> = {
  family: ['family'],
  given: ['given'],
  birthDate: ['birthdate'],
  ageFrom: ['birthdate'],
  ageTo: ['birthdate'],
  gender: ['gender'],
  identifier: ['identifier'],
  phone: ['phone'],
  email: ['email'],
  address: ['address'],
  status: ['active', 'deceased'],
  updated: ['_lastUpdated'],
  id: ['_id'],
  tag: ['_tag'],
  condition: ['_has'],
};

const isFilter = (key: string): key is Filter => Object.hasOwn(PARAMS, key);

/**
 * Returns the criteria without the filters that the server ignored, to search without them; undefined
 * if it ignored none of the filters, but part of the search box.
 *
 * @param names the ignored search parameters, without modifiers
 */
export function withoutIgnored(
  { filters = {}, asked = {}, ...box }: Criteria,
  names: readonly string[],
): Criteria | undefined {
  const isApplied = (param: string): boolean => !names.includes(param.split(':')[0] ?? param);
  const applied = Object.entries(asked).filter(([param]) => isApplied(param));
  if (applied.length === Object.keys(asked).length) return undefined;
  if (applied.length === 0) return box;
  const kept = Object.entries(filters).filter(
    ([key]) => isFilter(key) && PARAMS[key].every(isApplied),
  );
  return { ...box, filters: Object.fromEntries(kept), asked: Object.fromEntries(applied) };
}
