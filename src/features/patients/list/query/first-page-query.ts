import type { Fhir } from '#data/fhir-context.ts';
import { patientSearchQuery } from '#data/queries.ts';
import { USUAL_SIZE } from '#lib/settings.ts';
import { toParams } from './criteria.ts';

/** The page that the list begins with: all patients, before anybody has searched or sorted. */
export const firstPageQuery = (fhir: Fhir) =>
  patientSearchQuery(fhir, toParams({}, undefined, USUAL_SIZE));
