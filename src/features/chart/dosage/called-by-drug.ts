import { codedText } from '#fhir/coded/coded-text.ts';
import { record, text } from '#lib/narrow.ts';
import type { Medicated } from './drug.ts';

/** The Medication that says which drug it is, where the order itself does not. */
export const CALLED_BY_DRUG = {
  type: 'Medication',
  reference: (of: Medicated): unknown =>
    (codedText(of.medicationCodeableConcept) ?? text(record(of.medicationReference)['display']))
      ? undefined
      : of.medicationReference,
} as const;
