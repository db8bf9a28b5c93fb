import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { patientQuery } from '#data/queries.ts';
import type { Page, Versioned } from '#fhir/types.ts';

/** Returns the patient id from the address, which alone decides which patient is on screen. */
export function usePatientId(): string {
  return useParams({ strict: false }).id ?? '';
}

/**
 * Loads the patient of the address. Until the response arrives, a cached row of a list may stand in
 * for the patient (`isPlaceholderData`), but only a row with exactly this id.
 */
export function usePatient(): UseQueryResult<Versioned<Patient>> {
  const fhir = useFhir();
  const cache = useQueryClient();
  const id = usePatientId();
  const known = () =>
    knownPatient(cache.getQueriesData({ queryKey: keys.searches(fhir, 'Patient') }), id);
  return useQuery({ ...patientQuery(fhir, id), placeholderData: known });
}

/** Returns the patient with exactly this id from one of the cached pages. */
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
