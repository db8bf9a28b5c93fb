import { describe, expect, test } from 'vitest';
import { readSearchText } from '#fhir/search/search-text.ts';
import { readPrefill } from './read-prefill.ts';

/** Returns the prefill after a text was typed into the search box; `at` picks a reading of it. */
const inBox = (text: string, at = 0) => {
  const read = readSearchText(text, '2026-01-31').readings[at]?.params;
  return readPrefill({ text, ...(read && { read }) });
};

describe('readPrefill', () => {
  test.each([
    ['Evans', { family: 'Evans', guessed: true }],
    ['Mary Ann Evans', { family: 'Evans', given: 'Mary Ann', guessed: true }],
    ['EVANS, Mary Ann', { family: 'EVANS', given: 'Mary Ann' }],
    ['Jan van der Berg', { family: 'van der Berg', given: 'Jan', guessed: true }],
    ['van der Berg', { family: 'van der Berg', guessed: true }],
    ['Mary O’Brien', { family: 'O’Brien', given: 'Mary', guessed: true }],
    ['山田 太郎', { family: '山田', given: '太郎', guessed: true }],
    ['김민준', { family: '김민준', guessed: true }],
  ])('splits a name: %s', (text, said) => {
    expect(inBox(text)).toEqual({ ...said, identifiers: [] });
  });

  test('reads a name with a full or partial birth date', () => {
    expect(inBox('Evans, Mary 25 Dec 1960')).toEqual({
      family: 'Evans',
      given: 'Mary',
      birthDate: '1960-12-25',
      identifiers: [],
    });
    expect(inBox('Evans 1960')).toMatchObject({ family: 'Evans', birthDate: '1960' });
  });

  test('reads identifiers, phone and email as typed, with the identifier system', () => {
    expect(inBox('NHS 943 476 5919')?.identifiers).toEqual([{ system: '', value: '943 476 5919' }]);
    expect(inBox('https://mrn.example|A,1')?.identifiers).toEqual([
      { system: 'https://mrn.example', value: 'A,1' },
    ]);
    expect(inBox('Evans AB-123')).toMatchObject({
      family: 'Evans',
      identifiers: [{ system: '', value: 'AB-123' }],
    });
    expect(inBox('+1 (617) 555-0123')).toEqual({ phone: '+1 (617) 555-0123', identifiers: [] });
    expect(inBox('mary@example.org')).toEqual({ email: 'mary@example.org', identifiers: [] });
  });

  test('uses the chosen reading, including which word is the family name', () => {
    expect(inBox('6175550123', 1)).toEqual({ phone: '6175550123', identifiers: [] });
    expect(readPrefill({ text: 'Evans Mary', read: { family: 'Evans', given: 'Mary' } })).toEqual({
      family: 'Evans',
      given: 'Mary',
      identifiers: [],
    });
  });

  test('reads filters by name and leaves out those that are not facts of one person', () => {
    expect(
      readPrefill({
        text: 'mary',
        read: { name: ['mary'] },
        filters: {
          family: ' Evans ',
          birthDate: '25 Dec 1960',
          gender: 'female',
          identifier: 'https://mrn.example|7',
          phone: '555 0123',
          email: 'm@example.org',
          status: 'active',
          address: 'Boston',
          ageFrom: '60',
        },
      }),
    ).toEqual({
      family: 'Evans',
      birthDate: '1960-12-25',
      gender: 'female',
      phone: '555 0123',
      email: 'm@example.org',
      identifiers: [{ system: 'https://mrn.example', value: '7' }],
    });
    expect(readPrefill({ filters: { birthDate: '1950 to 1960' } })).toBeUndefined();
    expect(readPrefill({ filters: { status: 'deceased' } })).toBeUndefined();
    expect(inBox('Patient/abc-1')).toBeUndefined();
    expect(readPrefill({})).toBeUndefined();
  });
});
