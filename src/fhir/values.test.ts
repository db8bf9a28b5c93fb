import { describe, expect, it } from 'vitest';
import { codeOf, conceptText } from './coding.ts';
import { bloodPressure, numericValue, readObservation } from './observation.ts';
import { choiceText, formatPeriod, formatQuantity, formatRange } from './values.ts';

describe('values', () => {
  it('are shown with their unit', () => {
    expect(formatQuantity({ value: 5.6, unit: 'mmol/L' })).toBe('5.6 mmol/L');
    expect(formatQuantity({ value: 0.1, comparator: '<', code: 'mg/L' })).toBe('< 0.1 mg/L');
    expect(formatQuantity({ value: 98, unit: '%' })).toBe('98%');
    expect(formatQuantity({ unit: 'kg' })).toBeUndefined();
    expect(formatRange({ low: { value: 3.5, unit: 'mmol/L' }, high: { value: 5.1 } })).toBe(
      '3.5–5.1 mmol/L',
    );
    expect(formatPeriod({ start: '2020-07-14' })).toBe('since 14-Jul-2020');
    expect(choiceText({ onsetAge: { value: 7, unit: 'a' } }, 'onset')).toBe('7 a');
    expect(choiceText({ valueBoolean: false }, 'value')).toBe('No');
    expect(conceptText({ coding: [{ code: 'x' }, { display: 'Words' }] })).toBe('Words');
    expect(
      codeOf(
        {
          coding: [
            { system: 'a', code: '1' },
            { system: 'b', code: '2' },
          ],
        },
        'b',
      ),
    ).toBe('2');
  });

  it('of an observation come with components, ranges and interpretation', () => {
    const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
    const observation = {
      code: { text: 'Blood pressure' },
      interpretation: [{ coding: [{ code: 'H', display: 'High' }] }],
      referenceRange: [{ high: { value: 140, unit: 'mmHg' } }],
      component: [
        { code: loinc('8480-6'), valueQuantity: { value: 151, unit: 'mmHg' } },
        { code: loinc('8462-4'), valueQuantity: { value: 95, unit: 'mmHg' } },
      ],
    };
    expect(bloodPressure(observation)).toBe('151/95 mmHg');
    expect(readObservation(observation)).toMatchObject({
      value: '151/95 mmHg',
      interpretations: [{ text: 'High', tone: 'high' }],
      ranges: ['≤ 140 mmHg'],
    });
    expect(numericValue({ valueQuantity: { value: 5, comparator: '<' } })).toBeUndefined();
    expect(numericValue({ valueQuantity: { value: 5, unit: 'kg' } })).toEqual({
      value: 5,
      unit: 'kg',
    });
  });
});
