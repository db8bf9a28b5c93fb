import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { patientQuery } from '#data/queries.ts';
import type { Page, Versioned } from '#fhir/types.ts';

/** The id in the address: the one and only choice of the patient on screen. */
export function usePatientId(): string {
  return useParams({ strict: false }).id ?? '';
}

/**
 * The patient of the address. Until the answer is there, a row of a list that was seen before may
 * stand in for it (`isPlaceholderData`), if it is of this very id.
 */
export function usePatient(): UseQueryResult<Versioned<Patient>> {
  const fhir = useFhir();
  const cache = useQueryClient();
  const id = usePatientId();
  const known = () =>
    knownPatient(cache.getQueriesData({ queryKey: keys.searches(fhir, 'Patient') }), id);
  return useQuery({ ...patientQuery(fhir, id), placeholderData: known });
}

/** The patient with exactly this id from one of the cached pages. */
export function knownPatient(
  pages: readonly (readonly [unknown, Page<Patient> | undefined])[],
  id: string,
): Versioned<Patient> | undefined {
  for (const [, page] of pages) {
    const resource = page?.items?.find((patient) => patient.id === id);
    if (resource) return { resource, etag: undefined };
  }
  return undefined;
}
