import type { MedicationStatement } from 'fhir/r4';
import { conceptTexts } from '#fhir/coding.ts';
import { referenceIn } from '#fhir/contained.ts';
import { choiceText } from '#fhir/values.ts';
import { noteTexts } from '#lib/long-text.ts';
import { records } from '#lib/narrow.ts';
import { DateText, isWithdrawn, Lines, Status, Value } from '../cells.tsx';
import { dosageText } from '../dosage.ts';
import { happened } from '../happened.ts';
import { longLines } from '../long-text.tsx';
import { definePanel } from '../panel.ts';
import { medicationName } from './medication-name.ts';

/** Whether it is taken, and why not. */
function Taken({ of: m }: { of: MedicationStatement }) {
  return (
    <Lines lines={[<Status key="status" code={m.status} />, ...conceptTexts(m.statusReason)]} />
  );
}

/**
 * What the patient takes, took or does not take, as somebody said: beside the prescriptions the
 * other half of a medication list (https://hl7.org/fhir/R4/medicationstatement.html, 11.4.1).
 */
export const medicationStatements = definePanel({
  id: 'medication-statements',
  type: 'MedicationStatement',
  title: 'medication-statements',
  sort: '-effective',
  include: 'MedicationStatement:medication',
  card: true,
  withdrawn: isWithdrawn,
  columns: [
    {
      id: 'what',
      header: 'medication',
      rowHeader: true,
      cell: (m, _, find) => <Value>{medicationName(m, find)}</Value>,
    },
    {
      id: 'dosage',
      header: 'dosage',
      cell: (m, t) => (
        <Lines
          lines={longLines([
            ...records(m.dosage).map((dosage) => dosageText(dosage, t)),
            ...noteTexts(m.note),
          ])}
        />
      ),
    },
    { id: 'status', header: 'status', cell: (m) => <Taken of={m} /> },
    { id: 'period', header: 'period', cell: (m) => <Value>{choiceText(m, 'effective')}</Value> },
    {
      id: 'by',
      header: 'source',
      cell: (m) => <Value>{referenceIn(m, m.informationSource)}</Value>,
    },
    { id: 'recorded', header: 'recorded', cell: (m) => <DateText value={m.dateAsserted} /> },
  ],
  line: (m, t, find) => ({
    ...happened(m, 'effective', m.dateAsserted, t),
    text: medicationName(m, find),
    detail: <Taken of={m} />,
  }),
});
