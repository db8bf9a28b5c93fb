import { useQuery } from '@tanstack/react-query';
import { useCan, type Can } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import type { ResourceType } from '#fhir/types.ts';

/** Milliseconds that clinical searches wait for the server's capability statement. */
const PATIENCE = 1000;

/**
 * Whether records of a type can be searched for. A server may be slow to build its capability
 * statement, or send megabytes of it: after a second the search is sent without it, and the
 * statement counts as soon as it is there.
 */
export function useCanSearch(type: ResourceType): Can {
  const fhir = useFhir();
  const can = useCan('search', type);
  // A query, so that all panels share this second, however late each of them is mounted.
  const { data: waited } = useQuery({
    queryKey: keys.memory(fhir, 'statement-awaited'),
    queryFn: () => new Promise<true>((resolve) => setTimeout(resolve, PATIENCE, true)),
    enabled: can.pending,
    staleTime: Infinity,
    gcTime: Infinity,
  });
  return { ...can, pending: can.pending && waited === undefined };
}
