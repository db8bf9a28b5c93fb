import type { Limit } from './access.ts';
import type { Behaviour } from './faults/modes.ts';
import { inCompartment } from './search/compartment.ts';
import { valuesFor } from './search/search-index.ts';
import { parseSearch, type Filter } from './search/search-query.ts';
import { accepts, type Visible } from './search/search.ts';

/** Returns which resources of a type are within at least one of the limits. */
export function within(type: string, limits: readonly Limit[], behaviour: Behaviour): Visible {
  const tests = limits.map(({ compartment, filter }): Visible => {
    const filters = filter === undefined ? [] : filtersOf(type, filter, behaviour);
    return (resource) =>
      filters !== undefined &&
      filters.every((one) => accepts(one, valuesFor(resource, one.name, one.exact))) &&
      (compartment === undefined || inCompartment(resource, compartment));
  });
  return (resource) => tests.some((test) => test(resource));
}

/**
 * Returns the filters of a scope; undefined if the server cannot apply all of them, because the
 * scope then grants nothing.
 */
function filtersOf(type: string, query: string, behaviour: Behaviour): Filter[] | undefined {
  const entries = [...new URLSearchParams(query)];
  // The parameters that a search refuses in this mode still limit what the token may see.
  const context = { ...behaviour, unsupported: new Set<string>(), singleValued: new Set<string>() };
  const { filters } = parseSearch(type, entries, { behaviour: context, handling: 'lenient' });
  const known = filters.filter(({ has }) => has === undefined);
  return entries.length > 0 && known.length === entries.length ? known : undefined;
}
