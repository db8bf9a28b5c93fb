import type { HumanName, Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { newPatient, openBench } from '../client/client-fixture.ts';
import { duplicateSearches } from '../duplicates/duplicates.ts';
import { readSearchText } from './search-text.ts';
import { textValues } from './search-words.ts';
import type { SearchParams } from '../types.ts';

const bench = openBench();

/** Whether the sandbox, which compares recorded values from their start, finds the patient. */
async function finds(patient: Partial<Patient>, params: SearchParams): Promise<boolean> {
  const { client } = bench().connect();
  const { resource } = await client.create({ ...newPatient(), ...patient });
  const { items } = await client.search('Patient', { ...params, _count: 100 });
  return items.some(({ id }) => id === resource.id);
}

const berg = { family: 'van der Berg', given: ['Jan'] };
const maria = { family: 'García Márquez', given: ['Maria del Carmen'] };

describe('a search for recorded values that contain blanks', () => {
  it.each<[string, HumanName]>([
    ['van der Berg', berg],
    ['Jan van der Berg', berg],
    ['van der Be', berg],
    ['VAN DER BERG, Jan (Mr)', berg],
    ['van der Berg, Jan, 1980', berg],
    ['De la Cruz', { family: 'de la Cruz' }],
    ['St. John', { family: 'St. John' }],
    ['Maria del Carmen García Márquez', maria],
    ['García Márquez, Maria del Carmen', maria],
    ['Mary Ann Smith', { family: 'Smith', given: ['Mary Ann'] }],
    ['Mary Ann Smith', { family: 'Smith', given: ['Mary', 'Ann'] }],
    ['Smith Mary', { family: 'Smith', given: ['Mary Ann'] }],
    ['Berg, Jan', { text: 'Berg, Jan' }],
  ])('from the search box: %s finds %o', async (typed, name) => {
    expect(await finds({ name: [name] }, readSearchText(typed).readings[0]?.params ?? {})).toBe(
      true,
    );
  });

  it.each<[string, HumanName]>([
    ['van der Berg', { family: 'van der Meer', given: ['Jan'] }],
    ['Mary Smith', { family: 'Jones', given: ['Mary'] }],
    ['Mary Smith', { family: 'Smith', given: ['Ann'] }],
  ])('from the search box: %s does not find %o', async (typed, name) => {
    expect(await finds({ name: [name] }, readSearchText(typed).readings[0]?.params ?? {})).toBe(
      false,
    );
  });

  it.each([
    ['12 Main Street', true],
    ['Springfield, 12 Main Street', true],
    ['12 Main Street, Apt 4, Springfield', true],
    ['Main Street', false], // no recorded value begins with it
    ['12 Main Road', false],
    ['--', false],
  ])('for an address %s finds it: %s', async (typed, found) => {
    const address = [{ line: ['12 Main Street, Apt 4'], city: 'Springfield' }];
    expect(await finds({ address }, { address: textValues(typed) })).toBe(found);
  });

  it.each(['Jan van der Berg', '???'])('for duplicates finds an equal text: %s', async (text) => {
    const name = [{ text }];
    const [search, ...others] = duplicateSearches({ name });
    expect(others).toEqual([]);
    expect(await finds({ name }, search?.params ?? {})).toBe(true);
    expect(await finds({ name: [{ text: 'Jan Berg' }] }, search?.params ?? {})).toBe(false);
  });

  it('has at most 12 values, so that a long text stays short enough to send', () => {
    const values = textValues(Array.from({ length: 200 }, (_, i) => `word${i}`).join(' '));
    expect(values).toHaveLength(12);
    expect(values.join('').length).toBeLessThan(4000);
  });
});
