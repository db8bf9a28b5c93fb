import type { Patient } from 'fhir/r4';

/** A patient to be given an id. */
export type Shape = Omit<Patient, 'resourceType' | 'id'>;
