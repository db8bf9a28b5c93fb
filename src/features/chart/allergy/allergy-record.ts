import type { AllergyIntolerance } from 'fhir/r4';
import { absentReason, withoutReasons } from '#fhir/values/absent-reason.ts';
import { codedText } from '#fhir/coded/coded-text.ts';
import { hasStatus } from '#fhir/values/coded-status.ts';
import { hasCode } from '#fhir/values/coding.ts';
import { EXPOSURE_RISK } from '#fhir/caveats/modifiers.ts';
import { noteTexts } from '#lib/long-text.ts';
import { list, record, records, text, type Json } from '#lib/narrow.ts';

/** SNOMED CT and HL7 IPS codes for "no known allergy" of any kind. */
const NO_ALLERGY = ['716186003', '160244002', 'no-known-allergies'];

/**
 * Codes for no known allergy of one kind: they record neither an allergy nor that there is none.
 */
const NONE_OF_ONE_KIND = [
  '409137002', // No known drug allergy
  '429625007', // No known food allergy
  '428607008', // No known environmental allergy
  '428197003', // No known insect allergy
  '716220001', // No known animal allergy
  '716184000', // No known latex allergy
  '1003774007', // No known Hevea brasiliensis latex allergy
  'no-known-medication-allergies',
  'no-known-environmental-allergies',
  'no-known-food-allergies',
];

/**
 * Codes for no information. US Core and UK Core: "patient has not been asked"; Epic: "Not on File".
 */
const NO_INFORMATION = ['no-allergy-info', '1631000175102'];

/** Absent reasons that mean the same in place of the code. */
const NOT_SAID: ReadonlySet<string | undefined> = new Set([
  'unknown',
  'asked-unknown',
  'temp-unknown',
  'not-asked',
  'asked-declined',
]);

const codeIn = (resource: unknown, codes: readonly string[]): boolean =>
  codes.some((code) => hasCode(record(resource)['code'], code));

/** Returns the parts of the exposure risk extension, which replaces the code. */
function exposure(allergy: unknown): Readonly<Record<'substance' | 'exposureRisk', unknown>> {
  const a = record(allergy);
  const risk = [...records(a['modifierExtension']), ...records(a['extension'])].find(
    (e) => e['url'] === EXPOSURE_RISK,
  );
  const part = (url: string): unknown =>
    records(risk?.['extension']).find((e: Json) => e['url'] === url)?.['valueCodeableConcept'];
  return { substance: part('substance'), exposureRisk: part('exposureRisk') };
}

/**
 * Absent reasons that only fill a required element, such as `manifestation`, and mean nothing else.
 */
const FILLERS: ReadonlySet<string | undefined> = new Set([
  ...NOT_SAID,
  'not-applicable',
  'unsupported',
]);

/** Whether an element has a text, or a value that is withheld. */
function tells(element: unknown): boolean {
  const reason = absentReason(element);
  return reason === undefined ? codedText(element) !== undefined : !FILLERS.has(reason);
}

/** Whether an element of a primitive type has a value, even one that is withheld. */
const has = (holder: Json, element: string): boolean =>
  text(holder[element]) !== undefined || tells(holder[`_${element}`]);

/** Whether a record has a reaction, with any text or only a date, or withholds one. */
function tellsOfReaction(allergy: unknown): boolean {
  const a = record(allergy);
  return (
    has(a, 'lastOccurrence') ||
    records(a['reaction']).some(
      (r) =>
        [r, r['substance'], ...list(r['manifestation'])].some(tells) ||
        ['description', 'severity', 'onset'].some((element) => has(r, element)) ||
        noteTexts(r['note']).some((words) => words !== undefined),
    )
  );
}

/** Whether the code denies an allergy, and the record has no reaction. */
const denies = (allergy: unknown, codes: readonly string[]): boolean =>
  codeIn(allergy, codes) && !tellsOfReaction(allergy);

/** Whether the code denies an allergy although the record has a reaction. */
export const isContradictory = (allergy: unknown): boolean =>
  codeIn(allergy, [...NO_ALLERGY, ...NONE_OF_ONE_KIND]) && tellsOfReaction(allergy);

/** Returns the text of a code; undefined for a code that names no allergy. */
function codeText(code: unknown): string | undefined {
  const saysNothing = absentReason(code) ?? NO_INFORMATION.find((c) => hasCode(code, c));
  return saysNothing === undefined ? codedText(withoutReasons(code)) : undefined;
}

/** Returns the substance; undefined if none is recorded. */
export function allergyName(allergy: unknown): string | undefined {
  const a = record(allergy);
  const substances = records(a['reaction']).map((reaction) => codeText(reaction['substance']));
  return (
    (isContradictory(a) ? undefined : codeText(a['code'])) ??
    codedText(exposure(a).substance) ??
    substances.find((t) => t !== undefined)
  );
}

/** Whether the exposure risk extension says that its substance has no known risk. */
export const saysNoRisk = (allergy: unknown): boolean =>
  hasCode(exposure(allergy).exposureRisk, 'no-known-reaction-risk');

/** The categories of R4 (allergy-intolerance-category). */
const CATEGORIES = ['food', 'medication', 'environment', 'biologic'] as const;

/** Returns the categories to which a denial of any allergy is limited; none if it is not. */
export function limitedTo(allergy: unknown): readonly (typeof CATEGORIES)[number][] {
  const said = CATEGORIES.filter((one) => list(record(allergy)['category']).includes(one));
  return said.length < 4 && codeIn(allergy, NO_ALLERGY) ? said : [];
}

/**
 * Whether a record says that there is no known allergy at all. A reaction recorded beside that code
 * contradicts it, and the reaction counts.
 */
export const saysNoAllergy = (allergy: unknown): boolean =>
  denies(allergy, NO_ALLERGY) && limitedTo(allergy).length === 0;

/**
 * Whether a record has no information. A record of a reaction, a risk or a substance is an allergy,
 * whatever is in place of its code: it must never be hidden.
 */
function saysNothing(allergy: unknown): boolean {
  const a = record(allergy);
  const told =
    records(a['reaction']).length > 0 ||
    has(a, 'lastOccurrence') ||
    codedText(exposure(a).substance) !== undefined;
  if (told) return false;
  // A code for "no information" is conclusive. A missing code may be that of a known risk.
  const risk = a['criticality'] === 'high' || a['criticality'] === 'low';
  return codeIn(a, NO_INFORMATION) || (!risk && NOT_SAID.has(absentReason(a['code'])));
}

/** Whether a record denies an allergy, or has no information. */
export const isNegation = (allergy: unknown): boolean =>
  denies(allergy, [...NO_ALLERGY, ...NONE_OF_ONE_KIND]) ||
  saysNothing(allergy) ||
  saysNoRisk(allergy);

/** Whether a record denies an allergy, not merely has no information. */
export const isStatement = (allergy: unknown): boolean =>
  isNegation(allergy) && !saysNothing(allergy);

const isWithdrawn = (allergy: unknown): boolean =>
  ['entered-in-error', 'refuted'].some((c) => hasStatus(record(allergy)['verificationStatus'], c));

/** Whether a record is unconfirmed: only a suspicion. */
export const isUnconfirmed = (allergy: unknown): boolean =>
  hasStatus(record(allergy)['verificationStatus'], 'unconfirmed');

/** Whether a record counts: not withdrawn, resolved or inactive. */
export function isActiveAllergy(allergy: unknown): boolean {
  const over = ['inactive', 'resolved'].some((c) =>
    hasStatus(record(allergy)['clinicalStatus'], c),
  );
  return !isWithdrawn(allergy) && !over;
}

/** Returns the rank of a record, lowest first. A criticality that is not assessed may be high. */
function place(allergy: AllergyIntolerance): number {
  if (isWithdrawn(allergy)) return 5;
  if (!isActiveAllergy(allergy)) return 4;
  if (isNegation(allergy)) return 3;
  return allergy.criticality === 'high' ? 0 : allergy.criticality === 'low' ? 2 : 1;
}

/** Sorts the records that a clinician must see first to the top. */
export const byRisk = (a: AllergyIntolerance, b: AllergyIntolerance): number => place(a) - place(b);
