import type { Encounter } from 'fhir/r4';
import { addDays, atTime } from '../calendar.ts';
import { coding, concept, snomed, systems } from '../codes.ts';
import { locations, organizationReference, organizations } from '../places.ts';
import { meta, within, type ChartContext } from './context.ts';

const visitTypes = [
  ['AMB', 'ambulatory', '185349003', 'Encounter for check up'],
  ['AMB', 'ambulatory', '390906007', 'Follow-up encounter'],
  ['AMB', 'ambulatory', '11429006', 'Consultation'],
  ['VR', 'virtual', '448337001', 'Telemedicine consultation with patient'],
  ['EMER', 'emergency', '50849002', 'Emergency room admission'],
] as const;

const admission = ['IMP', 'inpatient encounter', '32485007', 'Hospital admission'] as const;

export function encounters(c: ChartContext): Encounter[] {
  return c.visits.map((visit) => {
    const [code, display, type, typeText] =
      visit.inpatientDays > 0 ? admission : c.r.pick(visitTypes);
    const location = c.r.pick(locations);
    const ongoing = visit.date === c.last && visit.inpatientDays > 0;
    const end =
      visit.inpatientDays > 0
        ? atTime(within(c, addDays(visit.date, visit.inpatientDays)), 18)
        : atTime(visit.date, visit.hour, 25);
    return {
      resourceType: 'Encounter',
      id: visit.id,
      meta: meta(visit.date),
      status: ongoing ? 'in-progress' : 'finished',
      class: coding(systems.actCode, code, display),
      type: [snomed(type, typeText)],
      subject: c.subject,
      participant: [
        {
          type: [concept(systems.participation, 'ATND', 'attender')],
          individual: visit.practitioner,
        },
      ],
      period: { start: atTime(visit.date, visit.hour), ...(ongoing ? {} : { end }) },
      reasonCode: [
        {
          text: c.r.pick([
            'Review of medication',
            'Shortness of breath',
            'Annual check',
            'Abdominal pain',
            'Follow-up',
            'Fever',
          ]),
        },
      ],
      location: [
        { location: { reference: `Location/${location.id}`, display: location.name ?? '' } },
      ],
      ...(organizations[0] ? { serviceProvider: organizationReference(organizations[0]) } : {}),
    };
  });
}
