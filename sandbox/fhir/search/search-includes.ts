import { FhirProblem } from '../outcome.ts';
import type { SandboxRepository } from '../repository.ts';
import { isResourceType, type StoredResource } from '../resource-types.ts';
import { searchParametersOf } from './search-parameters.ts';
import type { SearchQuery } from './search-query.ts';

/** Returns what `_include` and `_revinclude` add to a page, without resources already on it. */
export function included(
  repo: SandboxRepository,
  query: SearchQuery,
  matches: StoredResource[],
): StoredResource[] {
  const { store, index } = repo.service;
  const seen = new Set(matches.map(keyOf));
  const found: StoredResource[] = [];
  const add = (type: string, id: string): void => {
    const resource = isResourceType(type) ? store.current(type, id) : undefined;
    if (!resource || seen.has(keyOf(resource)) || !readable(repo, resource)) return;
    seen.add(keyOf(resource));
    found.push(resource);
  };
  for (const text of query.includes) {
    const [type = '', name = '', target] = text.split(':');
    for (const resource of matches) {
      if (resource.resourceType !== type) continue;
      for (const reference of references(resource, name)) {
        const [referred = '', id = ''] = reference.split('/');
        if (target === undefined || target === referred) add(referred, id);
      }
    }
  }
  for (const text of query.revincludes) {
    const [type = '', name = ''] = text.split(':');
    const wanted = new Set(matches.map(keyOf));
    for (const [id, values] of index.column(type, name)) {
      if ((values as string[]).some((value) => wanted.has(value))) add(type, id);
    }
  }
  return found;
}

const keyOf = (r: StoredResource): string => `${r.resourceType}/${r.id}`;

function references(resource: StoredResource, name: string): string[] {
  const table = searchParametersOf(resource.resourceType);
  const parameters =
    name === '*' ? Object.values(table).filter((p) => p.type === 'reference') : [table[name]];
  return parameters.flatMap((parameter) => (parameter?.values(resource) ?? []) as string[]);
}

function readable(repo: SandboxRepository, resource: StoredResource): boolean {
  try {
    const visible = repo.permit(resource.resourceType, 'r');
    return visible?.(resource) ?? true;
  } catch (error) {
    if (error instanceof FhirProblem) return false;
    throw error;
  }
}
