import { record, records, text } from '#lib/narrow.ts';
import { codedText } from '../coded/coded-text.ts';

/**
 * Returns the type of a result's specimen, such as cord blood, from a contained Specimen or the
 * display of the reference. Undefined if neither is recorded.
 *
 * @see https://hl7.org/fhir/R4/observation-definitions.html#Observation.specimen
 */
export function specimenText(observation: unknown): string | undefined {
  const o = record(observation);
  const specimen = record(o['specimen']);
  const to = text(specimen['reference']);
  const part = records(o['contained']).find(({ id }) => to === `#${text(id)}`);
  return codedText(part?.['type']) ?? text(specimen['display']);
}
