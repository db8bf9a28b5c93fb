import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { patientSearchQuery } from '#data/queries.ts';
import { toParams, type Criteria } from './criteria.ts';

/**
 * Returns a function that searches. It sends the request before the page renders for it, and the page
 * then awaits this request: rendering in the same task would delay it.
 *
 * @param find shows the list of the criteria
 * @param sort value of `_sort`
 * @param size rows per page
 */
export function useFind(
  find: (criteria: Criteria) => void,
  sort: string | undefined,
  size: number,
): (criteria: Criteria) => void {
  const fhir = useFhir();
  const cache = useQueryClient();
  return useCallback(
    (wanted: Criteria) => {
      void cache.prefetchQuery(patientSearchQuery(fhir, toParams(wanted, sort, size)));
      setTimeout(() => find(wanted));
    },
    [cache, fhir, find, sort, size],
  );
}
