import type { Encounter } from 'fhir/r4';
import { localReference } from '#fhir/reference.ts';
import { namesPatient } from '../panel-query/of-patient.ts';

/**
 * How the launched encounter relates to the patient on screen. `here`: it belongs to this patient;
 * `elsewhere`: the user opened another patient than the launched one; `conflict`: it belongs to
 * another patient; `unknown`: it does not say whose it is.
 */
export type EncounterFit = 'here' | 'elsewhere' | 'conflict' | 'unknown';

/**
 * @param shown id of the patient on screen
 * @param launched id of the patient of the launch; undefined if the launch named none
 * @param baseUrl of the FHIR server, to read absolute references to it
 */
export function encounterFit(
  encounter: Encounter,
  shown: string,
  launched: string | undefined,
  baseUrl?: string,
): EncounterFit {
  const subject = localReference(encounter.subject, baseUrl);
  if (launched !== undefined && launched !== shown) return 'elsewhere';
  if (subject === undefined) return namesPatient(encounter, shown) ? 'here' : 'unknown';
  return subject.type === 'Patient' && subject.id === shown ? 'here' : 'conflict';
}
