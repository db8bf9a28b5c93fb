import { describe, expect, test } from 'vitest';
import { backgrounds } from './us-core.ts';

const url = (name: string): string => `http://hl7.org/fhir/us/core/StructureDefinition/${name}`;
const coding = (display?: string, code = 'x', system?: string) => ({
  valueCoding: { code, ...(display && { display }), ...(system && { system }) },
});
const race = (...parts: readonly object[]) => ({ url: url('us-core-race'), extension: parts });
const of = (...extension: readonly object[]) => backgrounds({ extension });
const words = (extension: object) => of(extension).map(({ values }) => values);

describe('race and ethnicity', () => {
  test('backgrounds returns the text, and the categories that the text does not name', () => {
    const white = { url: 'ombCategory', ...coding('White') };
    const asian = { url: 'ombCategory', ...coding('Asian') };
    const filipino = { url: 'detailed', ...coding('Filipino') };
    const said = (text: string) => ({ url: 'text', valueString: text });
    expect(of(race(white, said('white')))).toMatchObject([{ said: 'white', values: [] }]);
    expect(of(race(filipino, asian, white, said('Mixed')))).toMatchObject([
      { said: 'Mixed', values: [{ text: 'Asian' }, { text: 'White' }, { text: 'Filipino' }] },
    ]);
    expect(words(race(white, asian))).toEqual([[{ text: 'White' }, { text: 'Asian' }]]);
  });

  test('backgrounds returns the NullFlavor code of a category without a display', () => {
    const system = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';
    const part = { url: 'ombCategory', ...coding(undefined, 'ASKU', system) };
    expect(words(race(part))).toEqual([[{ text: 'ASKU', code: 'ASKU' }]]);
    // The same code of another system has another meaning.
    const other = { url: 'ombCategory', ...coding(undefined, 'ASKU', 'urn:oid:1.2.3') };
    expect(words(race(other))).toEqual([[{ text: 'ASKU' }]]);
    const worded = { url: 'ombCategory', ...coding('Asked but unknown', 'ASKU', system) };
    expect(words(race(worded))).toEqual([[{ text: 'Asked but unknown' }]]);
  });

  test('backgrounds returns kind and source, and ignores empty and foreign extensions', () => {
    const text = { url: 'text', valueString: 'Not Hispanic or Latino' };
    const source = { url: url('us-core-ethnicity'), extension: [text] };
    expect(of(source)).toEqual([
      { kind: 'ethnicity', said: 'Not Hispanic or Latino', values: [], source },
    ]);
    expect(of(race(), { url: url('us-core-ethnicity') })).toEqual([]);
    expect(backgrounds({ extension: 'x' })).toEqual([]);
    expect(of({ url: 'https://elsewhere.example/us-core-race', valueString: 'x' })).toEqual([]);
  });
});

test('backgrounds returns tribes, and whether the person is enrolled', () => {
  const tribe = (name: string, ...more: readonly object[]) => ({
    url: url('us-core-tribal-affiliation'),
    extension: [
      { url: 'tribalAffiliation', valueCodeableConcept: { coding: [{ display: name }] } },
      ...more,
    ],
  });
  const enrolled = (valueBoolean: unknown) => ({ url: 'isEnrolled', valueBoolean });
  const rows = of(
    tribe('Hopi Tribe of Arizona', enrolled(true)),
    tribe('Navajo Nation', enrolled(false)),
    tribe('Pueblo of Acoma'),
  );
  expect(rows.map(({ kind, values, enrolled: is }) => [kind, values[0]?.text, is])).toEqual([
    ['tribe', 'Hopi Tribe of Arizona', true],
    ['tribe', 'Navajo Nation', false],
    ['tribe', 'Pueblo of Acoma', undefined],
  ]);
});
