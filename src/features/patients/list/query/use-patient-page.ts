import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { countQuery, patientSearchQuery } from '#data/queries.ts';
import { mayHaveExpired } from '#fhir/client/page-url.ts';
import { ignoredParams } from '#fhir/search/ignored-params.ts';
import { fingerprint } from '#lib/fingerprint.ts';
import { toParams } from './criteria.ts';
import type { ListPlace } from './list-state.ts';

/** Queries the patients at a place in the list, and derives paging and ignored parameters. */
export function usePatientPage(
  { criteria, from, seen, ignored: before }: ListPlace,
  sort: string | undefined,
  size: number,
) {
  const fhir = useFhir();
  const cache = useQueryClient();
  const params = useMemo(() => toParams(criteria, sort, size), [criteria, sort, size]);
  const query = useQuery({
    ...patientSearchQuery(fhir, params, from),
    placeholderData: keepPreviousData,
  });
  const { data, error, isPlaceholderData } = query;
  const nextLink =
    data?.next !== undefined && !seen.includes(fingerprint(data.next)) ? data.next : undefined;

  // Only the first response tells what was ignored: the server makes the links of later pages.
  const ignored = useMemo(
    () =>
      before ??
      ignoredParams(params, from === undefined && !isPlaceholderData ? data?.self : undefined),
    [params, before, from, data, isPlaceholderData],
  );

  useEffect(() => {
    if (nextLink === undefined || isPlaceholderData) return;
    void cache.prefetchQuery(patientSearchQuery(fhir, params, nextLink));
  }, [cache, fhir, params, nextLink, isPlaceholderData]);

  // Only reads the cache; the effect above fetches the page.
  const following = useQuery({ ...patientSearchQuery(fhir, params, nextLink), enabled: false });

  const rows = useMemo(() => data?.items ?? [], [data]);
  const counting = useQuery({ ...countQuery(fhir, 'Patient', params), enabled: false });

  return {
    query,
    rows,
    // Rows drawn in advance are removed while another search is awaited, not when it arrives.
    following: nextLink === undefined || isPlaceholderData ? undefined : following.data?.items,
    params,
    nextLink,
    ignored,
    counting,
    busy: isPlaceholderData && query.isFetching,
    // The list then starts again at page 1 with the same criteria.
    forgotten: from !== undefined && mayHaveExpired(error),
  };
}
