import { describe, expect, it, test } from 'vitest';
import { codeOf, conceptText } from './coding.ts';
import { unitText } from './units.ts';
import { choiceText, formatAges, formatPeriod, formatQuantity, formatRange } from './values.ts';

const quantity = (value: number, unit: string) => ({ value, unit });

describe('values', () => {
  it('are shown with their unit, and codes with their display', () => {
    expect(formatQuantity({ value: 5.6, unit: 'mmol/L' })).toBe('5.6 mmol/L');
    expect(formatQuantity({ value: 0.1, comparator: '<', code: 'mg/L' })).toBe('< 0.1 mg/L');
    expect(formatQuantity({ value: 98, unit: '%' })).toBe('98 %');
    expect(formatQuantity({ unit: 'kg' })).toBeUndefined();
    expect(choiceText({ valueMoney: { value: 5, currency: 'EUR' } }, 'value')).toBe('5 EUR');
    expect(choiceText({ onsetAge: { value: 7, unit: 'a' } }, 'onset')).toBe('7y');
    expect(conceptText({ coding: [{ code: 'x' }, { display: 'Words' }] })).toBe('Words');
    const coding = [
      { system: 'a', code: '1' },
      { system: 'b', code: '2' },
    ];
    expect(codeOf({ coding }, 'b')).toBe('2');
  });

  it('of time have the short unit of the page if their unit is only a UCUM code', () => {
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
    const onset = (onsetRange: object) => choiceText({ onsetRange }, 'onset');
    expect(onset({ low: years(40), high: years(45) })).toBe('40y–45y');
    expect(onset({ low: years(40) })).toBe('≥ 40y');
    const [low, high] = [quantity(40, 'years'), quantity(45, 'years')];
    expect(onset({ low, high })).toBe('40–45 years');
    expect(choiceText({ valueRange: { low: years(40), high: years(45) } }, 'value')).toBe(
      '40–45 a',
    );
  });

  it('of a range have one unit, unless the bounds have different units', () => {
    expect(formatRange({ low: quantity(3.5, 'mmol/L'), high: { value: 5.1 } })).toBe(
      '3.5–5.1 mmol/L',
    );
    expect(formatRange({ low: quantity(500, 'mg'), high: quantity(1, 'g') })).toBe('500 mg – 1 g');
    expect(formatRange({ high: quantity(5, 'mmol/L') })).toBe('≤ 5 mmol/L');
    expect(formatRange({ low: quantity(60, 'mL') })).toBe('≥ 60 mL');
  });

  it('of a period show the date once if both ends are on the same day', () => {
    const period = (start?: string, end?: string) => formatPeriod({ start, end });
    expect(period('2020-07-14', '2020-07-20')).toBe('14-Jul-2020 – 20-Jul-2020');
    expect(period('2020-07-14T10:00:00', '2020-07-14T10:20:00')).toBe('14-Jul-2020 10:00 – 10:20');
    expect(period('2020-07-14')).toBe('14-Jul-2020 –');
    expect(period(undefined, '2020-07-14')).toBe('– 14-Jul-2020');
    expect(period('2020-07-14', '2020-07-14')).toBe('14-Jul-2020');
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
    ['ug/g{stool}', 'mcg/g stool'],
    ['mg/dL{FEU}', 'mg/dL FEU'],
    ['{a}{b}', 'a b'],
    ['1', undefined],
    ['mmol/L', 'mmol/L'],
    ['breaths/minute', 'breaths/minute'],
    ['cups (large)', 'cups (large)'],
    [undefined, undefined],
  ])('sent as %s are shown as %s', (code, shown) => {
    expect(unitText(code)).toBe(shown);
  });
});
