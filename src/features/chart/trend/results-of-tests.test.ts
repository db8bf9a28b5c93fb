import { describe, expect, test } from 'vitest';
import { trends, weight } from './trend-fixture.ts';

const LOINC = 'http://loinc.org';
const loinc = (code: string, display?: string) => ({ system: LOINC, code, display });
const house = (code: string, display?: string) => ({ system: 'urn:house', code, display });

/** Returns the name and the values of each figure with one line. */
const drawn = (...all: readonly object[]) =>
  trends(all).map(({ label, lines }) => [label, ...(lines[0]?.points ?? []).map((p) => p.value)]);

/** Returns the date of the result that each figure lacks. */
const undrawn = (...all: readonly object[]) =>
  trends(all).map(({ lines }) => lines.map((line) => line.undrawn?.date));

/** Returns results of one code on days in January, with their day as value. */
const on = (days: readonly number[], code: object, rest: object = {}) =>
  days.map((day) => weight(day, day, { code, ...rest }));

describe('a test with several codes', () => {
  // https://hl7.org/fhir/R4/bodytemp.html: 8310-5 always, and a more specific code beside it.
  const temperature = (code: string, words: string) => ({
    coding: [loinc('8310-5', 'Body temperature'), loinc(code)],
    text: words,
  });
  const rectal = temperature('8332-3', 'Temperature, rectal');
  const oral = temperature('8331-1', 'Temperature, oral');

  test('is another test where a code of the same system is another, whatever the first code', () => {
    expect(drawn(...on([1, 4, 5], rectal), ...on([2, 3, 6], oral))).toEqual([
      ['Temperature, rectal', 1, 4, 5],
      ['Temperature, oral', 2, 3, 6],
    ]);
    expect(drawn(...on([1, 4], rectal), ...on([2, 3], oral))).toEqual([]);
    const bare = { coding: rectal.coding };
    expect(drawn(...on([1, 4], bare), ...on([2], { coding: oral.coding }))).toEqual([]);
    expect(drawn(...on([1, 4], bare), ...on([2], { coding: [loinc('8310-5')] }))).toEqual([]);
  });

  test('is the same if a code of another system was added, in whatever order', () => {
    const old = { coding: [loinc('2823-3', 'Potassium')] };
    const added = { coding: [house('K', 'POTASSIUM'), loinc('2823-3', 'Potassium')] };
    expect(drawn(...on([4, 3], added), ...on([1], old))).toEqual([['POTASSIUM', 1, 3, 4]]);
  });

  test('is not joined to either of two tests that it may be', () => {
    const one = (code: string) => ({ coding: [loinc('8310-5'), house(code)] });
    const any = { coding: [loinc('8310-5')] };
    const all = [...on([1, 2, 3], one('oral')), ...on([4, 5, 6], one('rectal'))];
    expect(drawn(...all, ...on([7], any)).map(([, ...values]) => values)).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test('has components that are told apart by all of their codes', () => {
    const part = (code: string, value: number) => ({
      code: { coding: [loinc('8480-6', 'Systolic'), loinc(code)] },
      valueQuantity: { value, unit: 'mmHg' },
    });
    const pressure = (day: number) =>
      weight(day, 0, {
        valueQuantity: undefined,
        component: [part('8461-6', 120), part('8460-8', 90)],
      });
    const [series] = trends([pressure(1), pressure(2), pressure(3)]);
    expect(series?.lines.map(({ points }) => points.map(({ value }) => value))).toEqual([
      [120, 120, 120],
      [90, 90, 90],
    ]);
  });
});

describe('tests with the same codes', () => {
  const named = (words?: string) => ({
    coding: [loinc('8310-5', 'Body temperature')],
    text: words,
  });
  const rectal = named('Temperature, rectal');

  test('are told apart by their texts, but not by spelling or a text that repeats the code', () => {
    expect(drawn(...on([1, 2], rectal), ...on([3], named('Temperature, oral')))).toEqual([]);
    const spelled = [...on([3], named()), ...on([2], named('BODY  temperature'))];
    expect(drawn(...spelled, ...on([1], named('Body temperature')))).toHaveLength(1);
  });

  test('warn in the figure of one of a newer result of another that has no figure', () => {
    const three = on([1, 2, 3], rectal);
    const oral = named('Temperature, oral');
    expect(undrawn(...three, ...on([4], oral))).toEqual([['2026-01-04']]);
    expect(undrawn(...three, ...on([4], { coding: [loinc('8310-5'), loinc('8331-1')] }))).toEqual([
      ['2026-01-04'],
    ]);
    expect(undrawn(...three, ...on([2], oral))).toEqual([[undefined]]);
    expect(undrawn(...three, ...on([4, 5, 6], oral))).toEqual([[undefined], [undefined]]);
    const eye = { bodySite: { text: 'Left ear' } };
    expect(undrawn(...three, ...on([4], oral, eye))).toEqual([[undefined]]);
    expect(undrawn(...three, ...on([4], { coding: [loinc('8867-4')] }))).toEqual([[undefined]]);
  });
});

describe('a sample that is only a reference', () => {
  const glucose = { coding: [house('GLU', 'Glucose')] };
  const sample = (id: string) => ({ specimen: { reference: `Specimen/${id}` } });
  const unnamed = (code: object) =>
    ['a', 'b', 'c'].flatMap((id, n) => on([n + 4], code, sample(id)));

  test('is a test of its own: it may be blood or urine', () => {
    expect(drawn(...unnamed(glucose))).toEqual([]);
    const contained = on([1, 2, 3], glucose, sample('x')).map((o, n) => ({
      ...o,
      id: `r${n}`,
      specimen: { reference: '#s' },
    }));
    expect(drawn(...contained)).toEqual([]);
    // Several results of one sample are of one sample.
    expect(drawn(...on([1, 2, 3], glucose, sample('a')))).toEqual([['Glucose', 1, 2, 3]]);
  });

  test('tells nothing apart beside a LOINC code, which names what was sampled', () => {
    const both = { coding: [house('GLU'), loinc('2339-0', 'Glucose in blood')] };
    expect(drawn(...unnamed(both))).toEqual([['Glucose in blood', 4, 5, 6]]);
  });

  test('may be the newest of the figure of a named one', () => {
    const blood = on([1, 2, 3], glucose, { specimen: { display: 'Blood' } });
    expect(undrawn(...blood, ...unnamed(glucose))).toEqual([['2026-01-06']]);
  });
});
