import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newestOfEach } from './newest-of-each.ts';

const LOINC = 'http://loinc.org';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-03-31T12:00:00Z'), toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Returns a result of a day in March. */
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

test('newestOfEach keeps the newest value of a test, in whatever order the server sends them', () => {
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

test('a newer result with only an absent reason does not hide an older value', () => {
  const system = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
  const coded = (code: object) => ({
    valueQuantity: undefined,
    valueCodeableConcept: { coding: [code] },
  });
  const positive = result('old', 1, coded({ code: '10828004', display: 'Positive' }));
  const masked = result('new', 2, coded({ system, code: 'masked', display: 'Masked' }));
  expect(ids([masked, positive])).toEqual(['new', 'old']);
});

test('a result of another or an unknown germ is not an older value of the same test', () => {
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
  // Being in a panel does not make potassium another test.
  const panel = { ...germ('CBC', 'new'), valueString: undefined };
  const inPanel = [all[0]!, all[1]!, panel];
  expect(newestOfEach(inPanel, 10, find, inPanel).shown.map(({ id }) => id)).not.toContain('old');
  expect(ids([result('new', 2, flagged('S')), result('old', 1, flagged('S'))])).toHaveLength(2);
});

test('results of specimens of one type are of one test, whatever the specimen number', () => {
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
])('a result that is %s hides no value, and is hidden by a newer value', (_, rest) => {
  const all = [result('odd', 2, rest), result('value', 1)];
  expect(ids(all)).toEqual(['odd', 'value']);
  expect(ids([result('newest', 3), ...all])).toEqual(['newest']);
});

test('results whose order in time is uncertain are all kept', () => {
  const same = [result('a', 2), result('b', 2)];
  expect(ids(same)).toEqual(['a', 'b']);
  const hours = result('hours', 2, { effectiveDateTime: '2026-03-02T10:00:00Z' });
  expect(ids([hours, result('day', 2)])).toHaveLength(2);
  const month = result('month', 0, { effectiveDateTime: '2026-03' });
  expect(ids([result('day', 20), month])).toEqual(['day', 'month']);
  const undated = result('undated', 0, { effectiveDateTime: undefined });
  expect(ids([result('day', 20), undated])).toEqual(['day', 'undated']);
});

test('a flagged result gets a row before newer results that are not flagged', () => {
  const all = [
    ...[9, 8, 7].map((day) => result(`plain-${day}`, day, ofTest(day))),
    result('high', 6, { ...ofTest(6), ...flagged('H') }),
    result('normal', 5, { ...ofTest(5), ...flagged('N') }),
    result('panic', 4, { ...ofTest(4), interpretation: [{ text: 'panic, phoned' }] }),
  ];
  expect(newestOfEach(all, 3)).toMatchObject({ older: 0, more: 3, flagged: 0 });
  // The shown results keep the order of their dates.
  expect(ids(all, 3)).toEqual(['plain-9', 'high', 'panic']);
  const high = [3, 2, 1].map((day) => result(`h${day}`, day, { ...ofTest(day), ...flagged('HH') }));
  expect(newestOfEach(high, 2)).toMatchObject({ more: 1, flagged: 1 });
  expect(ids(high, 2)).toEqual(['h3', 'h2']);
});

test('a flag of one component of a blood pressure counts as a flag of the result', () => {
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

test('flagged results of unnamed samples do not displace the newest value of the same test', () => {
  const sample = (n: number) => ({ specimen: { reference: `Specimen/${n}` } });
  const old = [9, 8, 7, 6, 5, 4].map((day) =>
    result(`h${day}`, day, { ...flagged('HH'), ...sample(day) }),
  );
  const today = result('today', 20, sample(20));
  expect(ids([...old, today], 2)).toEqual(['today', 'h9']);
  // A result of the same moment is not newer.
  const twin = result('twin', 20, { ...flagged('H'), ...sample(21) });
  const other = result('other', 21, ofTest(1));
  expect(ids([other, today, twin], 2)).toEqual(['other', 'twin']);
});

test('half of the rows are for the newest values, however many old ones are flagged', () => {
  const old = [1, 2, 3, 4, 5, 6].map((n) =>
    result(`old-${n}`, 1, { ...ofTest(n), ...flagged('HH') }),
  );
  const today = [11, 12, 13, 14].map((n) => result(`today-${n}`, 20, ofTest(n)));
  const withdrawn = result('gone', 21, { ...ofTest(21), status: 'entered-in-error' });
  const shown = ids([withdrawn, ...old, ...today], 6);
  expect(shown).toEqual(['today-11', 'today-12', 'today-13', 'old-1', 'old-2', 'old-3']);
});

test('a result with a future date hides nothing and takes no row of the newest values', () => {
  const typo = result('2062', 1, { effectiveDateTime: '2062-03-01T10:00:00Z' });
  const high = result('high', 2, flagged('HH'));
  expect(ids([typo, high])).toEqual(['2062', 'high']);
  expect(ids([typo, high, result('low', 1, ofTest(1))], 2)).toEqual(['2062', 'high']);
  const normal = result('normal', 3, ofTest(3));
  expect(ids([typo, high, normal], 2)).toEqual(['normal', 'high']);
  // In another time zone it may be tomorrow already.
  const tomorrow = result('tomorrow', 0, { effectiveDateTime: '2026-04-01' });
  expect(ids([tomorrow, high])).toEqual(['tomorrow']);
});

test('results or components without a code or a name are not of the same test', () => {
  const unnamed = { code: { extension: [{ url: 'https://example.org/code' }] } };
  expect(ids([result('new', 2, unnamed), result('old', 1, unnamed)])).toEqual(['new', 'old']);
  const part = { component: [{ ...unnamed, valueString: 'x' }] };
  expect(ids([result('new', 2, part), result('old', 1, part)])).toEqual(['new', 'old']);
});

test('a reason why nothing was coded is no test either: it tells of two results nothing in common', () => {
  const system = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
  const flavor = (code: string, display: string, rest: object = {}) => ({
    code: { coding: [{ system, code, display }], ...rest },
  });
  for (const code of [flavor('UNK', 'unknown'), flavor('OTH', 'other')])
    expect(ids([result('new', 2, code), result('old', 1, code)])).toEqual(['new', 'old']);
  const part = { component: [{ ...flavor('UNK', 'unknown'), valueString: 'x' }] };
  expect(ids([result('new', 2, part), result('old', 1, part)])).toEqual(['new', 'old']);
  // Words of its own say what it is.
  const ferritin = flavor('UNK', 'unknown', { text: 'Ferritin' });
  expect(ids([result('new', 2, ferritin), result('old', 1, ferritin)])).toEqual(['new']);
});

test('a result with two values of one component is kept until both have newer values', () => {
  const parts = (...values: number[]) => ({
    valueQuantity: undefined,
    component: values.map((value) => ({ code: { text: 'Systolic' }, valueQuantity: { value } })),
  });
  expect(ids([result('new', 2, parts(120)), result('old', 1, parts(220, 130))])).toHaveLength(2);
  expect(ids([result('new', 2, parts(120, 110)), result('old', 1, parts(220, 130))])).toEqual([
    'new',
  ]);
});

test('a result with only an issue date does not hide a value measured before it', () => {
  const issued = result('issued', 0, { effectiveDateTime: undefined, issued: '2026-03-09T10:00Z' });
  expect(ids([issued, result('taken', 5)])).toEqual(['issued', 'taken']);
  expect(ids([issued, result('taken', 11)])).toEqual(['taken']);
});
