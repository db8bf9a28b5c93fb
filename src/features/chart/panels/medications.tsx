import type { MedicationRequest } from 'fhir/r4';
import { conceptText } from '#fhir/coding.ts';
import { referenceText } from '#fhir/reference.ts';
import { formatQuantity } from '#fhir/values.ts';
import { record, records, text } from '#lib/narrow.ts';
import { Flag } from '#ui/flag.tsx';
import { DateText, isWithdrawn, Lines, Status, Value } from '../cells.tsx';
import { Intent } from '../intent.tsx';
import { definePanel, type T } from '../panel.ts';

/** The drug by its concept, or by a contained or referenced Medication. */
function medicationText(request: MedicationRequest): string | undefined {
  const own = conceptText(request.medicationCodeableConcept);
  if (own) return own;
  const reference = text(request.medicationReference?.reference);
  const contained = records(request.contained).find((r) => `#${text(r['id'])}` === reference);
  return conceptText(record(contained)['code']) ?? referenceText(request.medicationReference);
}

/** The dosage as written, else its dose and route. */
function dosage(request: MedicationRequest): readonly (string | undefined)[] {
  return records(request.dosageInstruction).map((d) => {
    const written = text(d['text']) ?? text(d['patientInstruction']);
    if (written) return written;
    const dose = formatQuantity(record(records(d['doseAndRate'])[0])['doseQuantity']);
    return [dose, conceptText(record(d['timing'])['code']), conceptText(d['route'])]
      .filter(Boolean)
      .join(', ');
  });
}

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
  sort: '-authoredon',
  card: true,
  withdrawn: isWithdrawn,
  columns: [
    {
      id: 'what',
      header: 'medication',
      rowHeader: true,
      cell: (m) => <Value>{medicationText(m)}</Value>,
    },
    { id: 'dosage', header: 'dosage', cell: (m) => <Lines lines={dosage(m)} /> },
    {
      id: 'status',
      header: 'status',
      cell: (m, t) => <OrderStatus order={m} t={t} />,
    },
    { id: 'date', header: 'prescribed', cell: (m) => <DateText value={m.authoredOn} /> },
    { id: 'by', header: 'prescriber', cell: (m) => <Value>{referenceText(m.requester)}</Value> },
  ],
  line: (m, t) => ({
    date: m.authoredOn,
    text: medicationText(m),
    detail: <OrderStatus order={m} t={t} />,
  }),
});
