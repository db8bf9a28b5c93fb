import type { MedicationRequest, MedicationStatement } from 'fhir/r4';
import { conceptText } from '#fhir/coding.ts';
import { referenceIn } from '#fhir/contained.ts';
import { record, text } from '#lib/narrow.ts';
import type { Find } from '../panel.ts';

/** The drug by its concept, or by a Medication that is contained, or named and sent along. */
export function medicationName(
  of: MedicationRequest | MedicationStatement,
  find: Find,
): string | undefined {
  const { medicationCodeableConcept: concept, medicationReference: reference } = of;
  const sent = record(find(reference));
  return (
    conceptText(concept) ??
    text(reference?.display) ??
    conceptText(sent['code']) ??
    referenceIn(of, reference)
  );
}
