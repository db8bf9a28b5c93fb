import type { Patient } from 'fhir/r4';

/** A patient that has no id yet. */
export type Shape = Omit<Patient, 'resourceType' | 'id'>;
