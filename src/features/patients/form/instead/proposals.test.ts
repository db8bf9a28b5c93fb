import type { Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import { fromPatient } from '../from-patient.ts';
import { emptyForm, NEW_ROW, type PatientForm } from '../model.ts';
import { toPatient } from '../to-patient.ts';
import { proposals } from './proposals.ts';

const PATIENT: Patient = {
  resourceType: 'Patient',
  id: 'a',
  active: false,
  name: [{ family: 'Evans', given: ['Mary'], text: 'Mary Evans' }],
  birthDate: '1960-12-25',
  identifier: [{ system: 'https://mrn.example', value: 'AB-1' }],
  telecom: [{ system: 'phone', value: '555-0123', use: 'work' }],
  address: [{ city: 'Boston', line: ['1 High Street'] }],
};
const RECORDED = fromPatient(PATIENT);

function typed(change: Partial<PatientForm>): PatientForm {
  return { ...emptyForm(), ...change };
}
const name = (cells: object) => [{ ...NEW_ROW.name, use: 'official', ...cells }];
const phone = (value: string) => ({ ...NEW_ROW.telecom, value });
const found = (form: PatientForm) =>
  proposals(RECORDED, form).map(({ key, adds }) => (adds ? key : `${key}, in its place`));

test('what the record says already, in whatever spelling, proposes nothing', () => {
  expect(found(emptyForm())).toEqual([]);
  expect(
    found(
      typed({
        name: name({ family: 'EVANS ', given: 'mary' }),
        birthDate: { year: '1960', month: '12', day: '' },
        identifier: [{ ...NEW_ROW.identifier, value: 'ab 1' }],
        telecom: [phone('(555) 0123')],
        address: [{ ...NEW_ROW.address, city: 'boston' }],
      }),
    ),
  ).toEqual([]);
});

test('what differs is proposed, each by itself, and says whether it takes something away', () => {
  const form = typed({
    name: [...name({ family: 'Evans-Hill' }), ...name({ family: 'Hill', use: 'maiden' })],
    birthDate: { year: '1961', month: '', day: '' },
    gender: 'female',
    identifier: [{ ...NEW_ROW.identifier, system: 'https://other.example', value: 'AB-1' }],
    telecom: [phone('555 0199'), { ...NEW_ROW.telecom, system: 'email' }],
    maritalStatus: 'M',
  });
  expect(found(form)).toEqual([
    'name.0, in its place',
    'name.1',
    'birthDate, in its place',
    'gender',
    'maritalStatus',
    'identifier.0',
    'telecom.0',
  ]);
});

test('a record is changed by what is taken over, and by nothing else', () => {
  const form = typed({
    name: name({ family: 'Evans-Hill' }),
    gender: 'female',
    telecom: [phone('555 0199')],
  });
  const taken = proposals(RECORDED, form)
    .filter(({ key }) => key !== 'gender')
    .reduce((now, { take }) => take(now), RECORDED);
  expect(toPatient(PATIENT, RECORDED, taken).patient).toEqual({
    ...PATIENT,
    // The text would go on saying the old name.
    name: [{ family: 'Evans-Hill', given: ['Mary'] }],
    telecom: [...(PATIENT.telecom ?? []), { system: 'phone', value: '555 0199' }],
  });
});

test('a record that says nothing takes all that was typed', () => {
  const bare = fromPatient({ resourceType: 'Patient' });
  const form = typed({
    name: name({ family: 'Evans' }),
    birthDate: { year: '1960', month: '', day: '' },
    active: 'true',
  });
  expect(proposals(bare, form).map(({ key, adds }) => [key, adds])).toEqual([
    ['name.0', true],
    ['birthDate', true],
  ]);
});

test('no field of the form is forgotten', () => {
  const text = (row: object) =>
    Object.fromEntries(Object.keys(row).map((key) => [key, key === 'source' ? -1 : 'x']));
  const rows = Object.fromEntries(Object.entries(NEW_ROW).map(([key, row]) => [key, [text(row)]]));
  const form = typed({
    ...rows,
    birthDate: { year: '1960', month: '', day: '' },
    gender: 'female',
    interpreter: 'yes',
    maritalStatus: 'M',
    deceased: { kind: 'yes', date: { year: '', month: '', day: '' } },
    active: 'false',
    multipleBirth: { kind: 'yes', order: '' },
  });
  const bare = fromPatient({ resourceType: 'Patient' });
  const proposed = proposals(bare, form).map(({ key }) => key.split('.')[0]);
  // The words of a recorded choice: nobody types them.
  const all = Object.keys(emptyForm()).filter((key) => key !== 'maritalStatusText');
  expect(proposed.toSorted()).toEqual(all.toSorted());
});
