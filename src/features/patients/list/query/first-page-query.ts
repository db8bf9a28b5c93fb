import type { Fhir } from '#data/fhir-context.ts';
import { patientSearchQuery } from '#data/queries.ts';
import { USUAL_SIZE } from '#lib/settings.ts';
import { toParams } from './criteria.ts';

/** Query for the first page of all patients, without criteria or sort. */
export const firstPageQuery = (fhir: Fhir) =>
  patientSearchQuery(fhir, toParams({}, undefined, USUAL_SIZE));
