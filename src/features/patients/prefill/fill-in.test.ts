import { expect, test } from 'vitest';
import { emptyForm } from '../form/model.ts';
import { toPatient } from '../form/mapping/to-patient.ts';
import { fillIn } from './fill-in.ts';

test('fills the form with the search terms as if the user had typed them there', () => {
  const form = fillIn({
    family: 'Evans',
    given: 'Mary Ann',
    birthDate: '1960-12-05',
    gender: 'female',
    identifiers: [{ system: 'https://mrn.example', value: '7' }],
    phone: '555 0123',
    email: 'm@example.org',
  });
  expect(toPatient(undefined, emptyForm(), form).patient).toEqual({
    resourceType: 'Patient',
    active: true,
    name: [{ use: 'official', family: 'Evans', given: ['Mary', 'Ann'] }],
    birthDate: '1960-12-05',
    gender: 'female',
    identifier: [{ system: 'https://mrn.example', value: '7' }],
    telecom: [
      { system: 'phone', value: '555 0123' },
      { system: 'email', value: 'm@example.org' },
    ],
  });
});

test('leaves fields that were not searched for as in an empty form', () => {
  const empty = emptyForm();
  expect(fillIn({ identifiers: [] })).toEqual(empty);
  expect(fillIn({ birthDate: '1960', identifiers: [] })).toEqual({
    ...empty,
    birthDate: { year: '1960', month: '', day: '' },
  });
});
