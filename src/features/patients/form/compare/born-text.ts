import type { Patient } from 'fhir/r4';
import { patientAge } from '#fhir/patient/age.ts';
import { formatDate } from '#fhir/dates/dates.ts';

/**
 * The birth date, for a living person with the age in parentheses, if the date is complete: an age
 * at death, or an approximate one, would need an explanation.
 */
export function bornText(patient: Patient, now?: Date): string | undefined {
  const born = formatDate(patient.birthDate);
  const age = patientAge(patient, now);
  return born && age && !age.atDeath && !age.approx ? `${born} (${age.value})` : born;
}
