import type { AllergyIntolerance } from 'fhir/r4';
import { conceptText, hasCode } from '#fhir/coding.ts';
import { record, records } from '#lib/narrow.ts';

/**
 * Exactly one of the four states of the NHS CUI patient banner (PAB-0064..0072), or that it is
 * still being asked. No record at all is not the same as no allergies.
 */
export type AllergyState =
  | { readonly state: 'known'; readonly names: readonly string[]; readonly more: number }
  | { readonly state: 'none-known' | 'not-recorded' | 'unavailable' | 'loading' };

/** SNOMED CT and HL7 codes by which somebody says that there is no (known) allergy. */
const NEGATIONS = [
  '716186003', // No known allergy
  '409137002', // No known drug allergy
  '429625007', // No known food allergy
  '428607008', // No known environmental allergy
  '428197003', // No known insect allergy
  '716184000', // No known latex allergy
  'no-known-allergies', // HL7 IPS absent-unknown
];
/** These say only that one kind is unknown: they do not make "No known allergies". */
const GENERAL = new Set(['716186003', 'no-known-allergies']);

const codeIn = (resource: unknown, codes: Iterable<string>): boolean =>
  [...codes].some((code) => hasCode(record(resource)['code'], code));

/** Whether a record counts: not withdrawn, and neither resolved nor inactive. */
export function isActiveAllergy(allergy: unknown): boolean {
  const a = record(allergy);
  const withdrawn = ['entered-in-error', 'refuted'].some((c) =>
    hasCode(a['verificationStatus'], c),
  );
  const over = ['inactive', 'resolved'].some((c) => hasCode(a['clinicalStatus'], c));
  return !withdrawn && !over;
}

/** Whether the record says that something is absent. */
export function isNegation(allergy: unknown): boolean {
  return codeIn(allergy, NEGATIONS);
}

const SHOWN = 4;

/**
 * The state for the banner from an answered search.
 *
 * @param complete false when there are further pages: then the absence of something is not known
 */
export function allergyState(
  allergies: readonly AllergyIntolerance[],
  complete: boolean,
): AllergyState {
  const active = allergies.filter(isActiveAllergy);
  const known = active
    .filter((a) => !isNegation(a))
    .toSorted((a, b) => Number(b.criticality === 'high') - Number(a.criticality === 'high'));
  if (known.length > 0) {
    const names = [...new Set(known.map((a) => conceptText(a.code) ?? reaction(a) ?? '?'))];
    return {
      state: 'known',
      names: names.slice(0, SHOWN),
      more: Math.max(0, names.length - SHOWN),
    };
  }
  if (!complete) return { state: 'unavailable' };
  if (active.some((a) => codeIn(a, GENERAL))) return { state: 'none-known' };
  return { state: 'not-recorded' };
}

function reaction(allergy: AllergyIntolerance): string | undefined {
  return records(allergy.reaction)
    .map((r) => conceptText(r['substance']))
    .find((t) => t !== undefined);
}
