import { expect, test } from 'vitest';
import { newestOfEach } from './newest-of-each.ts';

const LOINC = 'http://loinc.org';

/** A result of a day in March. */
const result = (id: string, day: number, rest: object = {}) => ({
  resourceType: 'Observation' as const,
  id,
  status: 'final' as const,
  code: { coding: [{ system: LOINC, code: '2823-3', display: 'Potassium' }] },
  effectiveDateTime: `2026-03-${String(day).padStart(2, '0')}`,
  valueQuantity: { value: 4, unit: 'mmol/L' },
  ...rest,
});
const flagged = (code: string) => ({ interpretation: [{ coding: [{ code }] }] });
const ofTest = (n: number) => ({ code: { coding: [{ system: LOINC, code: `${n}-1` }] } });
const ids = (all: readonly object[], rows = 10) =>
  newestOfEach(all as never, rows).shown.map(({ id }) => id);

test('of one test the newest value, whatever order the server sends them in', () => {
  const all = [result('b', 2), result('c', 3), result('a', 1)];
  expect(newestOfEach(all, 10)).toEqual({ shown: [all[1]], older: 2, more: 0, flagged: 0 });
});

test.each([
  ['code', { code: { coding: [{ system: LOINC, code: '6298-4', display: 'Potassium' }] } }],
  ['words', { code: { ...result('', 1).code, text: 'Potassium, fasting' } }],
  ['unit', { valueQuantity: { value: 16, unit: 'mg/dL' } }],
  ['kind of value', { valueQuantity: undefined, valueString: 'haemolysed' }],
  ['specimen', { specimen: { reference: 'Specimen/2', display: 'Urine' } }],
  ['unnamed specimen', { specimen: { reference: 'Specimen/2' } }],
  ['body site', { bodySite: { text: 'Left arm' } }],
  ['method', { method: { text: 'Strip' } }],
  ['person', { focus: [{ display: 'Her mother' }] }],
  ['part', { component: [{ code: { text: 'Mean' }, valueQuantity: { value: 4, unit: 'x' } }] }],
])('an older result of another %s is not an older value of the same test', (_, rest) => {
  expect(ids([result('new', 2), result('old', 1, rest)])).toEqual(['new', 'old']);
});

test('a result of another germ, or of nobody knows which, is not an older value', () => {
  const germ = (id: string, ...of: string[]) =>
    result(id, 1, {
      ...ofTest(9),
      valueQuantity: undefined,
      valueString: id,
      hasMember: of.map((member) => ({ reference: `Observation/${member}` })),
    });
  const all = [result('new', 3), result('old', 2), germ('Klebsiella', 'new'), germ('Staph', 'old')];
  const find = (to: unknown) =>
    all.find(({ id }) => `Observation/${id}` === (to as { reference: string }).reference);
  const shown = (some: typeof all) => newestOfEach(some, 10, find, all).shown.map(({ id }) => id);
  expect(shown(all.slice(0, 2))).toEqual(['new', 'old']);
  // A panel does not make another test of potassium.
  const panel = { ...germ('CBC', 'new'), valueString: undefined };
  const inPanel = [all[0]!, all[1]!, panel];
  expect(newestOfEach(inPanel, 10, find, inPanel).shown.map(({ id }) => id)).not.toContain('old');
  expect(ids([result('new', 2, flagged('S')), result('old', 1, flagged('S'))])).toHaveLength(2);
});

test('specimens of one kind are of one test, by whatever number they go', () => {
  const blood = (n: number) => ({
    contained: [{ resourceType: 'Specimen', id: 's', type: { text: 'Blood' } }],
    specimen: { reference: '#s', identifier: { value: `${n}` } },
  });
  expect(ids([result('new', 2, blood(2)), result('old', 1, blood(1))])).toEqual(['new']);
});

test.each([
  ['withdrawn', { status: 'entered-in-error' }],
  ['cancelled', { status: 'cancelled' }],
  ['not there yet', { status: 'registered', valueQuantity: undefined }],
  ['missing', { valueQuantity: undefined, dataAbsentReason: { text: 'Sample lost' } }],
  ['only a unit', { valueQuantity: { unit: 'mmol/L' } }],
  ['of a turned meaning', { modifierExtension: [{ url: 'https://example.org/not' }] }],
])('a value that is %s hides none, and goes once there is a newer one', (_, rest) => {
  const all = [result('odd', 2, rest), result('value', 1)];
  expect(ids(all)).toEqual(['odd', 'value']);
  expect(ids([result('newest', 3), ...all])).toEqual(['newest']);
});

test('what cannot be told apart in time stays: of one moment, a day and its hours, no date', () => {
  const same = [result('a', 2), result('b', 2)];
  expect(ids(same)).toEqual(['a', 'b']);
  const hours = result('hours', 2, { effectiveDateTime: '2026-03-02T10:00:00Z' });
  expect(ids([hours, result('day', 2)])).toHaveLength(2);
  const month = result('month', 0, { effectiveDateTime: '2026-03' });
  expect(ids([result('day', 20), month])).toEqual(['day', 'month']);
  const undated = result('undated', 0, { effectiveDateTime: undefined });
  expect(ids([result('day', 20), undated])).toEqual(['day', 'undated']);
});

test('what the laboratory flagged has its seat before newer results that it did not', () => {
  const all = [
    ...[9, 8, 7].map((day) => result(`plain-${day}`, day, ofTest(day))),
    result('high', 6, { ...ofTest(6), ...flagged('H') }),
    result('normal', 5, { ...ofTest(5), ...flagged('N') }),
    result('panic', 4, { ...ofTest(4), interpretation: [{ text: 'panic, phoned' }] }),
  ];
  expect(newestOfEach(all, 3)).toMatchObject({ older: 0, more: 3, flagged: 0 });
  // In the order of their dates, as everywhere.
  expect(ids(all, 3)).toEqual(['plain-9', 'high', 'panic']);
  const high = [3, 2, 1].map((day) => result(`h${day}`, day, { ...ofTest(day), ...flagged('HH') }));
  expect(newestOfEach(high, 2)).toMatchObject({ more: 1, flagged: 1 });
  expect(ids(high, 2)).toEqual(['h3', 'h2']);
});

test('a flag of one part of a blood pressure counts', () => {
  const part = (code: string, rest: object = {}) => ({
    code: { coding: [{ code }] },
    valueQuantity: { value: 1, unit: 'mmHg' },
    ...rest,
  });
  const pressure = result('bp', 1, {
    ...ofTest(1),
    valueQuantity: undefined,
    component: [part('8480-6', flagged('H')), part('8462-4')],
  });
  expect(ids([result('new', 2), pressure], 1)).toEqual(['bp']);
});
