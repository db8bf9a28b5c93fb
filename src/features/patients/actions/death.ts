import type { Patient } from 'fhir/r4';
import { patientStatus } from '#fhir/patient/patient.ts';
import { joinDate, splitDate } from '../form/fields/date-parts.ts';
import type { DateParts, PatientForm } from '../form/model.ts';
import { changePatient } from './change-patient.ts';

/** What is to be said of the death of a patient. */
export interface Death {
  readonly kind: 'date' | 'yes' | 'no';
  readonly date: DateParts;
  /** The death was recorded before: an empty date takes the one away that is there. */
  readonly again: boolean;
}

const isDead = (patient: Patient): boolean => patientStatus(patient).deceased !== undefined;

/** The day of death as far as it is known; the time of day is not shown where it is changed. */
export const dayOfDeath = (patient: Patient): string | undefined =>
  joinDate(splitDate(patient.deceasedDateTime));

/** Whether a record says so already, whoever wrote it. */
export function saysDeath(patient: Patient, { kind, date, again }: Death): boolean {
  if (kind === 'no') return !isDead(patient);
  const day = kind === 'date' ? joinDate(date) : undefined;
  if (day === undefined && !again) return isDead(patient);
  return isDead(patient) && dayOfDeath(patient) === day;
}

/** A record that says so; one that does already stays as it is, with the time of day and all. */
export function withDeath(patient: Patient, death: Death): Patient {
  if (saysDeath(patient, death)) return patient;
  const deceased: PatientForm['deceased'] = { kind: death.kind, date: death.date };
  return changePatient(patient, (form) => void (form.deceased = deceased));
}

/** What came in between when somebody else changed a record while its death was to be recorded. */
export type Between =
  /** Their word for it is to be looked at. */
  | 'theirs'
  /** It was recorded before, and is not any more. */
  | 'taken-away'
  /** It was about something else. */
  | 'else';

export function deathBetween(before: Patient, now: Patient): Between {
  if (isDead(before) && !isDead(now)) return 'taken-away';
  if (isDead(before) === isDead(now) && dayOfDeath(before) === dayOfDeath(now)) return 'else';
  return 'theirs';
}
