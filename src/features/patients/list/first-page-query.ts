import type { Fhir } from '#data/fhir-context.ts';
import { patientSearchQuery } from '#data/queries.ts';
import { toParams } from './criteria.ts';
import { DEFAULT_SIZE } from './first-page.ts';

/** The page that the list begins with: all patients, before anybody has searched or sorted. */
export const firstPageQuery = (fhir: Fhir) =>
  patientSearchQuery(fhir, toParams({}, undefined, DEFAULT_SIZE));
