import { isRecord, list, record } from '#lib/narrow.ts';
import { MAX_DEPTH } from './json-equal.ts';

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

function hasModifier(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth > MAX_DEPTH) return true; // deeper than FHIR goes: what it says is not known either
  if (Array.isArray(value)) return value.some((item) => hasModifier(item, depth + 1));
  if (!isRecord(value)) return false;
  return (
    list(value['modifierExtension']).some((e) => !KNOWN.has(record(e)['url'])) ||
    Object.values(value).some((part) => hasModifier(part, depth + 1))
  );
}

/**
 * Whether something in a resource may turn its meaning around in a way that this program does not
 * know: `modifierExtension` anywhere in it, or `implicitRules`. Such a record may be shown only
 * together with words that say so (R4 §2.4.2.1, "Modifier Extensions").
 */
export function isModified(resource: unknown): boolean {
  return record(resource)['implicitRules'] !== undefined || hasModifier(resource, 0);
}
