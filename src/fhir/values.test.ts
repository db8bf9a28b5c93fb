import type { Observation } from 'fhir/r4';
import { describe, expect, it, test } from 'vitest';
import { codeOf, conceptText } from './coding.ts';
import { interpretations, measurements, referenceRanges } from './observation.ts';
import { unitText } from './units.ts';
import { choiceText, formatAges, formatPeriod, formatQuantity, formatRange } from './values.ts';

const quantity = (value: number, unit: string) => ({ value, unit });
const said = (code: string) => [{ coding: [{ code }] }];

describe('values', () => {
  it('are shown with their unit', () => {
    expect(formatQuantity({ value: 5.6, unit: 'mmol/L' })).toBe('5.6 mmol/L');
    expect(formatQuantity({ value: 0.1, comparator: '<', code: 'mg/L' })).toBe('< 0.1 mg/L');
    expect(formatQuantity({ value: 98, unit: '%' })).toBe('98 %');
    expect(formatQuantity({ unit: 'kg' })).toBeUndefined();
    expect(choiceText({ onsetAge: { value: 7, unit: 'a' } }, 'onset')).toBe('7y');
    expect(conceptText({ coding: [{ code: 'x' }, { display: 'Words' }] })).toBe('Words');
    const coding = [
      { system: 'a', code: '1' },
      { system: 'b', code: '2' },
    ];
    expect(codeOf({ coding }, 'b')).toBe('2');
  });

  it('of time are in words, where only a code stands for its unit', () => {
    const age = { value: 12, system: 'http://unitsofmeasure.org', code: 'a' };
    expect(choiceText({ onsetAge: age }, 'onset')).toBe('12y');
    expect(choiceText({ onsetAge: { ...age, comparator: '<' } }, 'onset')).toBe('< 12y');
    expect(choiceText({ onsetAge: { ...age, unit: 'years' } }, 'onset')).toBe('12 years');
    expect(choiceText({ onsetAge: { value: 3, code: 'mo' } }, 'onset')).toBe('3m');
    expect(choiceText({ onsetAge: { value: 3, code: 'constructor' } }, 'onset')).toBe(
      '3 constructor',
    );
    const years = (value: number) => quantity(value, 'a');
    expect(formatAges({ low: years(2), high: years(12) })).toBe('2y–12y');
    expect(formatAges({ high: { value: 3, code: 'mo' } })).toBe('≤ 3m');
    expect(formatAges({})).toBeUndefined();
  });

  it('of a range have one unit, unless its bounds differ in it', () => {
    expect(formatRange({ low: quantity(3.5, 'mmol/L'), high: { value: 5.1 } })).toBe(
      '3.5–5.1 mmol/L',
    );
    expect(formatRange({ low: quantity(500, 'mg'), high: quantity(1, 'g') })).toBe('500 mg – 1 g');
    expect(formatRange({ high: quantity(5, 'mmol/L') })).toBe('≤ 5 mmol/L');
    expect(formatRange({ low: quantity(60, 'mL') })).toBe('≥ 60 mL');
  });

  it('of a period name a day once', () => {
    const period = (start?: string, end?: string) => formatPeriod({ start, end });
    expect(period('2020-07-14', '2020-07-20')).toBe('14-Jul-2020 – 20-Jul-2020');
    expect(period('2020-07-14T10:00:00', '2020-07-14T10:20:00')).toBe('14-Jul-2020 10:00 – 10:20');
    expect(period('2020-07-14')).toBe('14-Jul-2020 –');
    expect(period(undefined, '2020-07-14')).toBe('– 14-Jul-2020');
    expect(period('2020-07-14', '2020-07-14')).toBe('14-Jul-2020');
  });
});

describe('observations', () => {
  const component = (code: string, display: string, value: object) => ({
    code: { coding: [{ system: 'http://loinc.org', code, display }] },
    ...value,
  });
  const bp: Observation = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'Blood pressure' },
    component: [
      component('8480-6', 'Systolic', { valueQuantity: quantity(151, 'mmHg') }),
      component('8462-4', 'Diastolic', {
        valueQuantity: quantity(95, 'mmHg'),
        interpretation: said('H'),
      }),
    ],
  };

  it('of a blood pressure are one value, with what was said of either part', () => {
    expect(measurements(bp)).toMatchObject([
      { value: '151/95 mmHg', interpretations: [{ code: 'H', direction: 'high' }] },
    ]);
  });

  it('in different units, or as a bound, stay apart', () => {
    const odd = structuredClone(bp);
    odd.component![1]!.valueQuantity = quantity(10, 'kPa');
    expect(measurements(odd).map((m) => m.value)).toEqual(['151 mmHg', '10 kPa']);
    odd.component![1]!.valueQuantity = { ...quantity(10, 'mmHg'), comparator: '<' };
    expect(measurements(odd).map((m) => m.value)).toEqual(['151 mmHg', '< 10 mmHg']);
  });

  it('with parts keep what was said of the whole, and a value of its own', () => {
    const odd = structuredClone(bp);
    odd.component![1]!.valueQuantity = quantity(10, 'kPa');
    odd.interpretation = said('HH');
    const critical = { interpretations: [{ code: 'HH', level: 'critical' }] };
    expect(measurements(odd)).toMatchObject([
      { value: undefined, ...critical },
      { value: '151 mmHg' },
      { value: '10 kPa' },
    ]);
    const mean = { ...bp, valueQuantity: quantity(114, 'mmHg'), interpretation: said('HH') };
    expect(measurements(mean)).toMatchObject([
      { value: '114 mmHg', ...critical },
      { value: '151/95 mmHg', interpretations: [{ code: 'H' }] },
    ]);
  });

  it('keep the last words of a long text', () => {
    const histology = `${'No malignancy in block 1. '.repeat(60)}Carcinoma in block 2`;
    expect(measurements({ valueString: histology })[0]?.value).toBe(histology);
    expect(choiceText({ valueCodeableConcept: { text: histology } }, 'value')).toBe(histology);
  });

  it('say that there is a value where words cannot say it', () => {
    const curve = { valueSampledData: { data: '1 2 3' } };
    const unsaid = { value: undefined, unsaid: 'SampledData' };
    expect(measurements(curve)).toMatchObject([unsaid]);
    expect(measurements({ ...bp, ...curve })).toMatchObject([unsaid, { value: '151/95 mmHg' }]);
    expect(measurements({ component: [curve] })).toMatchObject([unsaid]);
  });

  it('say why a value is missing, and keep a boolean for the page to put into words', () => {
    const absent = { dataAbsentReason: { text: 'Not performed' } };
    expect(measurements(absent)).toMatchObject([{ value: undefined, absent: 'Not performed' }]);
    expect(measurements({ valueBoolean: false })).toMatchObject([{ value: false }]);
  });

  it('carry every interpretation of the laboratory, unknown codes in its own words', () => {
    expect(interpretations({ interpretation: said('HH') })).toMatchObject([
      { code: 'HH', level: 'critical', direction: 'high' },
    ]);
    expect(
      interpretations({ interpretation: [...said('L'), { text: 'rising', coding: [] }] }),
    ).toMatchObject([{ code: 'L' }, { code: undefined, text: 'rising', level: 'normal' }]);
    expect(interpretations({ interpretation: said('toString') })).toMatchObject([
      { code: undefined, text: 'toString' },
    ]);
    expect(interpretations({})).toEqual([]);
  });

  it('have ranges with whom they are for', () => {
    const ranges = (range: object) => referenceRanges({ referenceRange: [range] });
    expect(ranges({ text: '4 - 5.6 %' })).toEqual(['4–5.6 %']);
    expect(ranges({ text: '2020-01-02' })).toEqual(['2020-01-02']);
    expect(
      ranges({
        high: quantity(140, 'mmHg'),
        type: { coding: [{ code: 'normal', display: 'Normal Range' }] },
        appliesTo: [{ text: 'Female' }],
        age: { low: quantity(18, 'a') },
      }),
    ).toEqual(['≤ 140 mmHg (Female, ≥ 18y)']);
    // Words beside the numbers take nothing away from them.
    expect(ranges({ text: 'fasting', low: quantity(4, 'mmol/L') })).toEqual([
      '≥ 4 mmol/L (fasting)',
    ]);
  });
});

describe('units', () => {
  test.each([
    ['10*3/uL', '10³/µL'],
    ['10^9/L', '10⁹/L'],
    ['10*-3', '10⁻³'],
    ['umol/L', 'µmol/L'],
    ['ug/dL', 'mcg/dL'],
    ['kg/m2', 'kg/m²'],
    ['mL/min/{1.73_m2}', 'mL/min/1.73 m²'],
    ['mm[Hg]', 'mmHg'],
    ['Cel', '°C'],
    ['[iU]/L', 'IU/L'],
    ['{score}', 'score'],
    ['1', undefined],
    ['mmol/L', 'mmol/L'],
    ['breaths/minute', 'breaths/minute'],
    ['cups (large)', 'cups (large)'],
    [undefined, undefined],
  ])('%s is written %s', (code, shown) => {
    expect(unitText(code)).toBe(shown);
  });
});
