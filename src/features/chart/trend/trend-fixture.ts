import { groupsOf } from '#fhir/observation/observation-groups.ts';
import { record } from '#lib/narrow.ts';
import { trends as trendsOf } from './trend-model.ts';

/** Returns the trends of results that may refer to each other. */
export const trends = (all: readonly object[]) =>
  trendsOf(
    all,
    groupsOf(all, (to) =>
      all.find((one) => `Observation/${String(record(one)['id'])}` === record(to)['reference']),
    ),
  );

/** Returns a weight in kg on a day in January. */
export const weight = (day: number, value: number, rest: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { text: 'Body weight' },
  effectiveDateTime: `2026-01-0${day}`,
  valueQuantity: { value, unit: 'kg' },
  ...rest,
});
