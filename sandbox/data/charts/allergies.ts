import type { AllergyIntolerance } from 'fhir/r4';
import { concept, snomed, systems } from '../codes.ts';
import { meta, type ChartContext } from './context.ts';

const substances = [
  ['764146007', 'Penicillin', 'medication', 'high', '271807003', 'Eruption of skin'],
  ['387406002', 'Sulfonamide', 'medication', 'low', '247472004', 'Wheal'],
  ['256349002', 'Peanut', 'food', 'high', '39579001', 'Anaphylaxis'],
  ['102263004', 'Eggs', 'food', 'low', '422587007', 'Nausea'],
  ['111088007', 'Latex', 'environment', 'low', '418290006', 'Itching'],
  ['256277009', 'Grass pollen', 'environment', 'low', '70076002', 'Rhinitis'],
  ['387207008', 'Ibuprofen', 'medication', 'unable-to-assess', '195967001', 'Asthma'],
  ['288328004', 'Bee venom', 'environment', 'high', '267036007', 'Dyspnea'],
] as const;

/** Returns the record which states that no allergy is known. */
export function noKnownAllergy(c: ChartContext): AllergyIntolerance {
  return {
    resourceType: 'AllergyIntolerance',
    id: `${c.patient.id}-allergy-none`,
    meta: meta(c.last),
    clinicalStatus: concept(systems.allergyClinical, 'active', 'Active'),
    verificationStatus: concept(systems.allergyVerification, 'confirmed', 'Confirmed'),
    code: snomed('716186003', 'No known allergy'),
    patient: c.subject,
    recordedDate: c.last,
  };
}

/**
 * Returns the allergies of a chart. One third of the charts has some (the 1st, 4th, ...), one third
 * states that none is known (the 2nd, 5th, ...), one third says nothing (the 3rd, 6th, ...).
 */
export function allergies(c: ChartContext): AllergyIntolerance[] {
  if (c.index % 3 === 0) return [];
  if (c.index % 3 === 2) return [noKnownAllergy(c)];
  return c.r
    .sample(substances, c.r.int(1, 4))
    .map(([code, name, category, criticality, reaction, reactionName], n) => {
      const visit = c.r.pick(c.visits);
      const past = n > 0 && c.r.chance(0.2);
      const refuted = n > 0 && !past && c.r.chance(0.1);
      return {
        resourceType: 'AllergyIntolerance',
        id: `${c.patient.id}-allergy-${n + 1}`,
        meta: meta(visit.date),
        clinicalStatus: concept(
          systems.allergyClinical,
          past || refuted ? 'inactive' : 'active',
          past || refuted ? 'Inactive' : 'Active',
        ),
        verificationStatus: concept(
          systems.allergyVerification,
          refuted ? 'refuted' : 'confirmed',
          refuted ? 'Refuted' : 'Confirmed',
        ),
        type: category === 'food' && criticality === 'low' ? 'intolerance' : 'allergy',
        category: [category],
        criticality,
        code: snomed(code, name),
        patient: c.subject,
        onsetDateTime: visit.date.slice(0, 4),
        recordedDate: visit.date,
        recorder: visit.practitioner,
        reaction: [
          {
            manifestation: [snomed(reaction, reactionName)],
            severity: criticality === 'high' ? 'severe' : 'mild',
          },
        ],
      };
    });
}
