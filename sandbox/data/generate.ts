import type { FhirResource, Patient } from 'fhir/r4';
import { awkwardPatients } from './awkward.ts';
import { defaultNow } from './calendar.ts';
import { hostilePatients } from './hostile.ts';
import { ordinaryPatient } from './patients.ts';
import { locations, organizations, practitioners } from './places.ts';

export interface GenerateOptions {
  /** Any whole number; 1 by default. */
  seed?: number;
  /** Ordinary patients, `p0001` on; 500 by default. The awkward ones come on top. */
  patients?: number;
  /** How many of them, from the first, have a chart; 60 by default. */
  charts?: number;
  /** FHIR date taken for today. Fixed by default, so that data do not change with the clock. */
  now?: string;
}

/**
 * Synthetic data, the same for the same options. Organizations, practitioners and locations come
 * first, then patients, then what refers to them.
 */
export function generate(o: GenerateOptions = {}): { resources: FhirResource[] } {
  const { seed = 1, patients: count = 500, now = defaultNow } = o;
  const ordinary: Patient[] = [];
  for (let index = 1; index <= count; index++) ordinary.push(ordinaryPatient(seed, index, now));
  return {
    resources: [
      ...organizations,
      ...practitioners,
      ...locations,
      ...ordinary,
      ...awkwardPatients(now),
      ...hostilePatients(now),
    ],
  };
}
