import type { Encounter } from 'fhir/r4';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { FhirResource } from '#fhir/types.ts';
import { encounters } from './encounters.tsx';

const NAME = 'Pulmonary embolism';

/** Returns what a row shows as reasons if every reference leads to the same record. */
const reasons = (found: object | undefined, display?: string): string => {
  const encounter = {
    diagnosis: [{ condition: { reference: 'Condition/k1', display } }],
    reasonReference: [{ reference: 'Condition/k2', display }],
  } as unknown as Encounter;
  const column = encounters.columns.find(({ id }) => id === 'reason');
  const cell = column?.cell(
    encounter,
    (id) => id,
    () => found as FhirResource | undefined,
  );
  return renderToStaticMarkup(cell).replaceAll(/<[^>]+>/g, '|');
};

const certainty = (code: string) => ({ verificationStatus: { coding: [{ code }] } });

test.each([
  ['refuted', certainty('refuted')],
  ['entered in error', certainty('entered-in-error')],
  ['a procedure entered in error', { status: 'entered-in-error' }],
])('a diagnosis that is %s is not named, even if its reference has a display', (_, status) => {
  const record = { code: { text: NAME }, ...status };
  expect(reasons(record, NAME)).toContain('recorded, see Conditions');
  expect(reasons(record, NAME)).not.toContain(NAME);
  expect(reasons(record)).toBe(reasons(record, NAME));
});

test.each([
  ['a record that holds', { code: { text: NAME }, ...certainty('confirmed') }],
  ['no record', undefined],
])('a diagnosis with a display is named with %s', (_, record) => {
  expect(reasons(record, NAME)).toContain(NAME);
});

test.each([
  [{ start: '2019-01-01', end: '2019-01-07' }, '2019-01-01', '01-Jan-2019 – 07-Jan-2019'],
  [{ end: '2019-01-07' }, '2019-01-07', '– 07-Jan-2019'],
  [{ start: '2019-01-01' }, '2019-01-01', undefined],
  [undefined, undefined, undefined],
])('the card shows the end of an encounter, too: %j', (period, date, when) => {
  const encounter = { resourceType: 'Encounter', period } as Encounter;
  const line = encounters.line(
    encounter,
    (id) => id,
    () => undefined,
  );
  expect({ date: line.date, when: line.when }).toEqual({ date, when });
});
