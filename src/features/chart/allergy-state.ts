import type { AllergyIntolerance } from 'fhir/r4';
import { conceptText, hasCode } from '#fhir/coding.ts';
import { EXPOSURE_RISK, isModified } from '#fhir/modifiers.ts';
import type { Page } from '#fhir/types.ts';
import { record, records, type Json } from '#lib/narrow.ts';
import { mayLack, remarks } from './lacking.ts';
import { isOfPatient } from './of-patient.ts';

/**
 * Exactly one of the four states of the NHS CUI patient banner (PAB-0064..0072), or that it is
 * still being asked. No record at all is not the same as no allergies.
 */
export type AllergyState =
  | {
      readonly state: 'known';
      /** Undefined for an allergy that does not say to what. */
      readonly names: readonly (string | undefined)[];
      readonly more: number;
      /** There may be others that the answer lacks. */
      readonly partial?: true;
    }
  | { readonly state: 'none-known' | 'not-recorded' | 'unavailable' | 'loading' };

/** SNOMED CT and HL7 IPS codes by which somebody says that there is no known allergy at all. */
const NO_ALLERGY = ['716186003', '160244002', 'no-known-allergies'];

/** These say that one kind is not known, or that nothing is: neither an allergy nor its absence. */
const NO_STATEMENT = [
  '409137002', // No known drug allergy
  '429625007', // No known food allergy
  '428607008', // No known environmental allergy
  '428197003', // No known insect allergy
  '716220001', // No known animal allergy
  '716184000', // No known latex allergy
  '1003774007', // No known Hevea brasiliensis latex allergy
  'no-allergy-info',
  'no-known-medication-allergies',
  'no-known-environmental-allergies',
  'no-known-food-allergies',
];

const codeIn = (resource: unknown, codes: readonly string[]): boolean =>
  codes.some((code) => hasCode(record(resource)['code'], code));

/** The parts of the extension that stands in the place of the code. */
function exposure(allergy: unknown): Readonly<Record<'substance' | 'exposureRisk', unknown>> {
  const a = record(allergy);
  const risk = [...records(a['modifierExtension']), ...records(a['extension'])].find(
    (e) => e['url'] === EXPOSURE_RISK,
  );
  const part = (url: string): unknown =>
    records(risk?.['extension']).find((e: Json) => e['url'] === url)?.['valueCodeableConcept'];
  return { substance: part('substance'), exposureRisk: part('exposureRisk') };
}

/** To what; undefined where nobody said. */
export function allergyName(allergy: unknown): string | undefined {
  const a = record(allergy);
  const substances = records(a['reaction']).map((reaction) => conceptText(reaction['substance']));
  return (
    conceptText(a['code']) ??
    conceptText(exposure(a).substance) ??
    substances.find((t) => t !== undefined)
  );
}

/** Whether the record says of its one substance that there is no known risk. */
export const saysNoRisk = (allergy: unknown): boolean =>
  hasCode(exposure(allergy).exposureRisk, 'no-known-reaction-risk');

const isWithdrawn = (allergy: unknown): boolean =>
  ['entered-in-error', 'refuted'].some((c) => hasCode(record(allergy)['verificationStatus'], c));

/** Whether a record counts: not withdrawn, and neither resolved nor inactive. */
export function isActiveAllergy(allergy: unknown): boolean {
  const over = ['inactive', 'resolved'].some((c) => hasCode(record(allergy)['clinicalStatus'], c));
  return !isWithdrawn(allergy) && !over;
}

/** Whether the record says that something is absent, or that nothing is known. */
export function isNegation(allergy: unknown): boolean {
  return codeIn(allergy, NO_ALLERGY) || codeIn(allergy, NO_STATEMENT) || saysNoRisk(allergy);
}

/** Where a record stands in a list: the lower the higher up. What is not assessed may be high. */
function place(allergy: AllergyIntolerance): number {
  if (isWithdrawn(allergy)) return 5;
  if (!isActiveAllergy(allergy)) return 4;
  if (isNegation(allergy)) return 3;
  return allergy.criticality === 'high' ? 0 : allergy.criticality === 'low' ? 2 : 1;
}

/** Sorts what a person must know of first to the top. */
export const byRisk = (a: AllergyIntolerance, b: AllergyIntolerance): number => place(a) - place(b);

const SHOWN = 4;

/**
 * The state for the banner from an answer. One that may lack records, says that something went
 * wrong, or holds somebody else's, proves the allergies that it names and no absence.
 */
export function allergyAnswer(page: Page<AllergyIntolerance>, patientId: string): AllergyState {
  const own = page.items.filter((a) => isOfPatient(a, patientId));
  const complete = own.length === page.items.length && !page.next && !mayLack(remarks(page));
  return allergyState(
    own.filter((a) => a.resourceType === 'AllergyIntolerance'),
    complete,
  );
}

/**
 * The state for the banner from an answered search.
 *
 * @param complete false when there may be others: then the absence of something is not known
 */
export function allergyState(
  allergies: readonly AllergyIntolerance[],
  complete: boolean,
): AllergyState {
  const active = allergies.filter(isActiveAllergy);
  const known = active.filter((a) => !isNegation(a)).toSorted(byRisk);
  if (known.length > 0) {
    const names = [...new Set(known.map(allergyName))];
    return {
      state: 'known',
      names: names.slice(0, SHOWN),
      more: Math.max(0, names.length - SHOWN),
      ...(!complete && { partial: true }),
    };
  }
  // Whoever may have turned a statement around may have turned this one around.
  if (!complete || active.some(isModified)) return { state: 'unavailable' };
  if (active.some((a) => codeIn(a, NO_ALLERGY))) return { state: 'none-known' };
  return { state: 'not-recorded' };
}
