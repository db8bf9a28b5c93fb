import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { countQuery, patientSearchQuery } from '#data/queries.ts';
import { Gone, Invalid, NotFound } from '#fhir/errors.ts';
import { ignoredParams } from '#fhir/ignored.ts';
import type { SearchParams, Stored } from '#fhir/types.ts';
import { whenIdle } from '#lib/when-idle.ts';
import { toParams } from './criteria.ts';
import { fetchLater } from './fetch-later.ts';
import { fingerprint, type ListPlace } from './list-state.ts';
import type { Repeats } from './repeated.ts';

const NONE: readonly Stored<Patient>[] = [];

/** The page of patients at a place in the list, and what is known of the way the server answered. */
export function usePatientPage(
  { criteria, from, seen, page }: ListPlace,
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

  // The link of a later page is the server's own: only the first answer tells what was ignored.
  const ignored = useMemo(
    () => ignoredParams(params, from === undefined && !isPlaceholderData ? data?.self : undefined),
    [params, from, data, isPlaceholderData],
  );

  useEffect(() => {
    if (nextLink === undefined || isPlaceholderData) return;
    void cache.prefetchQuery(patientSearchQuery(fhir, params, nextLink));
  }, [cache, fhir, params, nextLink, isPlaceholderData]);

  // Only looked at: it is fetched above, and shown by whoever goes there.
  const following = useQuery({ ...patientSearchQuery(fhir, params, nextLink), enabled: false });

  const rows = useMemo(() => data?.items ?? [], [data]);
  const repeated = useRepeated(params, page, isPlaceholderData ? NONE : rows);
  const counting = useQuery({ ...countQuery(fhir, 'Patient', params), enabled: false });

  return {
    query,
    rows,
    following: nextLink === undefined ? undefined : following.data?.items,
    repeated,
    nextLink,
    ignored,
    counting,
    busy: isPlaceholderData && query.isFetching,
    // A server that forgot the page answers 410, 404 or 400: then from the start, criteria kept.
    forgotten:
      from !== undefined &&
      (error instanceof Gone || error instanceof NotFound || error instanceof Invalid),
  };
}

/** How many patients of this page stood on an earlier one; known a moment after the page is there. */
function useRepeated(params: SearchParams, page: number, rows: readonly Stored<Patient>[]): number {
  const seen = useRef<Repeats>(undefined);
  const [repeated, setRepeated] = useState(0);
  useEffect(() => {
    let current = true;
    const look = async (): Promise<void> => {
      const { createRepeats } = await fetchLater();
      seen.current ??= createRepeats();
      // Whoever pages on before there was an idle moment has seen these patients all the same.
      const count = seen.current(params, page, rows);
      if (current) setRepeated(count);
    };
    // Advisory: where its code cannot be fetched the list is as good as without it.
    whenIdle(() => void look().catch(() => undefined));
    return () => {
      current = false;
    };
  }, [params, page, rows]);
  return repeated;
}
