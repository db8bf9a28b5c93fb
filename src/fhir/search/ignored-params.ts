import { searchQuery } from './search-query.ts';
import type { SearchParams } from '../types.ts';

/** The parameters that the server ignored, according to its `self` link. */
export interface Ignored {
  /** Requested parameters that are missing in `self`, such as `deceased`. */
  readonly filters: readonly string[];
  readonly sort: boolean;
}

/** Parameters that do not change which records match; many servers leave them out of `self`. */
const SHAPE = new Set(['_count', '_total', '_summary', '_elements', '_format', '_pretty']);

const NOTHING: Ignored = { filters: [], sort: false };

const withoutModifier = (name: string): string => name.split(':')[0] ?? name;

/**
 * Returns the parameters that a server ignored, by comparing a request with the response's `self`
 * link, which must name the applied parameters (FHIR R4 §3.1.1.5, "Server Conformance"). A lenient
 * server drops an unknown filter silently, and the user would believe that the list is filtered.
 *
 * @param self the `self` link; without one nothing is reported
 */
export function ignoredParams(asked: SearchParams, self: string | undefined): Ignored {
  if (self === undefined || !URL.canParse(self, 'http://relative.invalid/')) return NOTHING;
  const { searchParams } = new URL(self, 'http://relative.invalid/');
  const sent = searchQuery(asked);
  const names = new Set([...searchParams.keys()].map(withoutModifier));
  // A `self` link without parameters, or to a stored page (`?ct=`, `?_getpages=`), tells nothing.
  if ([...sent.keys()].every((k) => SHAPE.has(k)) || names.size === 0) return NOTHING;
  if (names.has('ct') || names.has('_getpages')) return NOTHING;
  const filters = [...new Set([...sent.keys()].map(withoutModifier))].filter(
    (name) => !SHAPE.has(name) && name !== '_sort' && !names.has(name),
  );
  const sort = sent.get('_sort');
  return { filters, sort: sort !== null && searchParams.get('_sort') !== sort };
}
