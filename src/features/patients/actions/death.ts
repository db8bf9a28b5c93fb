import type { Patient } from 'fhir/r4';
import { patientStatus } from '#fhir/patient/patient.ts';
import { joinDate, splitDate } from '../form/fields/date-parts.ts';
import type { DateParts, PatientForm } from '../form/model.ts';
import { changePatient } from './change-patient.ts';

/** The wanted death state: deceased with a date, deceased without a date, or not deceased. */
export interface Death {
  readonly kind: 'date' | 'yes' | 'no';
  readonly date: DateParts;
  /** True if the record already has a death; an empty date then removes the recorded date. */
  readonly again: boolean;
}

const isDead = (patient: Patient): boolean => patientStatus(patient).deceased !== undefined;

/** Returns the recorded day of death, perhaps partial; the form does not edit the time of day. */
export const dayOfDeath = (patient: Patient): string | undefined =>
  joinDate(splitDate(patient.deceasedDateTime));

/** Whether the record already has the wanted state, no matter who changed it. */
export function saysDeath(patient: Patient, { kind, date, again }: Death): boolean {
  if (kind === 'no') return !isDead(patient);
  const day = kind === 'date' ? joinDate(date) : undefined;
  if (day === undefined && !again) return isDead(patient);
  return isDead(patient) && dayOfDeath(patient) === day;
}

/**
 * Returns the record with the wanted state. A record that already has it is returned unchanged,
 * including the time of day.
 */
export function withDeath(patient: Patient, death: Death): Patient {
  if (saysDeath(patient, death)) return patient;
  const deceased: PatientForm['deceased'] = { kind: death.kind, date: death.date };
  return changePatient(patient, (form) => void (form.deceased = deceased));
}

/** What another user changed in the record while this user was recording its death. */
export type Between =
  /** The other user recorded a death, or another date: this user must review it. */
  | 'theirs'
  /** The other user removed a recorded death. */
  | 'taken-away'
  /** The other user changed something else. */
  | 'else';

/** Compares the record before and after the other user's change. */
export function deathBetween(before: Patient, now: Patient): Between {
  if (isDead(before) && !isDead(now)) return 'taken-away';
  if (isDead(before) === isDead(now) && dayOfDeath(before) === dayOfDeath(now)) return 'else';
  return 'theirs';
}
