import type { Patient } from 'fhir/r4';
import { patientStatus } from '#fhir/patient/patient.ts';
import { joinDate, splitDate } from '../form/fields/date-parts.ts';
import type { DateParts, PatientForm } from '../form/model.ts';
import { changePatient } from './change-patient.ts';

/** The death that is to be recorded, or that there is none. */
export interface Death {
  readonly kind: 'date' | 'yes' | 'no';
  readonly date: DateParts;
  /** A death was recorded before: an empty date removes the recorded one. */
  readonly again: boolean;
}

const isDead = (patient: Patient): boolean => patientStatus(patient).deceased !== undefined;

/** The day of death, as far as it is known; the form does not edit the time of day. */
export const dayOfDeath = (patient: Patient): string | undefined =>
  joinDate(splitDate(patient.deceasedDateTime));

/** True if the record already has the wanted state, no matter who changed it. */
export function saysDeath(patient: Patient, { kind, date, again }: Death): boolean {
  if (kind === 'no') return !isDead(patient);
  const day = kind === 'date' ? joinDate(date) : undefined;
  if (day === undefined && !again) return isDead(patient);
  return isDead(patient) && dayOfDeath(patient) === day;
}

/** The record with the wanted state; one that already has it is kept, including the time of day. */
export function withDeath(patient: Patient, death: Death): Patient {
  if (saysDeath(patient, death)) return patient;
  const deceased: PatientForm['deceased'] = { kind: death.kind, date: death.date };
  return changePatient(patient, (form) => void (form.deceased = deceased));
}

/** What somebody else changed in the record while its death was to be recorded. */
export type Between =
  /** They recorded a death, or another date: the user must review it. */
  | 'theirs'
  /** They removed a recorded death. */
  | 'taken-away'
  /** They changed something else. */
  | 'else';

export function deathBetween(before: Patient, now: Patient): Between {
  if (isDead(before) && !isDead(now)) return 'taken-away';
  if (isDead(before) === isDead(now) && dayOfDeath(before) === dayOfDeath(now)) return 'else';
  return 'theirs';
}
