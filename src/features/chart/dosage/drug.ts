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

/** Returns the contained Medication. */
function containedDrug(of: Medicated): Json | undefined {
  const to = text(record(of.medicationReference)['reference']);
  return records(of.contained).find((part) => to === `#${text(part['id'])}`);
}

/** Returns the Medication that is contained or included. */
const drugOf = (of: Medicated, find: Find): Json =>
  containedDrug(of) ?? record(find(of.medicationReference));

/**
 * Returns why the Medication may not tell which drug it is: it was entered in error, or has
 * caveats. The caveats of a contained Medication belong to the resource that contains it.
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

/** Returns the active ingredients: an inactive one is neither the drug's name nor its strength. */
function ingredients(of: Medicated, drug: Json): readonly Ingredient[] {
  // Contained resources are not nested (R4 References, "Contained Resources").
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

/** Returns the text of a concept; undefined if it only says why the concept is absent. */
const named = (concept: unknown): string | undefined =>
  absentReason(concept) === undefined ? codedText(concept) : undefined;

/** Returns the element that says why the name of the drug is absent. */
export function absentDrug(of: Medicated, find: Find): unknown {
  const { medicationCodeableConcept: concept, medicationReference: reference } = of;
  return [concept, reference, drugOf(of, find)['code']].find(absentReason);
}

/**
 * Returns the reference to the Medication if the server sent neither a name nor a reason for its
 * absence. A reference is not a name.
 */
export function unnamedDrug(of: Medicated, find: Find): string | undefined {
  const to = text(record(of.medicationReference)['reference']);
  return (drugName(of, find) ?? absentDrug(of, find)) === undefined ? to : undefined;
}

/**
 * Returns the name of the drug: of its concept, else of its Medication, else of the ingredients.
 */
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
 * Returns what the name leaves open: the name in the Medication, the strengths and the form. Where
 * drugs are coded by substance, as with ATC, the strength is recorded nowhere else.
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
