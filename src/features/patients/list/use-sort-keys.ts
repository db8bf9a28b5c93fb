import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { capabilitiesQuery } from '#data/queries.ts';

/** Returns the server's sort keys for name and birth date; `ask` delays the request for them. */
export function useSortKeys(ask: boolean) {
  const { data: capability } = useQuery({ ...capabilitiesQuery(useFhir()), enabled: ask });
  return useMemo(() => {
    const declared = (name: string): string | undefined =>
      capability?.searchParam('Patient', name) ? name : undefined;
    return { name: declared('family') ?? declared('name'), birthDate: declared('birthdate') };
  }, [capability]);
}
