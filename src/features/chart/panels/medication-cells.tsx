import type { Annotation, Dosage, MedicationRequest, MedicationStatement } from 'fhir/r4';
import { conceptText } from '#fhir/coding.ts';
import { referenceIn } from '#fhir/contained.ts';
import { noteTexts } from '#lib/long-text.ts';
import { record, records, text } from '#lib/narrow.ts';
import { Lines, Value } from '../cells.tsx';
import { dosageText } from '../dosage.ts';
import { longLines } from '../long-text.tsx';
import type { Find, T } from '../panel.ts';

type Medicated = MedicationRequest | MedicationStatement;

/** The drug by its concept, or by a Medication that is contained, or named and sent along. */
export function medicationName(of: Medicated, find: Find): string | undefined {
  const { medicationCodeableConcept: concept, medicationReference: reference } = of;
  const sent = record(find(reference));
  return (
    conceptText(concept) ??
    text(reference?.display) ??
    conceptText(sent['code']) ??
    referenceIn(of, reference)
  );
}

/** The column that names the row: which drug. */
export const DRUG = {
  id: 'what',
  header: 'medication',
  rowHeader: true,
  cell: (of: Medicated, _t: T, find: Find) => <Value>{medicationName(of, find)}</Value>,
} as const;

/** Cell of how it is taken, and what was remarked. */
export function DosageLines({
  dosages,
  notes,
  t,
}: {
  dosages: readonly Dosage[] | undefined;
  notes: readonly Annotation[] | undefined;
  t: T;
}) {
  const said = records(dosages).map((dosage) => dosageText(dosage, t));
  return <Lines lines={longLines([...said, ...noteTexts(notes)])} />;
}
