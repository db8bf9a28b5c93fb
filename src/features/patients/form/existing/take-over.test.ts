import type { Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import type { Stored } from '#fhir/types.ts';
import { putDraft } from '../save/draft.ts';
import { fromPatient } from '../mapping/from-patient.ts';
import { emptyForm, NEW_ROW } from '../model.ts';
import { beginning, offers } from './take-over.ts';

const PATIENT: Stored<Patient> = {
  resourceType: 'Patient',
  id: 'a',
  name: [{ family: 'Evans', given: ['Mary', 'Ann'] }],
  telecom: [{ system: 'phone', value: '555-0123' }],
};
const OPENED = { resource: PATIENT, etag: 'W/"1"' };
const TYPED = {
  ...emptyForm(),
  name: [{ ...NEW_ROW.name, family: 'Evans', given: 'Mary Jane' }],
  telecom: [{ ...NEW_ROW.telecom, value: '555 0199' }],
};

test('an offer lists each changed element with its recorded and its new value', () => {
  const [name, phone] = offers(beginning(OPENED, 'none'), TYPED);
  expect(name?.differences).toEqual([
    {
      path: 'name.0',
      recorded: { family: 'Evans', given: ['Mary', 'Ann'] },
      typed: { family: 'Evans', given: ['Mary', 'Jane'] },
    },
  ]);
  expect(phone?.differences).toEqual([
    { path: 'telecom.1', recorded: undefined, typed: { system: 'phone', value: '555 0199' } },
  ]);
});

test('starts from an unsaved draft of the record, with the version it was based on', () => {
  const base: Stored<Patient> = { ...PATIENT, gender: 'female' };
  const values = { ...fromPatient(base), telecom: TYPED.telecom };
  putDraft('mine', { values, base, etag: 'W/"7"' });
  const start = beginning(OPENED, 'mine');
  expect(start).toMatchObject({ base, etag: 'W/"7"' });
  const [name, ...others] = offers(start, TYPED);
  expect(others).toEqual([]); // the phone is in the draft already
  expect(name?.take(start.values).telecom).toEqual(values.telecom);
});

test('ignores a draft that belongs to another record', () => {
  const base = { ...PATIENT, id: 'b' };
  putDraft('other', { values: emptyForm(), base, etag: 'W/"7"' });
  expect(beginning(OPENED, 'other')).toMatchObject({ base: PATIENT, etag: OPENED.etag });
});
