import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';

/**
 * State that outlives the page but not the session: it lies in the session's cache, in memory.
 *
 * @param what names it
 * @param initial must be the same object at each call
 */
export function useSessionMemory<T>(
  what: string,
  initial: T,
): readonly [T, (change: (now: T) => T) => void] {
  const fhir = useFhir();
  const cache = useQueryClient();
  const queryKey = useMemo(() => keys.memory(fhir, what), [fhir, what]);
  const { data } = useQuery<T>({
    queryKey,
    queryFn: skipToken,
    initialData: () => initial,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  const set = useCallback(
    (change: (now: T) => T) => {
      cache.setQueryData<T>(queryKey, (now) => change(now ?? initial));
    },
    [cache, queryKey, initial],
  );
  return [data ?? initial, set];
}
