import { queryOptions } from '@tanstack/react-query';
import type { PageUrl, ResourceType, SearchParams } from '#fhir/types.ts';
import type { Fhir } from './fhir-context.ts';
import { keys } from './keys.ts';

const MINUTE = 60_000;

/** Query for one resource with its version. Shows no other resource while it is loading. */
export function readQuery<T extends ResourceType>(fhir: Fhir, type: T, id: string) {
  return queryOptions({
    queryKey: keys.read(fhir, type, id),
    queryFn: ({ signal }) => fhir.client.read(type, id, { signal }),
  });
}

/** Query for one patient with its version. */
export function patientQuery(fhir: Fhir, id: string) {
  return readQuery(fhir, 'Patient', id);
}

/** Query for the server's CapabilityStatement. `data` is a reader, see `readCapability`. */
export function capabilitiesQuery(fhir: Fhir) {
  return queryOptions({
    queryKey: keys.capabilities(fhir),
    queryFn: async ({ signal }) => {
      // The reader is first needed after the first list, so it is not in the initial bundle.
      const [statement, { readCapability }] = await Promise.all([
        fhir.client.capabilities({ signal }),
        import('#fhir/permissions/capability.ts'),
      ]);
      return readCapability(statement);
    },
    staleTime: Infinity,
    gcTime: Infinity,
    retryOnMount: false, // a server without a CapabilityStatement is asked once
  });
}

/**
 * Query for one page of a search.
 *
 * @param from the link to a later page; undefined for the first page
 */
export function searchQuery<T extends ResourceType>(
  fhir: Fhir,
  type: T,
  params: SearchParams,
  from?: PageUrl,
) {
  return queryOptions({
    queryKey: keys.search(fhir, type, params, from),
    queryFn: ({ signal }) => fhir.client.search(type, params, from, { signal }),
    // Page links stay in the browser history, so a page can be fetched again.
    gcTime: MINUTE,
    staleTime: MINUTE / 2,
  });
}

/** Query for one page of patients. Use `placeholderData: keepPreviousData` for lists only. */
export function patientSearchQuery(fhir: Fhir, params: SearchParams, from?: PageUrl) {
  return searchQuery(fhir, 'Patient', params, from);
}

/** Query for the number of matches (`_summary=count`); null if the server does not count. */
export function countQuery(fhir: Fhir, type: ResourceType, params: SearchParams) {
  const counting = { ...params, _summary: 'count', _count: undefined, _sort: undefined };
  return queryOptions({
    queryKey: keys.search(fhir, type, counting, undefined),
    queryFn: async ({ signal }) =>
      (await fhir.client.search(type, counting, undefined, { signal })).total ?? null,
    staleTime: MINUTE,
  });
}

/** Query for one page of the versions of a resource, newest first. */
export function historyQuery<T extends ResourceType>(
  fhir: Fhir,
  type: T,
  id: string,
  from?: PageUrl,
) {
  return queryOptions({
    queryKey: [...keys.history(fhir, type, id), from ?? null],
    queryFn: ({ signal }) => fhir.client.history(type, id, from, { signal }),
    staleTime: MINUTE / 2,
  });
}

/** Query for one version of a resource, which never changes. */
export function versionQuery<T extends ResourceType>(
  fhir: Fhir,
  type: T,
  id: string,
  versionId: string,
) {
  return queryOptions({
    queryKey: keys.version(fhir, type, id, versionId),
    queryFn: ({ signal }) => fhir.client.vread(type, id, versionId, { signal }),
    staleTime: Infinity,
  });
}
