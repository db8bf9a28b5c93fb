import type { Observation } from 'fhir/r4';
import { loinc } from '../codes.ts';
import type { ChartContext, Visit } from './context.ts';
import { category, observation, quantity, rounded } from './observations.ts';

const vital = category('vital-signs', 'Vital Signs');

/** Returns a height in cm and a weight in kg that are plausible for an age. */
function build(c: ChartContext, age: number, size: number): { height: number; weight: number } {
  const adult = c.patient.gender === 'female' ? 163 : 176;
  const height = age >= 18 ? adult : 50 + (adult - 50) * (age / 18) ** 0.75;
  const bodyMassIndex = age >= 18 ? 25 : 16;
  return {
    height: height + size * 8,
    weight: bodyMassIndex * ((height + size * 8) / 100) ** 2 * (1 + size * 0.15),
  };
}

/** Returns the vital signs of every visit: blood pressure, heart rate, height and so on. */
export function vitals(c: ChartContext): Observation[] {
  const size = c.r.around(0, 0.8);
  return c.visits.flatMap((visit) => ofVisit(c, visit, size));
}

function ofVisit(c: ChartContext, visit: Visit, size: number): Observation[] {
  const { r } = c;
  const { height, weight } = build(c, visit.age, size);
  const single = (
    suffix: string,
    code: string,
    name: string,
    value: number,
    unit: string,
    ucum = unit,
  ): Observation => ({
    ...observation(c, visit, suffix, 5),
    category: vital,
    code: loinc(code, name),
    valueQuantity: quantity(value, unit, ucum),
  });
  const list = [
    single(
      'hr',
      '8867-4',
      'Heart rate',
      rounded(r.around(visit.age < 5 ? 110 : 74, 9)),
      'beats/minute',
      '/min',
    ),
    single('temp', '8310-5', 'Body temperature', rounded(r.around(36.8, 0.4), 1), '°C', 'Cel'),
    single('spo2', '2708-6', 'Oxygen saturation', Math.min(100, rounded(r.around(97, 1.5))), '%'),
    single('weight', '29463-7', 'Body weight', rounded(weight * r.around(1, 0.02), 1), 'kg'),
  ];
  if (r.chance(0.5) || visit.age < 18)
    list.push(single('height', '8302-2', 'Body height', rounded(height, 1), 'cm'));
  if (r.chance(0.6))
    list.push(
      single(
        'rr',
        '9279-1',
        'Respiratory rate',
        rounded(r.around(visit.age < 5 ? 26 : 15, 2)),
        'breaths/minute',
        '/min',
      ),
    );
  if (visit.age >= 5) list.push(bloodPressure(c, visit));
  return list;
}

function bloodPressure(c: ChartContext, visit: Visit): Observation {
  const systolic = rounded(c.r.around(108 + Math.min(visit.age, 80) / 3, 11));
  return {
    ...observation(c, visit, 'bp', 5),
    category: vital,
    code: loinc('85354-9', 'Blood pressure panel'),
    component: [
      {
        code: loinc('8480-6', 'Systolic blood pressure'),
        valueQuantity: quantity(systolic, 'mmHg', 'mm[Hg]'),
      },
      c.r.chance(0.03)
        ? {
            code: loinc('8462-4', 'Diastolic blood pressure'),
            dataAbsentReason: { text: 'Not performed' },
          }
        : {
            code: loinc('8462-4', 'Diastolic blood pressure'),
            valueQuantity: quantity(rounded(systolic * c.r.around(0.63, 0.03)), 'mmHg', 'mm[Hg]'),
          },
    ],
  };
}
