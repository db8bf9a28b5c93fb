import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';

/**
 * Returns state that outlives the page but not the session: it is kept in memory, in the session's
 * cache. The component renders its own copy, because the cache notifies observers one task later
 * and React would meanwhile reset a ticked checkbox.
 *
 * @param what name of the state; must be the same at each call
 * @param initial initial value; must be the same object at each call
 */
export function useSessionMemory<T>(
  what: string,
  initial: T,
): readonly [T, (change: (now: T) => T) => void] {
  const fhir = useFhir();
  const cache = useQueryClient();
  const key = useMemo(() => keys.memory(fhir, what), [fhir, what]);
  const [state, setState] = useState<T>(() => cache.getQueryData<T>(key) ?? initial);
  const set = useCallback(
    (change: (now: T) => T) => {
      const next = change(cache.getQueryData<T>(key) ?? initial);
      cache.setQueryDefaults(key, { gcTime: Infinity });
      cache.setQueryData<T>(key, next);
      setState(next);
    },
    [cache, key, initial],
  );
  return [state, set];
}
