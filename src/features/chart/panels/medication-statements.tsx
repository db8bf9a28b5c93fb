import type { MedicationStatement } from 'fhir/r4';
import { codedTexts } from '#fhir/coded/coded-text.ts';
import { choiceText } from '#fhir/values/values.ts';
import { DateText, isWithdrawn, Lines, Status, Value } from '../cells/cells.tsx';
import { currentFirst } from './current-first.ts';
import { CALLED_BY_DRUG } from '../dosage/called-by-drug.ts';
import { eventDate } from '../cells/event-date.ts';
import { definePanel } from '../panel.ts';
import { dosage } from './dosage-later.ts';
import { DRUG, whoIn } from './medication-cells.tsx';

/** Shows whether a drug is taken, and why not. */
function Taken({ of: m }: { of: MedicationStatement }) {
  return <Lines lines={[<Status key="status" code={m.status} />, ...codedTexts(m.statusReason)]} />;
}

/**
 * What the patient is reported to take, have taken or not take: the other half of a medication list
 * beside the prescriptions (https://hl7.org/fhir/R4/medicationstatement.html, 11.4.1).
 */
export const medicationStatements = definePanel({
  id: 'medication-statements',
  type: 'MedicationStatement',
  title: 'medication-statements',
  sort: '-effective',
  ...currentFirst,
  include: 'MedicationStatement:medication',
  calledBy: CALLED_BY_DRUG,
  load: dosage.load,
  card: true,
  withdrawn: isWithdrawn,
  columns: [
    DRUG,
    {
      id: 'dosage',
      header: 'dosage',
      cell: (m) => dosage.drawn().dosageCell(m.dosage, m.note),
    },
    { id: 'status', header: 'status', cell: (m) => <Taken of={m} /> },
    { id: 'period', header: 'period', cell: (m) => <Value>{choiceText(m, 'effective')}</Value> },
    {
      id: 'by',
      header: 'source',
      cell: (m, t) => <Value>{whoIn(m, m.informationSource, t)}</Value>,
    },
    { id: 'recorded', header: 'recorded', cell: (m) => <DateText value={m.dateAsserted} /> },
  ],
  line: (m, t, find) => ({
    ...eventDate(m, 'effective', m.dateAsserted, t),
    text: dosage.drawn().drugLine(m, find, currentFirst.current(m) ? m.dosage : undefined),
    detail: <Taken of={m} />,
  }),
});
