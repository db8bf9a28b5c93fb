import { useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useCallback, useEffect, useRef } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import type { Stored, Versioned } from '#fhir/types.ts';

/**
 * Returns a function that caches a patient of the list for the chart, which then shows the name and
 * the banner at once.
 *
 * @param updatedAt time of the list's response in milliseconds, used as the age of the cache entry
 */
export function useKnownPatient(updatedAt: number): (patient: Stored<Patient>) => void {
  const fhir = useFhir();
  const cache = useQueryClient();
  const shownAt = useRef(0);
  useEffect(() => {
    shownAt.current = updatedAt;
  }, [updatedAt]);
  return useCallback(
    (patient: Stored<Patient>) => {
      const key = keys.read(fhir, 'Patient', patient.id);
      const partial = patient.meta?.tag?.some((tag) => tag.code === 'SUBSETTED');
      if (partial || cache.getQueryData(key)) return;
      const version = patient.meta?.versionId;
      const known: Versioned<Patient> = {
        resource: patient,
        etag: version === undefined ? undefined : `W/"${version}"`,
      };
      cache.setQueryData(key, known, { updatedAt: shownAt.current });
    },
    [cache, fhir],
  );
}
