import type { CodeableConcept, Observation, ObservationReferenceRange, Quantity } from 'fhir/r4';
import { atTime } from '../calendar.ts';
import { concept, systems } from '../codes.ts';
import { encounterReference, meta, type ChartContext, type Visit } from './context.ts';

export const quantity = (value: number, unit: string, code = unit): Quantity => ({
  value,
  unit,
  system: systems.ucum,
  code,
});

export const rounded = (value: number, decimals = 0): number => Number(value.toFixed(decimals));

export const category = (
  code: 'vital-signs' | 'laboratory' | 'social-history',
  display: string,
): CodeableConcept[] => [concept(systems.observationCategory, code, display)];

/** Returns the fields that all observations of a visit share. */
export function observation(
  c: ChartContext,
  visit: Visit,
  suffix: string,
  minute: number,
): Pick<
  Observation,
  | 'resourceType'
  | 'id'
  | 'meta'
  | 'status'
  | 'subject'
  | 'encounter'
  | 'effectiveDateTime'
  | 'performer'
> {
  return {
    resourceType: 'Observation',
    id: `${visit.id.replace('encounter', 'observation')}-${suffix}`,
    meta: meta(visit.date),
    status: 'final',
    subject: c.subject,
    encounter: encounterReference(visit),
    effectiveDateTime: atTime(visit.date, visit.hour, minute),
    performer: [visit.practitioner],
  };
}

/** Returns whether a value is low, normal or high for a range; LL and HH when far outside it. */
export function interpretation(
  value: number,
  low: number | undefined,
  high: number | undefined,
): CodeableConcept[] {
  const [code, display] =
    low !== undefined && value < low
      ? value < low * 0.7
        ? ['LL', 'Critical low']
        : ['L', 'Low']
      : high !== undefined && value > high
        ? value > high * 1.5
          ? ['HH', 'Critical high']
          : ['H', 'High']
        : ['N', 'Normal'];
  return [concept(systems.interpretation, code, display)];
}

export function referenceRange(
  unit: string,
  low: number | undefined,
  high: number | undefined,
): ObservationReferenceRange[] {
  return [
    {
      ...(low === undefined ? {} : { low: quantity(low, unit) }),
      ...(high === undefined ? {} : { high: quantity(high, unit) }),
      text:
        low === undefined
          ? `< ${high} ${unit}`
          : high === undefined
            ? `> ${low} ${unit}`
            : `${low} - ${high} ${unit}`,
    },
  ];
}
