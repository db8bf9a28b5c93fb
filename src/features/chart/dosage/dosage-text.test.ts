import { describe, expect, test } from 'vitest';
import { dosageLines } from './dosage-text.ts';
import type { T } from './messages.ts';

const t: T = (id, values) => [id, ...Object.values(values ?? {})].join(' ');
const lines = (...dosages: readonly object[]) => dosageLines(dosages, t);
const dose = (fields: object) => lines(fields)[0];
const mg = { value: 500, unit: 'mg' };
const daily = { frequency: 1, period: 1, periodUnit: 'd' };

describe('dosageLines', () => {
  test('shows the text of a dosage as its author wrote it', () => {
    expect(lines({ text: '1 tablet at night' })).toEqual(['1 tablet at night']);
    expect(lines({})).toEqual([]);
  });

  test('adds to the text the coded end, maximum dose and as-needed', () => {
    const boundsPeriod = { start: '2023-01-01', end: '2023-01-08' };
    expect(
      lines({ text: 'Take 1 tablet daily', timing: { repeat: { ...daily, boundsPeriod } } }),
    ).toEqual(['Take 1 tablet daily', 'coded daily 1; 01-Jan-2023 – 08-Jan-2023']);
    const maxDosePerPeriod = {
      numerator: { value: 4, unit: 'g' },
      denominator: { value: 24, unit: 'h' },
    };
    expect(lines({ text: 'As directed', asNeededBoolean: true, maxDosePerPeriod })).toEqual([
      'As directed',
      'coded asNeeded; most in 4 g 24hr',
    ]);
  });

  test('adds to the text the coded dose', () => {
    const doseAndRate = [{ doseQuantity: { value: 2, unit: 'tablet' } }];
    expect(lines({ text: 'See instructions', doseAndRate, route: { text: 'oral' } })).toEqual([
      'See instructions',
      'coded 2 tablet; oral',
    ]);
    // The coded dose is shown although the text contains it: "5 mg" is in "25 mg", too.
    expect(lines({ text: '25 mg', doseAndRate: [{ doseQuantity: { ...mg, value: 5 } }] })).toEqual([
      '25 mg',
      'coded 5 mg',
    ]);
  });

  test('shows an instruction once, and does not take it for its opposite in the text', () => {
    const additionalInstruction = [{ text: 'Take with food' }];
    expect(
      lines({ text: '1 tablet. Take  with food.\nNo alcohol', additionalInstruction }),
    ).toHaveLength(1);
    const text = 'Do not take with food.';
    expect(lines({ text, additionalInstruction })).toEqual([text, 'Take with food']);
    const patientInstruction = 'Drink much water';
    expect(lines({ text, patientInstruction })).toEqual([text, patientInstruction]);
  });

  test('shows an instruction to the patient after the dose, not instead of it', () => {
    expect(dose({ patientInstruction: 'With food', doseAndRate: [{ doseQuantity: mg }] })).toBe(
      '500 mg; With food',
    );
  });

  test('never puts a number without a unit next to another number', () => {
    const timing = { repeat: { ...daily, frequency: 2 } };
    expect(dose({ doseAndRate: [{ doseQuantity: { value: 1 } }], timing })).toBe('dose 1; daily 2');
    const doseRange = { low: { value: 1 }, high: { value: 2, code: '1' } };
    expect(dose({ doseAndRate: [{ doseRange }], timing })).toBe('dose 1–2; daily 2');
    expect(dose({ doseAndRate: [{ rateQuantity: { value: 80 } }] })).toBe('more');
  });

  test.each([
    [{ value: 10, unit: 'U', code: 'U' }, '10 units 10'],
    [{ value: 10, code: '[IU]' }, '10 internationalUnits 10'],
    [{ value: 1, unit: '[iU]' }, '1 internationalUnits 1'],
    [{ value: 2, unit: 'U/h' }, '2 units 2/h'],
    [{ value: 2, unit: 'mU/mL' }, '2 mU/mL'],
    [{ value: 25, code: 'ug' }, '25 mcg'],
    [{ value: 25, unit: 'µg', code: 'ug' }, '25 mcg'],
  ])('spells out a unit that is easily misread: %o', (doseQuantity, words) => {
    expect(dose({ doseAndRate: [{ doseQuantity }] })).toBe(words);
  });

  test('shows as-needed and the maximum doses', () => {
    const dosage = {
      doseAndRate: [{ doseRange: { low: { value: 1, unit: 'g' }, high: { value: 2, unit: 'g' } } }],
      asNeededBoolean: true,
      maxDosePerPeriod: {
        numerator: { value: 4, unit: 'g' },
        denominator: { value: 1, code: 'd', unit: 'day' },
      },
      route: { text: 'oral' },
    };
    expect(dose(dosage)).toBe('1–2 g; asNeeded; most in 4 g 1d; oral');
    expect(
      dose({ maxDosePerAdministration: mg, maxDosePerLifetime: { value: 9, unit: 'g' } }),
    ).toBe('mostOnce 500 mg; mostEver 9 g');
    expect(dose({ asNeededCodeableConcept: { text: 'pain' } })).toBe('asNeeded (pain)');
    expect(dose({ asNeededBoolean: false, route: { text: 'oral' } })).toBe('oral');
  });

  test.each([
    [{ extension: [{ url: 'x', valueCode: 'masked' }] }],
    [{ coding: [] }],
    [{ text: '' }],
  ])('shows as-needed, also where the reason has no text: %j', (asNeededCodeableConcept) => {
    expect(dose({ asNeededCodeableConcept, route: { text: 'oral' } })).toBe('asNeeded; oral');
    expect(dose({ asNeededCodeableConcept, asNeededBoolean: false })).toBe('asNeeded');
  });

  test('says that there is more where the server withholds whether a dose is as needed', () => {
    const reason = { extension: [{ url: 'x', valueCode: 'masked' }] };
    expect(dose({ _asNeededBoolean: reason, route: { text: 'oral' } })).toBe('oral; more');
  });

  test('shows a rate, and says that there is more than the first of several doses', () => {
    expect(dose({ doseAndRate: [{ rateQuantity: { value: 80, unit: 'mL/h' } }] })).toBe('80 mL/h');
    const rateRatio = {
      numerator: { value: 100, unit: 'mL' },
      denominator: { value: 1, unit: 'h' },
    };
    expect(dose({ doseAndRate: [{ rateRatio }] })).toBe('in 100 mL 1hr');
    const two = [{ doseQuantity: mg }, { doseQuantity: { value: 510, unit: 'mg' } }];
    expect(dose({ doseAndRate: two })).toBe('500 mg; more');
    const typed = two.map((of, n) => ({ ...of, type: { text: ['ordered', 'calculated'][n] } }));
    expect(dose({ doseAndRate: typed })).toBe('500 mg (ordered); 510 mg (calculated)');
  });

  test('orders consecutive doses by their sequence and numbers the steps', () => {
    const then = { sequence: 2, text: 'then 20 mg' };
    const first = { sequence: 1, text: '40 mg' };
    expect(lines(then, first)).toEqual(['step 1 40 mg', 'step 2 then 20 mg']);
    expect(lines({ ...then, sequence: 1 }, first)).toEqual(['then 20 mg', '40 mg']);
    expect(lines({ text: 'unnumbered' }, first)).toEqual(['40 mg', 'unnumbered']);
  });

  test('says that there is more where an element is unknown', () => {
    expect(dose({ asNeeded: true })).toBe('more');
    expect(dose({ text: 'As directed', extension: [{}], _text: {} })).toBe('As directed');
    expect(lines({ text: 'As directed', asNeeded: true })).toEqual(['As directed', 'more']);
  });

  test('compares a text of many full stops without delay', () => {
    const text = `${'.'.repeat(150_000)}x`;
    expect(lines({ text, patientInstruction: 'with food' })).toEqual([text, 'with food']);
  });

  test('accepts malformed data', () => {
    expect(dosageLines('x', t)).toEqual([]);
    expect(dose({ doseAndRate: 7, timing: 'x', additionalInstruction: null })).toBeUndefined();
  });
});
