import type { MedicationRequest, MedicationStatement } from 'fhir/r4';
import { codedText } from '#fhir/coded/coded-text.ts';
import { caveats, type Caveat } from '#fhir/caveats/caveats.ts';
import { absentReason } from '#fhir/values/absent-reason.ts';
import { referenceIn } from '#fhir/values/contained.ts';
import { record, records, text, type Json } from '#lib/narrow.ts';
import type { Find } from '../panel.ts';
import { ratioText } from './amount.ts';
import { inOrder } from './in-order.ts';
import type { T } from './messages.ts';

export type Medicated = MedicationRequest | MedicationStatement;

/** The Medication that is contained. */
function containedDrug(of: Medicated): Json | undefined {
  const to = text(record(of.medicationReference)['reference']);
  return records(of.contained).find((part) => to === `#${text(part['id'])}`);
}

/** The Medication that is contained, or was sent along. */
const drugOf = (of: Medicated, find: Find): Json =>
  containedDrug(of) ?? record(find(of.medicationReference));

/**
 * Why the Medication may not say which drug it is: it was entered in error, or means something else.
 * Of a contained one its holder has the caveats.
 */
export function drugDoubts(
  of: Medicated,
  find: Find,
): { readonly withdrawn: boolean; readonly caveats: readonly Caveat[] } {
  const drug = drugOf(of, find);
  return {
    withdrawn: drug['status'] === 'entered-in-error',
    caveats: containedDrug(of) ? [] : caveats(drug),
  };
}

interface Ingredient {
  readonly name: string | undefined;
  readonly strength: unknown;
}

/** What works in it: a filler is neither its name nor its strength. */
function ingredients(of: Medicated, drug: Json): readonly Ingredient[] {
  // What a contained drug contains stands beside it (R4 References, "Contained Resources").
  const holder = { contained: [...records(of.contained), ...records(drug['contained'])] };
  return records(drug['ingredient'])
    .filter((part) => part['isActive'] !== false)
    .map((part) => ({
      name: codedText(part['itemCodeableConcept']) ?? referenceIn(holder, part['itemReference']),
      strength: part['strength'],
    }));
}

const madeOf = (parts: readonly Ingredient[]): string | undefined =>
  parts
    .map(({ name }) => name)
    .filter((name) => name !== undefined)
    .join(' + ') || undefined;

/** A concept in words, unless they say only why it is not there. */
const named = (concept: unknown): string | undefined =>
  absentReason(concept) === undefined ? codedText(concept) : undefined;

/** What says why its name is not there. */
export function absentDrug(of: Medicated, find: Find): unknown {
  const { medicationCodeableConcept: concept, medicationReference: reference } = of;
  return [concept, reference, drugOf(of, find)['code']].find(absentReason);
}

/** Where its Medication is kept, which is no name: the server sent none, and not why. */
export function unnamedDrug(of: Medicated, find: Find): string | undefined {
  const to = text(record(of.medicationReference)['reference']);
  return (drugName(of, find) ?? absentDrug(of, find)) === undefined ? to : undefined;
}

/** Which drug: by its concept, or by a Medication and, where that has no name, what is in it. */
export function drugName(of: Medicated, find: Find): string | undefined {
  const drug = drugOf(of, find);
  return (
    named(of.medicationCodeableConcept) ??
    text(record(of.medicationReference)['display']) ??
    named(drug['code']) ??
    madeOf(ingredients(of, drug)) ??
    referenceIn(of, { ...of.medicationReference, reference: undefined })
  );
}

/**
 * What its name leaves open: the name that the Medication has itself, how much of what is in one,
 * and its form. Where drugs are coded by substance, as with ATC, the strength stands nowhere else.
 */
export function drugDetails(of: Medicated, find: Find, t: T): readonly string[] {
  const drug = drugOf(of, find);
  const name = drugName(of, find);
  const parts = ingredients(of, drug);
  const strengths = parts.map((part) => {
    const strength = ratioText(part.strength, t);
    const alone = part.name === name || (strength === undefined && madeOf(parts) === name);
    const of = alone ? undefined : part.name;
    if (strength === undefined) return of;
    return inOrder(of ? [of, strength] : [strength], ' ');
  });
  const lines = [named(drug['code']), ...strengths, codedText(drug['form'])];
  return [...new Set(lines)].filter((line) => line && line !== name) as string[];
}
