import type { Immunization, Procedure, Provenance, ServiceRequest } from 'fhir/r4';
import { addDays, atTime, instant } from '../calendar.ts';
import { concept, snomed, systems } from '../codes.ts';
import { organizationReference, organizations } from '../places.ts';
import { encounterReference, meta, within, type ChartContext } from './context.ts';

const vaccines = [
  ['140', 'Influenza, seasonal, injectable, preservative free'],
  ['113', 'Td (adult) preservative free'],
  ['03', 'MMR'],
  ['133', 'Pneumococcal conjugate PCV 13'],
  ['208', 'COVID-19, mRNA, LNP-S, PF, 30 mcg/0.3 mL dose'],
  ['62', 'HPV, quadrivalent'],
] as const;

export function immunizations(c: ChartContext): Immunization[] {
  return c.r.sample(c.visits, c.r.int(1, 4)).map((visit, n) => {
    const [code, name] = c.r.pick(vaccines);
    const refused = c.r.chance(0.08);
    return {
      resourceType: 'Immunization',
      id: `${c.patient.id}-immunization-${n + 1}`,
      meta: meta(visit.date),
      status: refused ? 'not-done' : 'completed',
      ...(refused
        ? { statusReason: { text: 'Patient objection' } }
        : { lotNumber: `LOT${c.r.digits(5)}` }),
      vaccineCode: concept(systems.cvx, code, name),
      patient: c.subject,
      encounter: encounterReference(visit),
      occurrenceDateTime: atTime(visit.date, visit.hour, 15),
      primarySource: true,
      performer: [{ actor: visit.practitioner }],
      protocolApplied: [{ doseNumberPositiveInt: n + 1 }],
    };
  });
}

const procedureTable = [
  ['80146002', 'Appendectomy', 6],
  ['73761001', 'Colonoscopy', 45],
  ['29303009', 'Electrocardiographic procedure', 18],
  ['399208008', 'Plain chest X-ray', 3],
  ['38102005', 'Cholecystectomy', 20],
  ['179344006', 'Total replacement of knee joint', 55],
  ['287664005', 'Suture of skin wound', 1],
] as const;

export function procedures(c: ChartContext): Procedure[] {
  const possible = procedureTable.filter(([, , youngest]) => c.age >= youngest);
  return c.r.sample(possible, c.r.int(1, 3)).map(([code, name], n) => {
    const visit = c.r.pick(c.visits);
    return {
      resourceType: 'Procedure',
      id: `${c.patient.id}-procedure-${n + 1}`,
      meta: meta(visit.date),
      status: c.r.chance(0.9) ? 'completed' : 'not-done',
      code: snomed(code, name),
      subject: c.subject,
      encounter: encounterReference(visit),
      performedPeriod: {
        start: atTime(visit.date, visit.hour),
        end: atTime(visit.date, visit.hour + 1),
      },
      performer: [{ actor: visit.practitioner }],
    };
  });
}

export function referrals(c: ChartContext): ServiceRequest[] {
  if (!c.r.chance(0.4)) return [];
  const visit = c.r.pick(c.visits);
  return [
    {
      resourceType: 'ServiceRequest',
      id: `${c.patient.id}-referral-1`,
      meta: meta(visit.date),
      status: 'active',
      intent: 'order',
      priority: c.r.pick(['routine', 'urgent']),
      code: snomed('183519002', 'Referral to cardiology service'),
      subject: c.subject,
      encounter: encounterReference(visit),
      authoredOn: atTime(visit.date, visit.hour),
      requester: visit.practitioner,
      occurrenceDateTime: addDays(visit.date, 28),
    },
  ];
}

/** Returns a Provenance that names the last author of the patient and, for some, of a condition. */
export function provenance(c: ChartContext): Provenance[] {
  if (c.index % 2 === 0) return [];
  const visit = c.visits[0];
  if (!visit) return [];
  return [`Patient/${c.patient.id}`, `Condition/${c.patient.id}-condition-1`].map(
    (reference, n) => ({
      resourceType: 'Provenance',
      id: `${c.patient.id}-provenance-${n + 1}`,
      meta: meta(visit.date),
      target: [{ reference }],
      recorded: instant(within(c, visit.date), 18),
      activity: { text: 'Recorded at the visit' },
      agent: [
        {
          type: concept(systems.provenanceAgent, 'author', 'Author'),
          who: visit.practitioner,
          ...(organizations[0] ? { onBehalfOf: organizationReference(organizations[0]) } : {}),
        },
      ],
    }),
  );
}
