import { useQuery } from '@tanstack/react-query';
import { useCan, type Can } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import type { ResourceType } from '#fhir/types.ts';

/** Milliseconds that what is clinical waits for the server to say what it does. */
const PATIENCE = 1000;

/**
 * Whether records of a type can be searched for. A server builds its statement at the first
 * question, or sends megabytes of it: after a second the search itself is asked instead, and what
 * the statement says counts as soon as it is there.
 */
export function useCanSearch(type: ResourceType): Can {
  const fhir = useFhir();
  const can = useCan('search', type);
  // A query, so that all who wait share one second, however late each of them came.
  const { data: waited } = useQuery({
    queryKey: keys.memory(fhir, 'statement-awaited'),
    queryFn: () => new Promise<true>((resolve) => setTimeout(resolve, PATIENCE, true)),
    enabled: can.pending,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return { ...can, pending: can.pending && waited === undefined };
}
