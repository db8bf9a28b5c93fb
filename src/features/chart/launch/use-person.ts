import { useQuery } from '@tanstack/react-query';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { readQuery } from '#data/queries.ts';
import { displayName } from '#fhir/patient/names.ts';
import { localReference, referenceText } from '#fhir/reference.ts';
import type { ResourceType } from '#fhir/types.ts';
import { record } from '#lib/narrow.ts';

const PEOPLE: readonly string[] = [
  'Practitioner',
  'PractitionerRole',
  'Patient',
  'RelatedPerson',
  'Person',
] satisfies ResourceType[];

export interface LaunchedPerson {
  /** Undefined if the server does not tell the name: not granted, not known or not found. */
  readonly name: string | undefined;
  readonly pending: boolean;
}

/**
 * Reads the name of a person in the launch context once per session. The context may name people
 * whom the app may not read: that is no error.
 *
 * @param reference such as `Practitioner/123`
 */
export function usePerson(reference: string | undefined): LaunchedPerson | undefined {
  const fhir = useFhir();
  const target = localReference(reference, fhir.client.baseUrl);
  const type = (target && PEOPLE.includes(target.type) ? target.type : 'Practitioner') as
    | 'Practitioner'
    | 'PractitionerRole';
  const can = useCan('read', type);
  const known = target !== undefined && PEOPLE.includes(target.type);
  const { data, isFetching } = useQuery({
    ...readQuery(fhir, type, target?.id ?? ''),
    enabled: known && can.allowed && !can.pending,
    staleTime: Infinity,
    gcTime: Infinity,
    retryOnMount: false,
  });
  if (!known) return undefined;
  const { name, practitioner } = record(data?.resource);
  return {
    name: displayName({ name }).text ?? referenceText(practitioner),
    pending: can.pending || isFetching,
  };
}
