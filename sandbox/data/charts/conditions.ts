import type { Condition } from 'fhir/r4';
import { addDays } from '../calendar.ts';
import { concept, snomed, systems } from '../codes.ts';
import { encounterReference, meta, within, type ChartContext } from './context.ts';

/** Code, name, youngest age, whether chronic, RxNorm code and name of the usual medicine, dose. */
export const conditionTable = [
  [
    '38341003',
    'Hypertensive disorder',
    35,
    true,
    '314076',
    'lisinopril 10 MG Oral Tablet',
    '1 tablet once daily',
  ],
  [
    '44054006',
    'Type 2 diabetes mellitus',
    38,
    true,
    '860975',
    'metformin hydrochloride 500 MG Extended Release Oral Tablet',
    '1 tablet twice daily with meals',
  ],
  [
    '195967001',
    'Asthma',
    3,
    true,
    '245314',
    'albuterol 0.83 MG/ML Inhalation Solution',
    '2 puffs when needed',
  ],
  [
    '55822004',
    'Hyperlipidemia',
    30,
    true,
    '617312',
    'atorvastatin 20 MG Oral Tablet',
    '1 tablet at night',
  ],
  [
    '73211009',
    'Diabetes mellitus',
    20,
    true,
    '106892',
    'insulin isophane 70 UNT/ML Injectable Suspension',
    '12 units before breakfast',
  ],
  [
    '13645005',
    'Chronic obstructive lung disease',
    50,
    true,
    '896188',
    'tiotropium 0.018 MG Inhalation Powder',
    '1 inhalation daily',
  ],
  [
    '84114007',
    'Heart failure',
    60,
    true,
    '310429',
    'furosemide 20 MG Oral Tablet',
    '1 tablet each morning',
  ],
  [
    '49436004',
    'Atrial fibrillation',
    55,
    true,
    '855332',
    'warfarin sodium 5 MG Oral Tablet',
    'as directed by the clinic',
  ],
  [
    '40930008',
    'Hypothyroidism',
    25,
    true,
    '966224',
    'levothyroxine sodium 0.05 MG Oral Tablet',
    '1 tablet before breakfast',
  ],
  [
    '370143000',
    'Major depressive disorder',
    16,
    true,
    '312938',
    'sertraline 50 MG Oral Tablet',
    '1 tablet once daily',
  ],
  [
    '235595009',
    'Gastroesophageal reflux disease',
    18,
    true,
    '198053',
    'omeprazole 20 MG Delayed Release Oral Capsule',
    '1 capsule before breakfast',
  ],
  [
    '396275006',
    'Osteoarthritis',
    45,
    true,
    '198440',
    'acetaminophen 500 MG Oral Tablet',
    '2 tablets up to four times daily',
  ],
  [
    '10509002',
    'Acute bronchitis',
    1,
    false,
    '308182',
    'amoxicillin 250 MG Oral Capsule',
    '1 capsule three times daily for 7 days',
  ],
  [
    '65363002',
    'Otitis media',
    0,
    false,
    '308182',
    'amoxicillin 250 MG Oral Capsule',
    '1 capsule three times daily for 5 days',
  ],
  [
    '68566005',
    'Urinary tract infectious disease',
    5,
    false,
    '311347',
    'nitrofurantoin 50 MG Oral Capsule',
    '1 capsule four times daily for 5 days',
  ],
  [
    '44465007',
    'Sprain of ankle',
    6,
    false,
    '310965',
    'ibuprofen 200 MG Oral Tablet',
    '1 tablet three times daily with food',
  ],
  [
    '24079001',
    'Atopic dermatitis',
    0,
    false,
    '106258',
    'hydrocortisone 10 MG/ML Topical Cream',
    'thin layer twice daily',
  ],
  [
    '271737000',
    'Anemia',
    12,
    false,
    '310325',
    'ferrous sulfate 325 MG Oral Tablet',
    '1 tablet daily',
  ],
] as const;

export type ConditionRow = (typeof conditionTable)[number];

/** A condition, and its row of the table, which names the medicine. */
export interface Diagnosed {
  row: ConditionRow;
  resource: Condition;
}

export function conditions(c: ChartContext): Diagnosed[] {
  const possible = conditionTable.filter(([, , youngest]) => c.age >= youngest);
  return c.r.sample(possible, c.r.int(2, Math.min(7, 2 + Math.floor(c.age / 12)))).map((row, n) => {
    const [code, name, , stays] = row;
    const visit = c.r.pick(c.visits);
    const active = stays || visit.date > addDays(c.last, -30);
    const error = c.r.chance(0.03);
    const verification = error ? 'entered-in-error' : c.r.chance(0.1) ? 'provisional' : 'confirmed';
    const resource: Condition = {
      resourceType: 'Condition',
      id: `${c.patient.id}-condition-${n + 1}`,
      meta: meta(visit.date),
      ...(error
        ? {}
        : {
            clinicalStatus: concept(
              systems.conditionClinical,
              active ? 'active' : 'resolved',
              active ? 'Active' : 'Resolved',
            ),
          }),
      verificationStatus: concept(systems.conditionVerification, verification),
      category: [
        n % 4 === 3
          ? concept(systems.conditionCategory, 'encounter-diagnosis', 'Encounter Diagnosis')
          : concept(systems.conditionCategory, 'problem-list-item', 'Problem List Item'),
      ],
      code: snomed(code, name),
      subject: c.subject,
      encounter: encounterReference(visit),
      // Patients often remember only the year.
      onsetDateTime: c.r.chance(0.2) ? visit.date.slice(0, 4) : visit.date,
      recordedDate: visit.date,
      recorder: visit.practitioner,
    };
    if (c.r.chance(0.3)) resource.severity = snomed('6736007', 'Moderate');
    if (!active && !error)
      resource.abatementDateTime = within(c, addDays(visit.date, c.r.int(7, 40)));
    if (c.r.chance(0.15)) resource.note = [{ text: 'Discussed with the patient; leaflet given.' }];
    return { row, resource };
  });
}
