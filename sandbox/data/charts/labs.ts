import type { DiagnosticReport, Observation, ServiceRequest } from 'fhir/r4';
import { atTime, instant } from '../calendar.ts';
import { concept, loinc, snomed, systems } from '../codes.ts';
import { encounterReference, meta, type ChartContext, type Visit } from './context.ts';
import {
  category,
  interpretation,
  observation,
  quantity,
  referenceRange,
  rounded,
} from './observations.ts';

/** LOINC code, name, unit, range, usual value, spread, decimals. */
type Test = readonly [
  code: string,
  name: string,
  unit: string,
  low: number | undefined,
  high: number | undefined,
  mean: number,
  spread: number,
  decimals: number,
];

interface Panel {
  code: string;
  name: string;
  tests: readonly Test[];
}

const panels: readonly Panel[] = [
  {
    code: '58410-2',
    name: 'Complete blood count panel',
    tests: [
      ['718-7', 'Hemoglobin', 'g/dL', 12, 16, 13.6, 1.4, 1],
      ['6690-2', 'Leukocytes', '10*3/uL', 4, 11, 7.2, 2, 1],
      ['777-3', 'Platelets', '10*3/uL', 150, 400, 260, 70, 0],
      ['4544-3', 'Hematocrit', '%', 36, 48, 41, 4, 1],
    ],
  },
  {
    code: '51990-0',
    name: 'Basic metabolic panel',
    tests: [
      ['2951-2', 'Sodium', 'mmol/L', 135, 145, 140, 3, 0],
      ['2823-3', 'Potassium', 'mmol/L', 3.5, 5.1, 4.2, 0.5, 1],
      ['2160-0', 'Creatinine', 'mg/dL', 0.6, 1.2, 0.95, 0.25, 2],
      ['2345-7', 'Glucose', 'mg/dL', 70, 99, 102, 24, 0],
    ],
  },
  {
    code: '57698-3',
    name: 'Lipid panel',
    tests: [
      ['2093-3', 'Cholesterol', 'mg/dL', undefined, 200, 196, 34, 0],
      ['2085-9', 'Cholesterol in HDL', 'mg/dL', 40, undefined, 51, 10, 0],
      ['2571-8', 'Triglyceride', 'mg/dL', undefined, 150, 142, 48, 0],
    ],
  },
  {
    code: '4548-4',
    name: 'Hemoglobin A1c',
    tests: [['4548-4', 'Hemoglobin A1c', '%', 4, 5.6, 6.1, 0.9, 1]],
  },
];

/** Returns blood tests of some visits: the order, the results and the report that lists them. */
export function labs(c: ChartContext): (Observation | DiagnosticReport | ServiceRequest)[] {
  return c.visits
    .filter((visit) => visit.age >= 2 && c.r.chance(0.6))
    .flatMap((visit) =>
      c.r.sample(panels, c.r.int(1, 2)).flatMap((panel) => panelOf(c, visit, panel)),
    );
}

function panelOf(
  c: ChartContext,
  visit: Visit,
  panel: Panel,
): (Observation | DiagnosticReport | ServiceRequest)[] {
  const key = `${visit.id.replace('encounter', 'report')}-${panel.code}`;
  const order: ServiceRequest = {
    resourceType: 'ServiceRequest',
    id: key.replace('report', 'order'),
    meta: meta(visit.date),
    status: 'completed',
    intent: 'order',
    category: [snomed('108252007', 'Laboratory procedure')],
    code: loinc(panel.code, panel.name),
    subject: c.subject,
    encounter: encounterReference(visit),
    authoredOn: atTime(visit.date, visit.hour),
    requester: visit.practitioner,
  };
  const results = panel.tests.map((test): Observation => {
    const [code, name, unit, low, high, mean, spread, decimals] = test;
    const value = Math.max(0.1, rounded(c.r.around(mean, spread), decimals));
    return {
      ...observation(c, visit, code, 20),
      category: category('laboratory', 'Laboratory'),
      code: loinc(code, name),
      valueQuantity: quantity(value, unit),
      interpretation: interpretation(value, low, high),
      referenceRange: referenceRange(unit, low, high),
    };
  });
  const report: DiagnosticReport = {
    resourceType: 'DiagnosticReport',
    id: key,
    meta: meta(visit.date),
    basedOn: [{ reference: `ServiceRequest/${order.id}` }],
    status: 'final',
    category: [concept(systems.diagnosticSection, 'LAB', 'Laboratory')],
    code: loinc(panel.code, panel.name),
    subject: c.subject,
    encounter: encounterReference(visit),
    effectiveDateTime: atTime(visit.date, visit.hour, 20),
    issued: instant(visit.date, 19),
    performer: [{ display: 'Riverside Pathology' }],
    result: results.map((result) => ({
      reference: `Observation/${result.id}`,
      display: result.code.text ?? '',
    })),
    conclusion: results.some((o) => o.interpretation?.[0]?.coding?.[0]?.code !== 'N')
      ? 'Results outside the reference range: please review.'
      : 'Within normal limits.',
  };
  return [order, ...results, report];
}
