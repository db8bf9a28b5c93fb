import type { QueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import type { Fhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { Gone } from '#fhir/errors.ts';
import type { Stored, Versioned } from '#fhir/types.ts';
import type { Selected } from './csv.ts';

const changedAt = (patient: Patient): number => Date.parse(patient.meta?.lastUpdated ?? '') || 0;

/**
 * Returns the selected patients as last seen: a patient ticked an hour ago may have been corrected
 * since, in this tab, or have been read again. Deleted ones are left out.
 *
 * @param rows rows of the current page
 */
export function newestKnown(
  cache: QueryClient,
  fhir: Fhir,
  selected: Selected,
  rows: readonly Stored<Patient>[],
): Selected {
  const listed = new Map(rows.map((row) => [row.id, row]));
  const newest = new Map<string, Patient>();
  for (const [id, ticked] of selected) {
    const read = cache.getQueryState<Versioned<Patient>>(keys.read(fhir, 'Patient', id));
    if (read?.error instanceof Gone) continue;
    const seen = [listed.get(id), read?.data?.resource].filter((one) => one !== undefined);
    newest.set(
      id,
      seen.reduce<Patient>((best, one) => (changedAt(one) >= changedAt(best) ? one : best), ticked),
    );
  }
  return newest;
}
