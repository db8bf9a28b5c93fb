import { expect, test } from 'vitest';
import type { T } from '../panel.ts';
import { persons } from './contact-persons.ts';

const t: T = (id) => id;

test('a contact person is described by everything that is recorded and in use', () => {
  const contact = {
    name: { family: 'Doe', given: ['Mary'] },
    relationship: [{ text: 'Mother' }],
    organization: { display: 'Care Home' },
    gender: 'female',
    telecom: [{ value: '07700 1' }, { value: '07700 2', use: 'old' }],
    address: { line: ['1 High St'], city: 'Leeds' },
    period: { start: '2020' },
  };
  const [full, institution, old] = persons(
    {
      contact: [
        contact,
        { organization: { display: 'Care Home' }, gender: 'unknown' },
        { ...contact, period: { end: '2020' }, address: { ...contact.address, use: 'old' } },
        7,
      ],
    },
    t,
  );
  expect(full).toMatchObject({
    who: 'DOE, Mary',
    said: 'Mother, Care Home, gender.female, 07700 1, 1 High St, Leeds, 2020 –',
    state: undefined,
  });
  expect(institution).toMatchObject({ who: 'Care Home', said: '' });
  expect(old).toMatchObject({ state: 'noLongerInUse' });
  expect(old?.said).not.toContain('High St');
  expect(persons(7, t)).toEqual([]);
});

test('a contact person with gender `other` has the gender of the German register', () => {
  const url = 'http://fhir.de/StructureDefinition/gender-amtlich-de';
  const contact = {
    name: { family: 'Doe' },
    gender: 'other',
    _gender: { extension: [{ url, valueCoding: { code: 'D' } }] },
  };
  expect(persons({ contact }, t)[0]?.said).toBe('gender.other (divers)');
  expect(persons({ contact: { ...contact, gender: 'female' } }, t)[0]?.said).toBe('gender.female');
});
