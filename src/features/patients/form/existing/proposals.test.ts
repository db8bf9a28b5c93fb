import type { HumanName, Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import { fromPatient } from '../mapping/from-patient.ts';
import { emptyForm, NEW_ROW, type PatientForm } from '../model.ts';
import { toPatient } from '../mapping/to-patient.ts';
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

test('proposes nothing for values that the record already has in another spelling', () => {
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

test('proposes each different value and tells whether it replaces a recorded one', () => {
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

test('changes only the elements whose proposals are accepted', () => {
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
    // `text` is dropped: it would still hold the old name.
    name: [{ family: 'Evans-Hill', given: ['Mary'] }],
    telecom: [...(PATIENT.telecom ?? []), { system: 'phone', value: '555 0199' }],
  });
});

test('proposes all typed values as additions to an empty record', () => {
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

test('proposes a value that the record has only as old or ended', () => {
  const recorded = fromPatient({
    resourceType: 'Patient',
    name: [
      { use: 'official', family: 'Hill', given: ['Mary'] },
      { use: 'old', family: 'Evans', given: ['Mary'] },
      { use: 'maiden', family: 'Jones', given: ['Mary'] },
    ],
    identifier: [
      { system: 'https://mrn.example', value: 'AB-1', period: { end: '2001' } },
      { system: 'https://mrn.example', value: 'AB-2', use: 'old' },
      { system: 'https://mrn.example', value: 'AB-3', period: { end: '2999-01-31' } },
    ],
    telecom: [{ system: 'phone', value: '555-0123', use: 'old' }],
    address: [{ city: 'Boston', period: { end: '2001-12-22' } }],
  });
  const mrn = (value: string) => ({
    ...NEW_ROW.identifier,
    system: 'https://mrn.example',
    value,
  });
  const form = typed({
    name: name({ family: 'Evans', given: 'Mary' }),
    identifier: ['AB-1', 'AB-2', 'AB-3'].map(mrn),
    telecom: [phone('555 0123')],
    address: [{ ...NEW_ROW.address, city: 'Boston' }],
  });
  const list = proposals(recorded, form);
  expect(list.map(({ key, adds }) => [key, adds])).toEqual([
    ['name.0', false],
    ['identifier.0', false],
    ['identifier.1', false],
    ['telecom.0', false],
    ['address.0', false],
  ]);
  const taken = list.reduce((now, { take }) => take(now), recorded);
  // The old number is in use again and not added twice.
  expect(taken.identifier).toEqual([
    { ...recorded.identifier[0], end: '' },
    { ...recorded.identifier[1], use: '' },
    recorded.identifier[2],
  ]);
  expect(taken.address).toHaveLength(2);
  // No proposal for a name that is still current, whatever its use, or for values typed as old.
  const known = typed({
    name: [...name({ family: 'Jones', given: 'Mary' }), ...name({ family: 'Evans', use: 'old' })],
    telecom: [{ ...phone('555 0123'), use: 'old' }],
  });
  expect(proposals(recorded, known)).toEqual([]);
});

test.each(['anonymous', 'nickname', 'maiden', 'old', 'temp'])(
  'adds the typed name beside the recorded one when the only recorded name is %s',
  (use) => {
    const patient: Patient = {
      resourceType: 'Patient',
      id: 'a',
      name: [{ use, family: 'X' } as HumanName],
    };
    const recorded = fromPatient(patient);
    const [offer, ...others] = proposals(recorded, typed({ name: name({ family: 'Smyth' }) }));
    expect(others).toEqual([]);
    expect(offer?.adds).toBe(true);
    const taken = offer?.take(recorded) ?? recorded;
    expect(new Set(toPatient(patient, recorded, taken).patient.name)).toEqual(
      new Set([
        { use, family: 'X' },
        { use: 'official', family: 'Smyth' },
      ]),
    );
  },
);

test('makes a proposal for every field of the form', () => {
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
  // `maritalStatusText` holds the text of a recorded choice; users cannot type it.
  const all = Object.keys(emptyForm()).filter((key) => key !== 'maritalStatusText');
  expect(new Set(proposed)).toEqual(new Set<unknown>(all));
});
