import type { FhirResource, Patient } from 'fhir/r4';
import { allergies, noKnownAllergy } from './allergies.ts';
import { immunizations, procedures, provenance, referrals } from './care.ts';
import { conditions } from './conditions.ts';
import { chartContext } from './context.ts';
import { documents } from './documents.ts';
import { encounters } from './encounters.ts';
import { labs } from './labs.ts';
import { medications } from './medications.ts';
import { statements } from './statements.ts';
import { vitals } from './vitals.ts';

/**
 * Returns the records of a patient's care. The same seed, patient and index give the same chart.
 *
 * @param index position among the charts, from 1; decides what the chart says about allergies
 * @param now FHIR date treated as today
 */
export function chartOf(
  seed: number,
  patient: Patient,
  index: number,
  now: string,
): FhirResource[] {
  const c = chartContext(seed, patient, index, now);
  const diagnosed = conditions(c);
  return [
    ...encounters(c),
    ...diagnosed.map((d) => d.resource),
    ...medications(c, diagnosed),
    ...allergies(c),
    ...vitals(c),
    ...labs(c),
    ...immunizations(c),
    ...procedures(c),
    ...documents(c),
    ...referrals(c),
    ...provenance(c),
    ...statements(c),
  ];
}

/** Returns a chart that holds only the statement that no allergy is known. */
export const noKnownAllergyChart = (
  seed: number,
  patient: Patient,
  now: string,
): FhirResource[] => [noKnownAllergy(chartContext(seed, patient, 2, now))];
