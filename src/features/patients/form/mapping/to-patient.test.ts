import type { Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { fromPatient } from './from-patient.ts';
import { emptyForm, NEW_ROW, type PatientForm } from '../model.ts';
import { toPatient } from './to-patient.ts';

const edit = (patient: Patient, change: (form: PatientForm) => void): Patient => {
  const before = fromPatient(patient);
  const after = structuredClone(before);
  change(after);
  return toPatient(patient, before, after).patient;
};
const patient = (fields: Partial<Patient>): Patient => ({ resourceType: 'Patient', ...fields });

describe('toPatient', () => {
  test('moves an extension along with its given name', () => {
    const sent = edit(
      patient({
        name: [{ given: ['Mary Ann', 'Jo'], _given: [{ id: 'a' }, { id: 'b' }] as never }],
      }),
      (form) => void (form.name[0]!.given = 'Eva Jo Mary Ann'),
    );
    expect(sent.name).toEqual([
      { given: ['Eva', 'Jo', 'Mary Ann'], _given: [null, { id: 'b' }, { id: 'a' }] },
    ]);
  });

  test('removes the text of an edited name and keeps the text of other names', () => {
    const sent = edit(
      patient({
        name: [
          { family: 'Smit', text: 'A Smit' },
          { use: 'old', family: 'Old', text: 'A Old' },
        ],
      }),
      (form) => void (form.name[0]!.family = 'Smith'),
    );
    expect(sent.name).toEqual([{ family: 'Smith' }, { use: 'old', family: 'Old', text: 'A Old' }]);
  });

  test('treats a withheld date of death as a death and keeps it until the death is edited', () => {
    const extension = [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
        valueCode: 'masked' as const,
      },
    ];
    const withheld = patient({ gender: 'male', _deceasedDateTime: { extension } });
    expect(fromPatient(withheld).deceased.kind).toBe('yes');
    expect(edit(withheld, () => undefined)).toEqual(withheld);
    const corrected = edit(withheld, (form) => {
      form.gender = 'female';
      form.deceased.kind = 'yes';
    });
    expect(corrected).toEqual({ ...withheld, gender: 'female' });
    const year = (form: PatientForm) =>
      void (form.deceased = { kind: 'date', date: { year: '2020', month: '', day: '' } });
    expect(edit(withheld, year)).toEqual(patient({ gender: 'male', deceasedDateTime: '2020' }));
    const alive = edit(withheld, (form) => void (form.deceased.kind = 'no'));
    expect(alive).toEqual(patient({ gender: 'male', deceasedBoolean: false }));
  });

  test('moves the time of birth to the new birth date and drops it for a partial date', () => {
    const born = patient({
      birthDate: '2020-01-02',
      _birthDate: {
        extension: [
          {
            url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime',
            valueDateTime: '2020-01-02T10:00:00+01:00',
          },
        ],
      },
    });
    const moved = edit(born, (form) => void (form.birthDate.day = '3'));
    expect(moved['_birthDate']?.extension?.[0]?.valueDateTime).toBe('2020-01-03T10:00:00+01:00');
    const partial = edit(
      born,
      (form) => void (form.birthDate = { year: '2020', month: '', day: '' }),
    );
    expect(partial.birthDate).toBe('2020');
    expect(partial['_birthDate']).toBeUndefined();
  });

  test('marks edited parts of a birth date as accurate and keeps the other accuracies', () => {
    const url = 'http://hl7.org.au/fhir/StructureDefinition/date-accuracy-indicator';
    const guessed = (code: string): Patient =>
      patient({
        birthDate: '1920-01-01',
        _birthDate: { extension: [{ url, valueCoding: { system: 'urn:x', code, display: code } }] },
      });
    const typed = (code: string, birthDate: Partial<PatientForm['birthDate']>) =>
      edit(guessed(code), (form) => void Object.assign(form.birthDate, birthDate))['_birthDate']
        ?.extension?.[0]?.valueCoding;
    const whole = { year: '1931', month: '5', day: '6' };
    expect(typed('UUU', whole)).toEqual({ system: 'urn:x', code: 'AAA' });
    expect(typed('UUE', { year: '1931' })).toEqual({ system: 'urn:x', code: 'UUA' });
    expect(typed('AAA', { day: '' })?.code).toBe('UAA');
    expect(typed('other', whole)?.code).toBe('other');
    const untouched = edit(guessed('UUU'), (form) => void (form.gender = 'female'));
    expect(untouched['_birthDate']).toEqual(guessed('UUU')['_birthDate']);
  });

  test('drops a generated narrative after an edit and keeps any other narrative', () => {
    const div = '<div xmlns="http://www.w3.org/1999/xhtml">Smit</div>';
    for (const status of ['generated', 'extensions'] as const) {
      const generated = patient({ gender: 'male', text: { status, div } });
      expect(edit(generated, (form) => void (form.gender = 'female')).text).toBeUndefined();
      expect(edit(generated, () => undefined).text).toBeDefined();
    }
    const written = patient({ gender: 'male', text: { status: 'additional', div } });
    expect(edit(written, (form) => void (form.gender = 'female')).text).toEqual(written.text);
  });

  test('removes a deleted row, appends a new one, and maps elements back to form rows', () => {
    const base = patient({
      name: [
        { use: 'maiden', family: 'A' },
        { use: 'official', family: 'B' },
      ],
      telecom: [
        { system: 'phone', value: '1' },
        { system: 'phone', value: '2' },
      ],
    });
    const before = fromPatient(base);
    expect(before.name.map((row) => row.family)).toEqual(['B', 'A']);
    const after = structuredClone(before);
    after.telecom.splice(0, 1);
    after.telecom.push({ ...NEW_ROW.telecom, system: 'email', value: 'x@example.org' });
    const built = toPatient(base, before, after);
    expect(built.patient.telecom).toEqual([
      { system: 'phone', value: '2' },
      { system: 'email', value: 'x@example.org' },
    ]);
    expect(built.rowOf.name).toEqual([1, 0]);
  });

  test('does not confuse a code of another system with a code of the form', () => {
    const coded = (system: string | undefined, code: string, display?: string) => ({
      coding: [{ ...(system && { system }), code, ...(display && { display }) }],
    });
    const foreign = fromPatient(
      patient({
        maritalStatus: coded('http://terminology.hl7.org/CodeSystem/v2-0002', 'A', 'Separated'),
        identifier: [{ type: coded('urn:x', 'MR', 'Motor registration'), value: '1' }],
      }),
    );
    expect(foreign).toMatchObject({ maritalStatusText: 'Separated' });
    expect(foreign.maritalStatus).not.toBe('A'); // annulled
    expect(foreign.identifier[0]).toMatchObject({ typeText: 'Motor registration' });
    expect(foreign.identifier[0]!.type).not.toBe('MR');
    const own = fromPatient(
      patient({
        maritalStatus: coded('http://terminology.hl7.org/CodeSystem/v3-NullFlavor', 'UNK'),
        identifier: [
          { type: coded(undefined, 'MR'), value: '1' },
          { type: coded('http://hl7.org/fhir/v2/0203', 'DL'), value: '2' },
        ],
      }),
    );
    expect(own.maritalStatus).toBe('UNK');
    expect(own.identifier.map(({ type }) => type)).toEqual(['MR', 'DL']);
  });

  test('normalizes typed text to NFC and leaves kept text as recorded', () => {
    const given = ['Rene\u0301', 'Jo'];
    const sent = edit(patient({ name: [{ family: 'Ze\u0301', given }] }), (form) => {
      form.name[0]!.given = 'Rene\u0301 Joe\u0301';
    });
    expect(sent.name).toEqual([{ family: 'Ze\u0301', given: ['Rene\u0301', 'Jo\u00e9'] }]);
  });

  test('keeps the start and the extensions of a period when its end is edited', () => {
    const period = { start: '2001-03-01T08:00:00Z', extension: [{ url: 'x', valueCode: 'y' }] };
    const base = patient({ name: [{ family: 'A', period }], identifier: [{ value: '1', period }] });
    expect(fromPatient(base).name[0]).toMatchObject({ start: '01-Mar-2001', end: '' });
    const sent = edit(base, (form) => {
      form.name[0]!.end = 'Dec 2010';
      form.identifier[0]!.start = '';
    });
    expect(sent.name?.[0]?.period).toEqual({ ...period, end: '2010-12' });
    expect(sent.identifier?.[0]?.period).toEqual({ extension: period.extension });
  });

  test('creates a new patient with the typed values and no empty elements', () => {
    const form = emptyForm();
    form.name[0]!.family = 'Evans-West';
    form.name[0]!.given = 'Mary Jane';
    form.birthDate = { year: '1960', month: '12', day: '' };
    expect(toPatient(undefined, emptyForm(), form).patient).toEqual({
      resourceType: 'Patient',
      active: true,
      name: [{ use: 'official', family: 'Evans-West', given: ['Mary', 'Jane'] }],
      birthDate: '1960-12',
    });
  });

  test('writes periods of telecom and address, and a contact with all its parts', () => {
    const form = emptyForm();
    form.name[0]!.family = 'Reach';
    Object.assign(form.telecom[0]!, { value: '+1 555 0100', start: '2001', end: 'Mar 2010' });
    Object.assign(form.address[0]!, { city: 'Delft', start: '5 Mar 2001' });
    form.contact.push({
      ...NEW_ROW.contact,
      relationship: 'N',
      family: 'Kin',
      email: 'kin@example.org',
      line: 'Main Street 1\nFlat 2',
      city: 'Leiden',
      organization: 'Organization/org-1',
      organizationName: 'Hillside',
      end: '2020',
    });
    const { patient: sent } = toPatient(undefined, emptyForm(), form);
    expect(sent.telecom).toEqual([
      { system: 'phone', value: '+1 555 0100', period: { start: '2001', end: '2010-03' } },
    ]);
    expect(sent.address).toEqual([{ city: 'Delft', period: { start: '2001-03-05' } }]);
    expect(sent.contact).toEqual([
      {
        relationship: [
          { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0131', code: 'N' }] },
        ],
        name: { family: 'Kin' },
        telecom: [{ system: 'email', value: 'kin@example.org' }],
        address: { line: ['Main Street 1', 'Flat 2'], city: 'Leiden' },
        organization: { reference: 'Organization/org-1', display: 'Hillside' },
        period: { end: '2020' },
      },
    ]);
    expect(fromPatient(sent).contact[0]).toMatchObject({
      email: 'kin@example.org',
      city: 'Leiden',
    });
  });
});
