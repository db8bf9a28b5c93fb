import { codedText } from '#fhir/coded/coded-text.ts';
import { record, text } from '#lib/narrow.ts';
import type { Medicated } from './drug.ts';

/** The Medication to read for the name of a drug, if the order itself has no name. */
export const CALLED_BY_DRUG = {
  type: 'Medication',
  reference: (of: Medicated): unknown =>
    (codedText(of.medicationCodeableConcept) ?? text(record(of.medicationReference)['display']))
      ? undefined
      : of.medicationReference,
} as const;
