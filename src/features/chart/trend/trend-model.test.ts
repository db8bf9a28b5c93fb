import { describe, expect, test } from 'vitest';
import { trends, weight } from './trend-fixture.ts';

test('three values of one test in one unit are a trend, oldest first', () => {
  const [series] = trends([weight(3, 72), weight(1, 70), weight(2, 71)]);
  expect(series).toMatchObject({ label: 'Body weight', unit: 'kg' });
  expect(series?.lines[0]?.points.map(({ value }) => value)).toEqual([70, 71, 72]);
  expect(trends([weight(1, 70), weight(2, 71)])).toEqual([]);
});

test('a withdrawn, bounded, modified or undated value, or one in another unit, joins no line', () => {
  const three = [weight(1, 70), weight(2, 71), weight(3, 72)];
  const odd = [
    weight(4, 999, { status: 'entered-in-error' }),
    weight(4, 999, { status: 'cancelled' }),
    weight(4, 999, { modifierExtension: [{ url: 'https://example.org/not' }] }),
    weight(4, 999, { valueQuantity: { value: 999, unit: 'kg', comparator: '<' } }),
    weight(4, 999, { valueQuantity: { value: 999, unit: 'lb' } }),
    weight(4, 999, { effectiveDateTime: undefined }),
  ];
  const all = trends([...three, ...odd]);
  expect(all).toHaveLength(1);
  expect(JSON.stringify(all[0]?.lines.map(({ points }) => points))).not.toContain('999');
});

describe('coded components of a test', () => {
  const part = (code: string, display: string, value: number, rest: object = {}) => ({
    code: { coding: [{ system: 'http://loinc.org', code, display }], ...rest },
    valueQuantity: { value, unit: 'mmHg' },
  });
  const bp = (day: number, ...component: readonly object[]) =>
    weight(day, 0, { code: { text: 'Blood pressure' }, valueQuantity: undefined, component });
  const lines = (...all: readonly object[]) =>
    trends(all).flatMap((series) =>
      series.lines.map(({ label, points }) => [label, ...points.map(({ value }) => value)]),
    );

  test('are one line for all displays of one code, named by the newest display', () => {
    const old = [1, 2, 3].map((day) => bp(day, part('8480-6', 'Systolic', 119 + day)));
    expect(lines(...old, bp(4, part('8480-6', 'Systolic blood pressure', 210)))).toEqual([
      ['Systolic blood pressure', 120, 121, 122, 210],
    ]);
  });

  test('are separate lines if one result has several texts with the same code', () => {
    const positions = (day: number) =>
      bp(
        day,
        part('8480-6', 'Systolic', 120, { text: 'Systolic, lying' }),
        part('8480-6', 'Systolic', 100, { text: 'Systolic, standing' }),
      );
    expect(lines(positions(1), positions(2), positions(3))).toEqual([
      ['Systolic, lying', 120, 120, 120],
      ['Systolic, standing', 100, 100, 100],
    ]);
  });
});

test('a NullFlavor code does not join different tests', () => {
  const code = (text: string) => ({
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor', code: 'UNK' }],
    text,
  });
  const days = [1, 2, 3];
  const of = (text: string) => days.map((day) => weight(day, 4, { code: code(text) }));
  expect(trends([...of('Sodium'), ...of('Potassium')]).map(({ label }) => label)).toEqual([
    'Sodium',
    'Potassium',
  ]);
});

test('what nobody named is not drawn as one thing', () => {
  const system = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
  const unknown = { coding: [{ system, code: 'UNK', display: 'unknown' }] };
  const days = [1, 2, 3];
  expect(trends(days.map((day) => weight(day, 4, { code: unknown })))).toEqual([]);
  // Nor are parts: but one of them may be the newest of a line.
  const part = (code: object, value: number) => ({ code, valueQuantity: { value, unit: 'mmHg' } });
  const of = (day: number, code: object) =>
    weight(day, 0, {
      id: `o${day}`,
      code: { text: 'Blood pressure' },
      valueQuantity: undefined,
      component: [part(code, 120), part({ text: 'Diastolic' }, 80)],
    });
  const labels = (...all: readonly object[]) =>
    trends(all).flatMap(({ lines }) =>
      lines.map(({ label, undrawn }) => [label, undrawn !== undefined]),
    );
  expect(labels(...days.map((day) => of(day, unknown)))).toEqual([['Diastolic', false]]);
  const named = days.map((day) => of(day, { text: 'Systolic' }));
  expect(labels(...named, of(4, unknown))).toEqual([
    ['Systolic', true],
    ['Diastolic', false],
  ]);
});

test('a code is the same test only with its system, or without a system with its text', () => {
  const coded = (display: string, system?: string) => ({
    code: { coding: [{ system, code: '1001', display }] },
  });
  const labels = (...codes: readonly object[]) =>
    trends(codes.flatMap((code) => [1, 2, 3].map((day) => weight(day, 4, code)))).map(
      ({ label, lines }) => [label, lines[0]?.points.length],
    );
  expect(labels(coded('Sodium', 'urn:a'), coded('Potassium', 'urn:b'))).toEqual([
    ['Sodium', 3],
    ['Potassium', 3],
  ]);
  expect(labels(coded('Sodium'), coded('Potassium'))).toHaveLength(2);
  expect(labels(coded('Sodium', 'urn:a'), coded('Natrium', 'urn:a'))).toEqual([['Sodium', 6]]);
});

test('the components of a blood pressure are the lines of one figure', () => {
  const part = (code: string, value: number) => ({
    code: { text: code },
    valueQuantity: { value, unit: 'mmHg' },
  });
  const bp = (day: number) =>
    weight(day, 0, {
      code: { text: 'Blood pressure' },
      valueQuantity: undefined,
      component: [part('Systolic', 120 + day), part('Diastolic', 80)],
    });
  const all = trends([bp(1), bp(2), bp(3)]);
  expect(all.map(({ lines }) => lines.map(({ label }) => label))).toEqual([
    ['Systolic', 'Diastolic'],
  ]);
});

test('body sites and methods have their own named figures', () => {
  const eye = (side: string) => ({ bodySite: { text: `${side} eye` } });
  const days = [1, 2, 3];
  const all = trends([
    ...days.map((day) => weight(day, 14, eye('Right'))),
    ...days.map((day) => weight(day, 35, eye('Left'))),
    ...days.map((day) => weight(day, 36, { method: { text: 'Oral' } })),
  ]);
  expect(all.map(({ label, lines }) => [label, lines[0]?.points.at(-1)?.value])).toEqual([
    ['Body weight, Right eye', 14],
    ['Body weight, Left eye', 35],
    ['Body weight, Oral', 36],
  ]);
  expect(new Set(all.map(({ key }) => key)).size).toBe(3);
});

test('results about another person are not drawn', () => {
  const mother = { focus: [{ display: 'Her mother' }] };
  expect(trends([1, 2, 3].map((day) => weight(day, 70, mother)))).toEqual([]);
});

test('spellings of one unit are one line with the newest spelling, and no unit is converted', () => {
  const ucum = (value: number, unit: string, code: string) => ({
    valueQuantity: { value, unit, code, system: 'http://unitsofmeasure.org' },
  });
  const [series, ...others] = trends([
    weight(1, 0, ucum(6.3, 'mmol/l', 'mmol/L')),
    weight(2, 0, ucum(6.1, 'mmol/L', 'mmol/L')),
    weight(3, 0, ucum(7.1, 'millimol/L', 'mmol/L')),
  ]);
  expect(series).toMatchObject({ unit: 'millimol/L', lines: [{ points: { length: 3 } }] });
  expect(others).toEqual([]);
  const pounds = weight(1, 0, ucum(185, 'lbs', '[lb_av]'));
  expect(trends([pounds, weight(2, 83), weight(3, 82)])).toEqual([]);
  const local = { valueQuantity: { value: 4, unit: 'kg', code: 'kg', system: 'urn:oid:1.2.3' } };
  expect(trends([weight(1, 83), weight(2, 82), weight(3, 0, local)])).toEqual([]);
  // A unit without a code is matched by its text.
  expect(trends([weight(1, 83), weight(2, 82), weight(3, 0, ucum(81, 'kilo', 'kg'))])).toHaveLength(
    1,
  );
});

test('another specimen has its own figure', () => {
  const cord = { specimen: { display: 'Cord blood' } };
  const all = [1, 2, 3].flatMap((day) => [weight(day, 4), weight(day, 9, cord)]);
  expect(trends(all).map(({ label }) => label)).toEqual(['Body weight', 'Body weight, Cord blood']);
});

test('susceptibilities of different or unknown germs are never one line', () => {
  const days = [1, 2, 3];
  const id = (germ: string, day: number) => `${germ}${day}`;
  const resistant = { interpretation: [{ coding: [{ code: 'R' }] }] };
  const mic = (germ: string, day: number, rest: object = resistant) =>
    weight(day, 8, { id: id(germ, day), code: { text: 'Ciprofloxacin MIC' }, ...rest });
  const germ = (name: string) => ({
    ...weight(1, 0, { id: name, valueQuantity: undefined, code: { text: 'Culture' } }),
    valueString: name,
    hasMember: days.map((day) => ({ reference: `Observation/${id(name, day)}` })),
  });
  const both = days.flatMap((day) => [mic('Klebsiella', day), mic('Staph', day)]);
  expect(trends(both)).toEqual([]);
  const labels = trends([...both, germ('Klebsiella'), germ('Staph')]).map(({ label }) => label);
  expect(labels).toEqual([
    'Ciprofloxacin MIC, Culture: Klebsiella',
    'Ciprofloxacin MIC, Culture: Staph',
  ]);
});
