import type { Patient } from 'fhir/r4';
import { fromPatient } from '../form/mapping/from-patient.ts';
import type { PatientForm } from '../form/model.ts';
import { toPatient } from '../form/mapping/to-patient.ts';

/** Applies one change to a patient in the way the form does: all other elements are kept. */
export function changePatient(patient: Patient, change: (form: PatientForm) => void): Patient {
  const before = fromPatient(patient);
  const after = structuredClone(before);
  change(after);
  return toPatient(patient, before, after).patient;
}
