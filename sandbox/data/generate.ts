import type { FhirResource, Patient } from 'fhir/r4';
import { awkwardPatients } from './awkward.ts';
import { defaultNow } from './calendar.ts';
import { hostilePatients } from './hostile.ts';
import { chartOf, noKnownAllergyChart } from './charts/chart.ts';
import { hostileChart } from './charts/hostile-chart.ts';
import { earlierVersions } from './earlier.ts';
import { groups } from './groups.ts';
import { ordinaryPatient } from './patients.ts';
import { locations, organizations, practitionerRoles, practitioners } from './places.ts';

export interface GenerateOptions {
  /** Any whole number; 1 by default. */
  seed?: number;
  /** Number of ordinary patients, from `p0001`; 500 by default. Awkward patients are added. */
  patients?: number;
  /** How many of the ordinary patients, from the first, have a chart; 60 by default. */
  charts?: number;
  /** FHIR date treated as today. Fixed by default, so that data do not change with the clock. */
  now?: string;
}

export interface GeneratedData {
  /** Organizations, practitioners and locations, then patients, then the records about them. */
  resources: FhirResource[];
  /** Older versions of some of the resources, the oldest first, for a server that keeps history. */
  earlier: FhirResource[];
}

/** Returns synthetic data; the same options give the same data. */
export function generate(o: GenerateOptions = {}): GeneratedData {
  const { seed = 1, patients: count = 500, charts = 60, now = defaultNow } = o;
  const ordinary: Patient[] = [];
  for (let index = 1; index <= count; index++) ordinary.push(ordinaryPatient(seed, index, now));
  const charted = ordinary.slice(0, charts);
  const awkward = awkwardPatients(now);
  const unallergic = awkward.find((p) => p.id === 'awkward-no-known-allergy');
  return {
    resources: [
      ...organizations,
      ...practitioners,
      ...practitionerRoles,
      ...locations,
      ...ordinary,
      ...awkward,
      ...hostilePatients(now),
      ...charted.flatMap((patient, i) => chartOf(seed, patient, i + 1, now)),
      ...(unallergic ? noKnownAllergyChart(seed, unallergic, now) : []),
      ...hostileChart(now),
      ...groups(charted, now),
    ],
    earlier: earlierVersions(ordinary),
  };
}
