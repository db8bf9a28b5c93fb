import { describe, expect, test } from 'vitest';
import { trends, weight } from './trend-fixture.ts';

const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

describe('a result that cannot be drawn', () => {
  const three = [weight(1, 70), weight(2, 71), weight(3, 72)];
  const undrawn = (...all: readonly object[]) =>
    trends(all).map(({ lines }) => lines.map((line) => line.undrawn?.observation));
  const bound = { valueQuantity: { value: 300, unit: 'kg', comparator: '>' } };

  test.each([
    ['a bound', bound],
    ['in words', { valueQuantity: undefined, valueString: 'haemolysed' }],
    ['in another unit', { valueQuantity: { value: 160, unit: 'lb' } }],
    ['without a value', { valueQuantity: undefined }],
    ['of unknown meaning', { modifierExtension: [{ url: 'https://example.org/not' }] }],
  ])('is named if it is newer than the drawn ones: %s', (_, rest) => {
    const newer = weight(4, 72, rest);
    expect(undrawn(newer, ...three)).toEqual([[newer]]);
    expect(undrawn(weight(2, 72, rest), ...three)).toEqual([[undefined]]);
  });

  test('is named if it is the newest of several, or may be newer than the last point', () => {
    const newest = weight(5, 0, bound);
    expect(undrawn(...three, weight(4, 0, bound), newest, weight(1, 0, bound))).toEqual([[newest]]);
    const sameDay = weight(3, 0, bound);
    expect(undrawn(sameDay, ...three)).toEqual([[sameDay]]);
    const earlier = weight(3, 0, { ...bound, effectiveDateTime: '2026-01-03T08:00:00Z' });
    const noon = weight(3, 72, { effectiveDateTime: '2026-01-03T12:00:00Z' });
    expect(undrawn(earlier, ...three.slice(0, 2), noon)).toEqual([[undefined]]);
  });

  test('is not named if it has no result of the patient, or is drawn in another unit', () => {
    const others = [
      weight(4, 0, { ...bound, status: 'entered-in-error' }),
      weight(4, 0, { status: 'registered', valueQuantity: undefined }),
      weight(4, 0, { ...bound, focus: [{ display: 'Her mother' }] }),
      weight(4, 0, { ...bound, bodySite: { text: 'Left eye' } }),
      weight(4, 0, { valueQuantity: undefined, hasMember: [{ reference: 'Observation/a' }] }),
      weight(3, 0, { valueQuantity: { value: 159, unit: 'lb' } }),
    ];
    expect(undrawn(...three, ...others)).toEqual([[undefined]]);
  });

  test('is named for the line of its own component only', () => {
    const part = (code: string, value: number, comparator?: string) => ({
      code: { text: code },
      valueQuantity: { value, unit: 'mmHg', comparator },
    });
    const bp = (day: number, ...component: readonly object[]) =>
      weight(day, 0, { code: { text: 'Blood pressure' }, valueQuantity: undefined, component });
    const all = [1, 2, 3].map((day) => bp(day, part('Systolic', 120), part('Diastolic', 80)));
    const high = bp(4, part('Systolic', 190), part('Diastolic', 140, '>'));
    expect(undrawn(...all, high)).toEqual([[undefined, high]]);
    expect(undrawn(...all, bp(4, part('Systolic', 190)))).toEqual([[undefined, undefined]]);
    const refused = weight(4, 0, {
      code: { text: 'Blood pressure' },
      valueQuantity: undefined,
      valueString: 'Refused',
    });
    expect(undrawn(...all, refused)).toEqual([[refused, refused]]);
    const withheld = { extension: [{ url: ABSENT, valueCode: 'masked' }] };
    const masked = bp(4, part('Diastolic', 80), {
      code: { text: 'Systolic' },
      _valueString: withheld,
    });
    expect(undrawn(...all, masked)).toEqual([[masked, undefined]]);
  });

  test('is named if its component has no line, as it may be the same under another name', () => {
    const part = (name: string, value: number) => ({
      code: { text: name },
      valueQuantity: { value, unit: 'mmHg' },
    });
    const bp = (day: number, ...component: readonly object[]) =>
      weight(day, 0, { code: { text: 'Blood pressure' }, valueQuantity: undefined, component });
    const systolic = [1, 2, 3].map((day) => bp(day, part('Systolic', 120)));
    const renamed = bp(4, part('Systolic blood pressure', 210));
    expect(undrawn(...systolic, renamed)).toEqual([[renamed]]);
    const both = [1, 2, 3].map((day) => bp(day, part('Systolic', 120), part('Diastolic', 80)));
    const half = bp(4, part('Systolic blood pressure', 210), part('Diastolic', 80));
    expect(undrawn(...both, half)).toEqual([[half, undefined]]);
  });
});
