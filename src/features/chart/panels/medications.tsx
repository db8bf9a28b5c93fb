import type { MedicationRequest } from 'fhir/r4';
import { Fragment } from 'react';
import { codedText } from '#fhir/coded/coded-text.ts';
import { record } from '#lib/narrow.ts';
import { Flag } from '#ui/flag.tsx';
import { isWithdrawn, Lines, Status, Value } from '../cells/cells.tsx';
import { currentFirst } from './current-first.ts';
import { CALLED_BY_DRUG } from '../dosage/called-by-drug.ts';
import { urgency } from '../cells/urgency.tsx';
import { Intent } from '../cells/intent.tsx';
import { definePanel, type T } from '../panel.ts';
import { dosage } from './dosage-later.ts';
import { DRUG, whoIn, why } from './medication-cells.tsx';

/** Shows the status of an order: a prohibition, proposal or report must not look like an order. */
function OrderStatus({ order, t }: { order: MedicationRequest; t: T }) {
  const by = whoIn(order, order.reportedReference, t);
  const reported =
    order.reportedBoolean === true || Object.keys(record(order.reportedReference)).length > 0;
  return (
    <Lines
      lines={[
        order.doNotPerform === true && (
          <Flag key="not" tone="danger" icon="warning">
            {t('doNotGive')}
          </Flag>
        ),
        order.doNotPerform === true && why(order, t),
        <Fragment key="intent">
          {reported && dosage.drawn().reportedFlag(by)}
          <Intent code={order.intent} reported={reported} />
        </Fragment>,
        <Status key="status" code={order.status} />,
        urgency(order, t),
        codedText(order.statusReason),
      ].filter(Boolean)}
    />
  );
}

/** Whether an order is current and not a prohibition. */
const toTake = (m: MedicationRequest): boolean =>
  currentFirst.current(m) && m.doNotPerform !== true;

export const medications = definePanel({
  id: 'medications',
  type: 'MedicationRequest',
  title: 'medications',
  // Drugs taken without a prescription are in a panel of their own.
  nothing: 'noPrescriptions',
  sort: '-authoredon',
  ...currentFirst,
  include: 'MedicationRequest:medication',
  calledBy: CALLED_BY_DRUG,
  load: dosage.load,
  card: true,
  withdrawn: isWithdrawn,
  columns: [
    DRUG,
    {
      id: 'dosage',
      header: 'dosage',
      cell: (m) => dosage.drawn().dosageCell(m.dosageInstruction, m.note),
    },
    {
      id: 'status',
      header: 'status',
      cell: (m, t) => <OrderStatus order={m} t={t} />,
    },
    { id: 'date', header: 'prescribed', cell: (m) => dosage.drawn().prescribedCell(m) },
    { id: 'by', header: 'prescriber', cell: (m, t) => <Value>{whoIn(m, m.requester, t)}</Value> },
  ],
  line: (m, t, find) => ({
    date: m.authoredOn,
    text: dosage.drawn().drugLine(m, find, toTake(m) ? m.dosageInstruction : undefined),
    detail: <OrderStatus order={m} t={t} />,
  }),
});
