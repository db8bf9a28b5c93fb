import { list, record } from '#lib/narrow.ts';
import { somePart } from './some-part.ts';

/**
 * R4: says that there is, or that there is no, risk of a reaction to one substance, in the place of
 * `AllergyIntolerance.code`.
 *
 * @see https://hl7.org/fhir/R4/extension-allergyintolerance-substanceexposurerisk.html
 */
export const EXPOSURE_RISK =
  'http://hl7.org/fhir/StructureDefinition/allergyintolerance-substanceExposureRisk';

/** Modifier extensions that this program reads. */
const KNOWN = new Set<unknown>([EXPOSURE_RISK]);

/**
 * Whether something in a resource may turn its meaning around in a way that this program does not
 * know: `modifierExtension` anywhere in it, or `implicitRules`. Such a record may be shown only
 * together with words that say so (R4 §2.4.2.1, "Modifier Extensions").
 */
export function isModified(resource: unknown): boolean {
  return (
    record(resource)['implicitRules'] !== undefined ||
    // Nested too deeply to inspect: treat it as modified.
    somePart(
      resource,
      (part) => list(part['modifierExtension']).some((e) => !KNOWN.has(record(e)['url'])),
      true,
    )
  );
}
