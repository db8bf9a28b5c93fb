import { problem } from './outcome.ts';
import type { SandboxRepository } from './repository.ts';
import type { StoredResource } from './resource-types.ts';
import { parseSearch } from './search/search-query.ts';

/**
 * Returns the resource that matches the condition of a conditional request, undefined for none.
 * Throws FhirProblem 412 when several match, 400 when the condition is empty or not supported.
 *
 * @param condition search parameters, as in the `If-None-Exist` header
 * @see https://hl7.org/fhir/R4/http.html#ccreate
 */
export function conditionalMatch(
  repo: SandboxRepository,
  type: string,
  condition: string,
): StoredResource | undefined {
  const { behaviour, engine, store } = repo.service;
  const entries = new URLSearchParams(condition.replace(/^[^?=&]*\?/, ''));
  const visible = repo.permit(type, 's');
  // Strict whatever the request prefers: without an ignored parameter, everything would match.
  const query = parseSearch(type, entries, { behaviour, handling: 'strict' });
  if (query.filters.length === 0)
    throw problem(400, 'invalid', 'The condition has no search parameter.');
  const matches = engine.run(query, visible);
  if (matches.length > 1) {
    throw problem(412, 'multiple-matches', 'The condition matches more than one resource.');
  }
  const [match] = matches;
  return match && store.current(type, match.id);
}
