import type { Observation } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { interpretations } from './observation-interpretation.ts';
import { measurements, referenceRanges } from './observation.ts';

const quantity = (value: number, unit: string) => ({ value, unit });
const said = (code: string) => [{ coding: [{ code }] }];

describe('observation values', () => {
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

  it('have ranges with the same unit spelling as the value, if the unit is recorded', () => {
    const ranges = (text: string, unit = '10*3/uL') =>
      referenceRanges({
        valueQuantity: quantity(234, unit),
        referenceRange: [{ low: quantity(150, unit), high: quantity(400, unit), text }],
      });
    expect(ranges('150 - 400 10*3/uL')).toEqual(['150–400 10³/µL']);
    expect(ranges('150-400 10*3/uL (adults)')).toEqual(['150–400 10*3/uL (adults)']);
    expect(ranges('150-400 x10E3/uL')).toEqual(['150–400 x10E3/uL']);
    // The unit 1 is not shown with a value, but is not removed from a text.
    expect(ranges('150-400 1', '1')).toEqual(['150–400 1']);
    const valueQuantity = quantity(7, 'kg/m2');
    expect(referenceRanges({ valueQuantity, referenceRange: [{ text: '18-25 kg/m2' }] })).toEqual([
      '18–25 kg/m²',
    ]);
  });

  it('of a blood pressure are joined to one, with the interpretations of both parts', () => {
    expect(measurements(bp)).toMatchObject([
      { value: '151/95 mmHg', interpretations: [{ code: 'H', direction: 'high' }] },
    ]);
  });

  it('of a blood pressure name the part of an interpretation or a range', () => {
    const low = { valueQuantity: quantity(85, 'mmHg'), interpretation: said('L') };
    const range = { referenceRange: [{ text: '90 - 140' }] };
    const odd = {
      ...bp,
      component: [
        component('8480-6', 'Systolic', { ...low, ...range }),
        structuredClone(bp.component![1]!),
      ],
    };
    expect(measurements(odd)).toMatchObject([
      {
        value: '85/95 mmHg',
        interpretations: [
          { code: 'L', of: 'Systolic' },
          { code: 'H', of: 'Diastolic' },
        ],
        ranges: ['Systolic 90–140'],
      },
    ]);
    Object.assign(odd.component[1]!, { interpretation: said('L') });
    expect(measurements(odd)[0]?.interpretations).toMatchObject([{ code: 'L', of: undefined }]);
  });

  it('of a blood pressure are not joined with different units or with a comparator', () => {
    const odd = structuredClone(bp);
    odd.component![1]!.valueQuantity = quantity(10, 'kPa');
    expect(measurements(odd).map((m) => m.value)).toEqual(['151 mmHg', '10 kPa']);
    odd.component![1]!.valueQuantity = { ...quantity(10, 'mmHg'), comparator: '<' };
    expect(measurements(odd).map((m) => m.value)).toEqual(['151 mmHg', '< 10 mmHg']);
  });

  it('of components come after the value and interpretation of the whole', () => {
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

  it('are not shortened if they are long texts', () => {
    const histology = `${'No malignancy in block 1. '.repeat(60)}Carcinoma in block 2`;
    expect(measurements({ valueString: histology })[0]?.value).toBe(histology);
    const coded = { valueCodeableConcept: { text: histology } };
    expect(measurements(coded)[0]?.value).toBe(histology);
  });

  it('name the type of a value that cannot be shown as text', () => {
    const curve = { valueSampledData: { data: '1 2 3' } };
    const unsaid = { value: undefined, unsaid: 'SampledData' };
    expect(measurements(curve)).toMatchObject([unsaid]);
    expect(measurements({ ...bp, ...curve })).toMatchObject([unsaid, { value: '151/95 mmHg' }]);
    expect(measurements({ component: [curve] })).toMatchObject([unsaid]);
  });

  it('have the reason why a value is missing, and keep a boolean as a boolean', () => {
    const url = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';
    const masked = { extension: [{ url, valueCode: 'masked' }] };
    for (const withheld of [
      { valueQuantity: masked },
      { valueQuantity: { _value: masked, unit: 'mg' } },
      { _valueString: masked },
      { valueCodeableConcept: masked },
      { component: [{ code: { text: 'A' }, valueQuantity: masked }] },
    ])
      expect(measurements(withheld)).toMatchObject([{ value: undefined, absent: 'masked' }]);
    expect(measurements({ valueQuantity: { ...masked, value: 1 } })).toMatchObject([
      { value: '1', absent: undefined },
    ]);
    expect(measurements({ valueQuantity: {} })).toMatchObject([{ absent: undefined }]);
    const absent = { dataAbsentReason: { text: 'Not performed' } };
    expect(measurements(absent)).toMatchObject([{ value: undefined, absent: 'Not performed' }]);
    expect(measurements({ valueBoolean: false })).toMatchObject([{ value: false }]);
  });

  it('are absent if their code is only a reason for a missing value', () => {
    const DAR = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
    const FLAVOR = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
    const coded = (system: string, code: string, display: string, more: object = {}) => ({
      coding: [{ system, code, display }],
      ...more,
    });
    const value = (valueCodeableConcept: object) => measurements({ valueCodeableConcept })[0];
    expect(value(coded(DAR, 'masked', 'Masked'))).toMatchObject({
      value: undefined,
      absent: 'masked',
    });
    expect(value(coded(FLAVOR, 'ASKU', 'asked but unknown'))).toMatchObject({
      value: undefined,
      absent: 'asked-unknown',
    });
    // "Trace", an amount too small to measure, is a result.
    expect(value(coded(FLAVOR, 'TRC', 'trace'))).toMatchObject({
      value: 'trace',
      absent: undefined,
    });
    const own = { text: 'Yeasts' };
    expect(value(coded(FLAVOR, 'UNK', 'unknown', own))).toMatchObject({ value: 'Yeasts' });
    const absent = (dataAbsentReason: object) => measurements({ dataAbsentReason })[0]?.absent;
    expect(absent(coded(DAR, 'not-performed', 'Not Performed'))).toBe('not-performed');
    expect(absent(coded(FLAVOR, 'MSK', 'masked'))).toBe('masked');
    expect(absent(coded(DAR, 'error', 'Error', { text: 'Haemolysed' }))).toBe('Haemolysed');
    expect(absent(coded('urn:lab', 'QNS', 'Too little'))).toBe('Too little');
    expect(absent(coded(FLAVOR, 'OTH', 'other'))).toBe('other');
  });

  it('have all recorded interpretations, and those with unknown codes as text', () => {
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

  it.each([
    ['http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation', 'R'],
    ['http://terminology.hl7.org/CodeSystem/v2-0078', 'R'],
    ['http://hl7.org/fhir/v2/0078', 'R'],
    ['http://hl7.org/fhir/v3/ObservationInterpretation', 'R'],
    ['urn:oid:2.16.840.1.113883.5.83', 'R'],
    ['urn:oid:1.2.3.4', undefined],
    ['https://lab.example/flags', undefined],
  ])('have for the interpretation R of the system %s the code %s', (system, code) => {
    const coding = [{ system, code: 'R', display: 'Repeated' }];
    const [flag] = interpretations({ interpretation: [{ coding }] });
    expect(flag).toMatchObject({ code, text: code ? undefined : 'Repeated' });
    if (!code) expect(flag?.level).toBe('normal');
  });

  it('keep the text of an interpretation if it says more than the code', () => {
    const flag = (rest: object, code = 'H') =>
      interpretations({ interpretation: [{ coding: [{ code, display: 'High' }], ...rest }] })[0];
    expect(flag({ text: 'Panic value, phoned' })).toMatchObject({
      code: 'H',
      text: 'Panic value, phoned',
    });
    for (const repeated of ['H', 'High', undefined])
      expect(flag({ text: repeated })?.text).toBeUndefined();
    // Since 2019 EUCAST uses I with a meaning for which HL7 has no code.
    const increased = 'Susceptible, increased exposure';
    expect(flag({ text: increased }, 'I')?.text).toBe(increased);
    const coding = [{ code: 'I', display: increased }];
    expect(interpretations({ interpretation: [{ coding }] })[0]?.text).toBe(increased);
  });

  it.each([
    ['H>', 'HU'],
    ['L<', 'LU'],
    ['SDD', 'SDD'],
    ['WR', 'WR'],
  ])('have for the interpretation %s the code %s', (code, known) => {
    expect(interpretations({ interpretation: said(code) })[0]).toMatchObject({
      code: known,
      level: 'abnormal',
    });
  });

  it('have ranges with the group of people they apply to', () => {
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
    const bounds = { low: quantity(3.5, 'mmol/L'), high: quantity(5.1, 'mmol/L') };
    const coded = (code: string, system: string) => ({ coding: [{ system, code }] });
    const race = coded('1002-5', 'http://terminology.hl7.org/CodeSystem/v3-Race');
    const type = coded('77386006', 'http://snomed.info/sct');
    expect(ranges({ ...bounds, appliesTo: [race] })).toEqual(['3.5–5.1 mmol/L (code 1002-5)']);
    expect(ranges({ ...bounds, type })).toEqual(['3.5–5.1 mmol/L (SNOMED CT 77386006)']);
  });

  it.each([
    // A text without the limits is shown in addition to them.
    [{ text: 'fasting', low: quantity(4, 'mmol/L') }, '≥ 4 mmol/L (fasting)'],
    [
      { text: 'Female, 18 years and over', low: quantity(45, 'µmol/L'), high: quantity(84, '') },
      '45–84 µmol/L (Female, 18 years and over)',
    ],
    [
      { text: 'Non-pregnant, >20y', low: quantity(0.4, 'mIU/L'), high: quantity(4, 'mIU/L') },
      '0.4–4 mIU/L (Non-pregnant, >20y)',
    ],
    [{ text: '18 years and over', high: quantity(18, 'g/dL') }, '≤ 18 g/dL (18 years and over)'],
    // A text that contains the limits is shown alone.
    [
      { text: '3.5 - 5.0 g/dL', low: quantity(3.5, 'g/dL'), high: quantity(5, 'g/dL') },
      '3.5–5.0 g/dL',
    ],
    [{ text: '3,5 bis 5,0', low: quantity(3.5, 'g/dL'), high: quantity(5, 'g/dL') }, '3,5 bis 5,0'],
    [{ text: '-2 to +2', low: quantity(-2, 'mmol/L'), high: quantity(2, 'mmol/L') }, '-2 to +2'],
    [{ text: '<18 (adults)', high: quantity(18, 'g/dL') }, '<18 (adults)'],
  ])('have a range with both the limits and the text of %j', (range, shown) => {
    expect(referenceRanges({ referenceRange: [range] })).toEqual([shown]);
  });
});
