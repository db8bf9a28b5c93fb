import { useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import { useEffect } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { noteChart, noteOpened } from '#data/recently-opened.ts';
import { Gone, NotFound } from '#fhir/errors.ts';
import type { Versioned } from '#fhir/types.ts';

/** Tells the patient list that this patient was opened last, or no longer exists. */
export function useNoteOpened(
  id: string,
  { data, error }: Pick<UseQueryResult<Versioned<Patient>>, 'data' | 'error'>,
): void {
  const fhir = useFhir();
  const cache = useQueryClient();
  const lost = error instanceof Gone || error instanceof NotFound;
  const patient = data?.resource;
  useEffect(() => {
    if (lost || patient) noteOpened(fhir, cache, id, lost ? undefined : patient);
  }, [fhir, cache, id, lost, patient]);
  // While the user leaves the chart, the location is already that of the next page.
  const index = useLocation({
    select: ({ pathname, state: { __TSR_index: at } }) =>
      pathname.includes(`/patients/${id}`) ? at : undefined,
  });
  useEffect(() => {
    if (index !== undefined) noteChart(fhir, cache, { id, index });
  }, [fhir, cache, id, index]);
}
