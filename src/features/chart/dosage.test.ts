import { describe, expect, test } from 'vitest';
import { dosageText } from './dosage.ts';
import type { T } from './panel.ts';

const t: T = (id, values) => [id, ...Object.values(values ?? {})].join(' ');
const dose = (fields: object) => dosageText({ ...fields }, t);
const mg = { value: 500, unit: 'mg' };

describe('a dosage in words', () => {
  test('as its author wrote it', () => {
    expect(dose({ text: '1 tablet at night', route: { text: 'oral' } })).toBe('1 tablet at night');
    expect(dose({})).toBeUndefined();
  });

  test('a word to the patient does not take the place of the dose', () => {
    expect(dose({ patientInstruction: 'With food', doseAndRate: [{ doseQuantity: mg }] })).toBe(
      '500 mg, With food',
    );
  });

  test.each([
    [{ frequency: 2, period: 1, periodUnit: 'd' }, '500 mg, dosageDaily 2'],
    [{ frequency: 2, period: 1, periodMax: 2, periodUnit: 'd' }, '500 mg, dosageTiming 2 1–2d'],
    [{ period: 8, periodUnit: 'h' }, '500 mg, dosageTiming 1 8hr'],
    [
      { frequency: 1, frequencyMax: 2, period: 4, periodMax: 6, periodUnit: 'h' },
      '500 mg, dosageTiming 1–2 4–6hr',
    ],
    // What is not put into words is not passed over either.
    [{ frequency: 1, period: 1, periodUnit: 'd', when: ['HS'] }, '500 mg, dosageMore'],
    [{ frequency: 1, period: 30, periodUnit: 's' }, '500 mg, dosageMore'],
    [{ boundsDuration: { value: 7, code: 'd' } }, '500 mg, dosageMore'],
  ])('how often: %o', (repeat, words) => {
    expect(dose({ doseAndRate: [{ doseQuantity: mg }], timing: { repeat } })).toBe(words);
  });

  test('a code for how often says it all, but for how long', () => {
    const code = { text: 'BID' };
    const repeat = { frequency: 2, period: 1, periodUnit: 'd' };
    expect(dose({ timing: { code, repeat } })).toBe('BID');
    const bounds = { boundsPeriod: { end: '2026-01-01' } };
    expect(dose({ timing: { code, repeat: { ...repeat, ...bounds } } })).toBe('BID, dosageMore');
    expect(dose({ timing: { event: ['2026-01-01'] } })).toBe('dosageMore');
  });

  test('only when needed, and at most how much', () => {
    const dosage = {
      doseAndRate: [{ doseRange: { low: { value: 1, unit: 'g' }, high: { value: 2, unit: 'g' } } }],
      asNeededBoolean: true,
      maxDosePerPeriod: {
        numerator: { value: 4, unit: 'g' },
        denominator: { value: 1, unit: 'd' },
      },
      route: { text: 'oral' },
    };
    expect(dose(dosage)).toBe('1–2 g, asNeeded, dosageMost 4 g : 1 d, oral');
    expect(
      dose({ maxDosePerAdministration: mg, maxDosePerLifetime: { value: 9, unit: 'g' } }),
    ).toBe('dosageMostOnce 500 mg, dosageMostEver 9 g');
    expect(dose({ asNeededCodeableConcept: { text: 'pain' } })).toBe('asNeeded (pain)');
    expect(dose({ asNeededBoolean: false, route: { text: 'oral' } })).toBe('oral');
  });

  test('a rate, and of several doses not one as if it were all', () => {
    expect(dose({ doseAndRate: [{ rateQuantity: { value: 80, unit: 'mL/h' } }] })).toBe('80 mL/h');
    const two = [{ doseQuantity: mg }, { doseQuantity: { value: 510, unit: 'mg' } }];
    expect(dose({ doseAndRate: two })).toBe('500 mg, dosageMore');
  });

  test('broken data is no error', () => {
    expect(dosageText('x', t)).toBeUndefined();
    expect(dose({ doseAndRate: 7, timing: 'x', additionalInstruction: null })).toBeUndefined();
  });
});
