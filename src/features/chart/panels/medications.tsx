import type { MedicationRequest } from 'fhir/r4';
import { conceptText } from '#fhir/coding.ts';
import { referenceIn } from '#fhir/contained.ts';
import { Flag } from '#ui/flag.tsx';
import { DateText, isWithdrawn, Lines, Status, Value } from '../cells.tsx';
import { Intent } from '../intent.tsx';
import { definePanel, type T } from '../panel.ts';
import { DosageLines, DRUG, medicationName } from './medication-cells.tsx';

/** A prohibition, or what is no order yet, must never look like an order. */
function OrderStatus({ order, t }: { order: MedicationRequest; t: T }) {
  return (
    <Lines
      lines={[
        order.doNotPerform === true && (
          <Flag key="not" tone="danger" icon="warning">
            {t('doNotGive')}
          </Flag>
        ),
        <Intent key="intent" code={order.intent} />,
        <Status key="status" code={order.status} />,
        conceptText(order.statusReason),
      ].filter(Boolean)}
    />
  );
}

export const medications = definePanel({
  id: 'medications',
  type: 'MedicationRequest',
  title: 'medications',
  // What is taken without a prescription stands in a panel of its own.
  nothing: 'noPrescriptions',
  sort: '-authoredon',
  include: 'MedicationRequest:medication',
  card: true,
  withdrawn: isWithdrawn,
  columns: [
    DRUG,
    {
      id: 'dosage',
      header: 'dosage',
      cell: (m, t) => <DosageLines dosages={m.dosageInstruction} notes={m.note} t={t} />,
    },
    {
      id: 'status',
      header: 'status',
      cell: (m, t) => <OrderStatus order={m} t={t} />,
    },
    { id: 'date', header: 'prescribed', cell: (m) => <DateText value={m.authoredOn} /> },
    { id: 'by', header: 'prescriber', cell: (m) => <Value>{referenceIn(m, m.requester)}</Value> },
  ],
  line: (m, t, find) => ({
    date: m.authoredOn,
    text: medicationName(m, find),
    detail: <OrderStatus order={m} t={t} />,
  }),
});
