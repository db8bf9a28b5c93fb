import type { Patient } from 'fhir/r4';
import { patientAge } from '#fhir/patient/age.ts';
import { formatDate } from '#fhir/dates/dates.ts';

/**
 * Returns the birth date; for a living patient with a complete date also the age in parentheses. An
 * age at death or an approximate age is left out, because it would need an explanation.
 */
export function bornText(patient: Patient, now?: Date): string | undefined {
  const born = formatDate(patient.birthDate);
  const age = patientAge(patient, now);
  return born && age && !age.atDeath && !age.approx ? `${born} (${age.value})` : born;
}
