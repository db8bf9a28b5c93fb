import type { Medication, MedicationStatement } from 'fhir/r4';
import { addDays } from '../calendar.ts';
import { snomed } from '../codes.ts';
import { encounterReference, meta, type ChartContext } from './context.ts';

/**
 * Returns statements of medicines that the patient takes or does not take, with statuses that are
 * easily misread. The chart's index chooses them, because a random number drawn here would change
 * all data generated afterwards.
 */
export function statements(c: ChartContext): MedicationStatement[] {
  const visit = c.visits.at(-1);
  const asserted = (name: string, rest: Partial<MedicationStatement>): MedicationStatement => ({
    resourceType: 'MedicationStatement',
    id: `${c.patient.id}-statement-${name}`,
    meta: meta(c.last),
    status: 'active',
    subject: c.subject,
    dateAsserted: c.last,
    informationSource: c.subject,
    ...rest,
  });
  const refused = asserted('not-taken', {
    status: 'not-taken',
    statusReason: [{ text: 'Nausea after the first tablet' }],
    medicationCodeableConcept: snomed('387207008', 'Ibuprofen'),
    ...(visit && { context: encounterReference(visit) }),
    effectiveDateTime: c.last.slice(0, 4),
    note: [{ text: 'The packet was brought back unopened.' }],
  });
  const inError = asserted('in-error', {
    status: 'entered-in-error',
    medicationCodeableConcept: snomed('372756006', 'Warfarin'),
    effectiveDateTime: c.last,
  });
  const drops: Medication = {
    resourceType: 'Medication',
    id: 'drops',
    code: { text: 'Eye drops' },
  };
  const over = asserted('stopped', {
    status: 'stopped',
    contained: [drops],
    medicationReference: { reference: '#drops' },
    effectivePeriod: { start: addDays(c.last, -40), end: addDays(c.last, -30) },
    informationSource: { display: 'The patient’s daughter' },
    dosage: [
      {
        doseAndRate: [{ doseQuantity: { value: 1, unit: 'drop' } }],
        timing: { repeat: { frequency: 3, period: 1, periodUnit: 'd' } },
        site: { text: 'both eyes' },
      },
    ],
  });
  return [
    ...(c.index % 4 === 1 ? [refused] : []),
    ...(c.index % 4 === 3 ? [inError] : []),
    ...(c.index % 8 === 1 ? [over] : []),
  ];
}
