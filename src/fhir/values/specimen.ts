import { record, records, text } from '#lib/narrow.ts';
import { codedText } from '../coded/coded-text.ts';

/**
 * What kind of sample a result is of, as far as the result itself says it: cord blood is not blood
 * from a vein. Its number, and a reference without words, name no kind.
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
