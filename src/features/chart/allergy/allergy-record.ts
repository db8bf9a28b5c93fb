import type { AllergyIntolerance } from 'fhir/r4';
import { absentReason, withoutReasons } from '#fhir/values/absent-reason.ts';
import { codedText } from '#fhir/coded/coded-text.ts';
import { hasCode } from '#fhir/values/coding.ts';
import { EXPOSURE_RISK } from '#fhir/caveats/modifiers.ts';
import { noteTexts } from '#lib/long-text.ts';
import { list, record, records, text, type Json } from '#lib/narrow.ts';

/** SNOMED CT and HL7 IPS codes by which somebody says that there is no known allergy at all. */
const NO_ALLERGY = ['716186003', '160244002', 'no-known-allergies'];

/** These say that one kind is not known: neither an allergy nor that there is none. */
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
 * These say that nothing was said. US Core and UK Core: "patient has not been asked"; Epic's "Not
 * on File".
 */
const NO_INFORMATION = ['no-allergy-info', '1631000175102'];

/** Nor does a substance for whose absence one of these is the reason. */
const NOT_SAID: ReadonlySet<string | undefined> = new Set([
  'unknown',
  'asked-unknown',
  'temp-unknown',
  'not-asked',
  'asked-declined',
]);

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

/** What stands in a required element, such as `manifestation`, where there is nothing to say. */
const FILLERS: ReadonlySet<string | undefined> = new Set([
  ...NOT_SAID,
  'not-applicable',
  'unsupported',
]);

/** Whether an element says something, or holds something that is withheld. */
function tells(element: unknown): boolean {
  const reason = absentReason(element);
  return reason === undefined ? codedText(element) !== undefined : !FILLERS.has(reason);
}

/** Whether there is an element of a primitive type, even one that is withheld. */
const has = (holder: Json, element: string): boolean =>
  text(holder[element]) !== undefined || tells(holder[`_${element}`]);

/** Whether it tells of a reaction, in words or by its date, or withholds one. */
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

/** Whether its code says that something is absent, and the record tells of no reaction. */
const denies = (allergy: unknown, codes: readonly string[]): boolean =>
  codeIn(allergy, codes) && !tellsOfReaction(allergy);

/** Whether its code says that something is absent, although the record tells of a reaction. */
export const isContradictory = (allergy: unknown): boolean =>
  codeIn(allergy, [...NO_ALLERGY, ...NONE_OF_ONE_KIND]) && tellsOfReaction(allergy);

/** The code in words, unless it is one for which there are no words of an allergy. */
function codeText(code: unknown): string | undefined {
  const saysNothing = absentReason(code) ?? NO_INFORMATION.find((c) => hasCode(code, c));
  return saysNothing === undefined ? codedText(withoutReasons(code)) : undefined;
}

/** To what; undefined where nobody said. */
export function allergyName(allergy: unknown): string | undefined {
  const a = record(allergy);
  const substances = records(a['reaction']).map((reaction) => codeText(reaction['substance']));
  return (
    (isContradictory(a) ? undefined : codeText(a['code'])) ??
    codedText(exposure(a).substance) ??
    substances.find((t) => t !== undefined)
  );
}

/** Whether the record says of its one substance that there is no known risk. */
export const saysNoRisk = (allergy: unknown): boolean =>
  hasCode(exposure(allergy).exposureRisk, 'no-known-reaction-risk');

/**
 * Whether somebody says that there is no known allergy at all. Who tells of a reaction beside that
 * code contradicts it: the reaction counts.
 */
export const saysNoAllergy = (allergy: unknown): boolean => denies(allergy, NO_ALLERGY);

/**
 * Whether a record says nothing. One that tells of a reaction, of a risk or of a substance is an
 * allergy, whatever stands in the place of its code: it must never be hidden.
 */
function saysNothing(allergy: unknown): boolean {
  const a = record(allergy);
  const told =
    records(a['reaction']).length > 0 ||
    has(a, 'lastOccurrence') ||
    codedText(exposure(a).substance) !== undefined;
  if (told) return false;
  // An answer that was coded is one; a code that was not sent may be that of a known risk.
  const risk = a['criticality'] === 'high' || a['criticality'] === 'low';
  return codeIn(a, NO_INFORMATION) || (!risk && NOT_SAID.has(absentReason(a['code'])));
}

/** Whether the record says that something is absent, or that nothing is known. */
export const isNegation = (allergy: unknown): boolean =>
  saysNoAllergy(allergy) ||
  denies(allergy, NONE_OF_ONE_KIND) ||
  saysNothing(allergy) ||
  saysNoRisk(allergy);

/** Whether it says that something is absent, as against that nothing is known. */
export const isStatement = (allergy: unknown): boolean =>
  isNegation(allergy) && !saysNothing(allergy);

/** A status is a concept; a server of STU3 has the code alone, and what it says must count, too. */
const says = (status: unknown, code: string): boolean => status === code || hasCode(status, code);

const isWithdrawn = (allergy: unknown): boolean =>
  ['entered-in-error', 'refuted'].some((c) => says(record(allergy)['verificationStatus'], c));

/** Whether nobody confirmed it: no more than a suspicion. */
export const isUnconfirmed = (allergy: unknown): boolean =>
  says(record(allergy)['verificationStatus'], 'unconfirmed');

/** Whether a record counts: not withdrawn, and neither resolved nor inactive. */
export function isActiveAllergy(allergy: unknown): boolean {
  const over = ['inactive', 'resolved'].some((c) => says(record(allergy)['clinicalStatus'], c));
  return !isWithdrawn(allergy) && !over;
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
