import type { MedicationRequest, MedicationStatement } from 'fhir/r4';
import { addDays } from '../calendar.ts';
import { concept, systems } from '../codes.ts';
import type { Diagnosed } from './conditions.ts';
import { encounterReference, meta, type ChartContext } from './context.ts';

export function medications(
  c: ChartContext,
  diagnosed: readonly Diagnosed[],
): (MedicationRequest | MedicationStatement)[] {
  const requests = diagnosed.map(({ row, resource: condition }, n): MedicationRequest => {
    const [, , , stays, code, name, dose] = row;
    const visit =
      c.visits.find((v) => condition.encounter?.reference === `Encounter/${v.id}`) ??
      c.r.pick(c.visits);
    const status = stays
      ? c.r.chance(0.15)
        ? 'stopped'
        : 'active'
      : visit.date < addDays(c.last, -30)
        ? 'completed'
        : 'active';
    return {
      resourceType: 'MedicationRequest',
      id: `${c.patient.id}-medication-${n + 1}`,
      meta: meta(visit.date),
      status,
      ...(status === 'stopped' ? { statusReason: { text: 'Side effects' } } : {}),
      intent: 'order',
      medicationCodeableConcept: concept(systems.rxnorm, code, name),
      subject: c.subject,
      encounter: encounterReference(visit),
      authoredOn: visit.date,
      requester: visit.practitioner,
      reasonReference: [
        { reference: `Condition/${condition.id}`, display: condition.code?.text ?? '' },
      ],
      dosageInstruction: [{ text: dose }],
    };
  });
  if (c.age < 16 || !c.r.chance(0.5)) return requests;
  const taken: MedicationStatement = {
    resourceType: 'MedicationStatement',
    id: `${c.patient.id}-statement-1`,
    meta: meta(c.last),
    status: 'active',
    medicationCodeableConcept: c.r.chance(0.5)
      ? { text: 'St John’s wort, from the health shop' }
      : concept(systems.rxnorm, '318272', 'aspirin 81 MG Chewable Tablet'),
    subject: c.subject,
    effectivePeriod: { start: c.first.slice(0, 7) },
    dateAsserted: c.last,
    informationSource: c.subject,
    dosage: [{ text: 'one a day' }],
  };
  return [...requests, taken];
}
