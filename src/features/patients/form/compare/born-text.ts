import type { Patient } from 'fhir/r4';
import { patientAge } from '#fhir/patient/age.ts';
import { formatDate } from '#fhir/dates/dates.ts';

/**
 * The birth date, with the age of a living person in parentheses where it is known to the day: an
 * age that stopped, or one that is only about right, would not stand there by itself.
 */
export function bornText(patient: Patient, now?: Date): string | undefined {
  const born = formatDate(patient.birthDate);
  const age = patientAge(patient, now);
  return born && age && !age.atDeath && !age.approx ? `${born} (${age.value})` : born;
}
