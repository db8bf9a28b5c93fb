import { expect, test } from 'vitest';
import { fromPatient } from './from-patient.ts';
import { emptyForm, NEW_ROW, type PatientForm, type RowField } from '../model.ts';
import { toPatient } from './to-patient.ts';

const USE = { start: '25-Dec-1960', end: '1999' };
const HOME = {
  line: '12 Main Street\nFlat 3',
  city: 'Bristol',
  district: 'Avon',
  state: 'Somerset',
  postalCode: 'BS1',
  country: 'GB',
  addressText: '',
};

/** A form with a value in every field; a new field must be added here, or this does not compile. */
const FULL: PatientForm = {
  name: [
    {
      source: 0,
      use: 'official',
      family: 'Ash',
      given: 'Ann May',
      prefix: 'Dr',
      suffix: 'MD',
      text: '',
      ...USE,
    },
  ],
  birthDate: { year: '1960', month: '12', day: '25' },
  gender: 'female',
  identifier: [
    {
      source: 0,
      use: 'usual',
      type: 'MR',
      typeText: '',
      system: 'https://a.example/mrn',
      value: '123',
      assigner: 'Ward',
      ...USE,
    },
  ],
  telecom: [{ source: 0, system: 'phone', value: '0117 1', use: 'home', rank: '1', ...USE }],
  address: [{ source: 0, use: 'home', ...HOME, ...USE }],
  contact: [
    {
      source: 0,
      relationship: 'N',
      relationshipText: '',
      family: 'Oak',
      given: 'Bob',
      text: '',
      gender: 'male',
      phone: '0117 2',
      email: 'bob@a.example',
      organization: 'Organization/1',
      organizationName: 'School',
      ...HOME,
      ...USE,
    },
  ],
  communication: [{ source: 0, language: 'fr', languageText: '', preferred: true }],
  interpreter: 'yes',
  maritalStatus: 'M',
  maritalStatusText: '',
  deceased: { kind: 'date', date: { year: '2020', month: '01', day: '2' } },
  active: 'false',
  multipleBirth: { kind: 'order', order: '2' },
  generalPractitioner: [{ source: 0, reference: 'Practitioner/1', display: 'Dr Lee' }],
  managingOrganization: [{ source: 0, reference: 'Organization/2', display: 'Clinic' }],
};

/** Cells that are only read from a record, never typed. */
const READ_ONLY = /[tT]ext$|^source$/;

const typed = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (key, v: unknown) => (READ_ONLY.test(key) ? undefined : v)));

const fields = Object.keys(FULL).filter((key) => !READ_ONLY.test(key)) as (keyof PatientForm)[];

test.each(fields)('the form reads back the value typed into "%s" after a save', (field) => {
  const base = { resourceType: 'Patient', id: 'p' } as const;
  const before = fromPatient(base);
  const { patient } = toPatient(base, before, { ...before, [field]: asNew(FULL[field]) });
  expect(typed(fromPatient(patient)[field])).toEqual(typed(FULL[field]));
});

test('a new patient is saved with the values of all fields', () => {
  const after = Object.fromEntries(fields.map((field) => [field, asNew(FULL[field])]));
  const { patient } = toPatient(undefined, emptyForm(), { ...FULL, ...after });
  expect(typed(fromPatient(patient))).toEqual(typed(FULL));
});

test('the full form of this test has a value in every cell', () => {
  for (const [field, row] of Object.entries(NEW_ROW)) {
    const filled = FULL[field as RowField][0] as unknown as Record<string, unknown>;
    const cells = Object.keys(row).filter((cell) => !READ_ONLY.test(cell));
    expect(cells.filter((cell) => filled[cell] === '' || filled[cell] === undefined)).toEqual([]);
  }
});

const asNew = <T>(value: T): T =>
  Array.isArray(value) ? (value.map((row: object) => ({ ...row, source: -1 })) as T) : value;
