import { list, record } from '#lib/narrow.ts';
import { somePart } from './some-part.ts';

/**
 * R4 modifier extension that says whether there is a risk of a reaction to a substance, and
 * replaces `AllergyIntolerance.code`.
 *
 * @see https://hl7.org/fhir/R4/extension-allergyintolerance-substanceexposurerisk.html
 */
export const EXPOSURE_RISK =
  'http://hl7.org/fhir/StructureDefinition/allergyintolerance-substanceExposureRisk';

/** Modifier extensions that this app understands. */
const KNOWN = new Set<unknown>([EXPOSURE_RISK]);

/**
 * Whether a resource may have another meaning than its data, because it has an unknown
 * `modifierExtension` in any part, or `implicitRules`. Such a record may be shown only with a
 * warning (R4 §2.4.2.1, "Modifier Extensions").
 */
export function isModified(resource: unknown): boolean {
  return (
    record(resource)['implicitRules'] !== undefined ||
    // `true` at the end: parts nested too deeply to inspect count as modified.
    somePart(
      resource,
      (part) => list(part['modifierExtension']).some((e) => !KNOWN.has(record(e)['url'])),
      true,
    )
  );
}
