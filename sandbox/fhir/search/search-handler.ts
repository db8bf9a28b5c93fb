import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4';
import { pageBundle } from '../bundles.ts';
import { FhirProblem, issue, outcome, withMeta } from '../outcome.ts';
import type { SandboxRepository } from '../repository.ts';
import { included } from './search-includes.ts';
import { parseSearch, type SearchQuery } from './search-query.ts';
import { subset } from './search-subset.ts';

/**
 * Answers a search of one type.
 *
 * @param entries parameters of the address and, for a POST, of the form
 */
export function search(
  repo: SandboxRepository,
  type: string,
  entries: Iterable<[string, string]>,
): Bundle {
  const { service, context } = repo;
  const { behaviour, store, engine } = service;
  const visible = repo.permit(type, 's');
  const query = parseSearch(type, entries, { behaviour, handling: context.handling });
  if (behaviour.searchParameterRequired && query.filters.length === 0) throw noParameters();
  const items = engine.run(query, visible);
  const count = query.summary === 'count' ? 0 : query.count;
  return pageBundle(
    {
      type: 'searchset',
      items: count === 0 ? [] : items,
      base: context.base,
      path: type,
      applied: query.applied,
      count,
      continuation: query.continuation,
      total: query.total === 'accurate' || query.summary === 'count' ? items.length : undefined,
      issues: query.issues,
      entries: (page) => {
        const matches = page.flatMap(({ id }) => store.current(type, id) ?? []);
        return [
          ...matches.map((resource) => entry(context.base, resource, query, 'match')),
          ...included(repo, query, matches).map((resource) =>
            entry(context.base, resource, query, 'include'),
          ),
        ];
      },
    },
    behaviour,
    service.pages,
  );
}

function entry(
  base: string,
  resource: FhirResource,
  query: SearchQuery,
  mode: 'match' | 'include',
): BundleEntry {
  return {
    fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
    resource: mode === 'match' ? subset(resource, query) : resource,
    search: { mode },
  };
}

/** Returns the refusal of a search without parameters, in plain text as Oracle Health sends it. */
function noParameters(): FhirProblem {
  const text = 'No supported search parameters provided';
  const refused = new FhirProblem(400, outcome(issue('error', 'required', text)));
  withMeta(refused.outcome, { status: 400, text, contentType: 'text/plain' });
  return refused;
}
