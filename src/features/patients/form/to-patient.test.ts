import * as fc from 'fast-check';
import type { Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { fromPatient } from './from-patient.ts';
import { emptyForm, NEW_ROW, type PatientForm, type RowField } from './model.ts';
import { isChanged, toPatient } from './to-patient.ts';

type Json = Record<string, unknown>;

/* Patients as no one would write them: any element may be there, with extensions anywhere. */
const word = fc.string({ minLength: 1, maxLength: 12 }).filter((s) => s.trim() === s && s !== '');
const extension = fc.record({
  url: fc.webUrl(),
  valueString: word,
});
const extensions = fc.option(fc.array(extension, { minLength: 1, maxLength: 2 }), {
  nil: undefined,
});
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const element = (fields: Record<string, fc.Arbitrary<unknown>>) =>
  fc.record({ ...fields, extension: extensions, _unknown: optional(word) }, { requiredKeys: [] });
const date = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
  .chain((d) => fc.constantFrom(4, 7, 10).map((length) => d.toISOString().slice(0, length)));
const concept = element({
  coding: fc.array(element({ system: fc.webUrl(), code: word }), { minLength: 1, maxLength: 2 }),
  text: word,
});
const name = element({
  use: fc.constantFrom('official', 'usual', 'old', 'maiden'),
  family: word,
  // Null where only the extension beside it says something (R4 JSON, primitive arrays).
  given: fc.array(fc.option(word, { nil: null, freq: 4 }), { minLength: 1, maxLength: 3 }),
  _given: fc.array(fc.option(fc.record({ id: word }), { nil: null }), {
    minLength: 1,
    maxLength: 3,
  }),
  _family: fc.record({ extension: fc.array(extension, { minLength: 1, maxLength: 1 }) }),
  prefix: fc.array(word, { minLength: 1, maxLength: 1 }),
  text: word,
  period: fc.record({ start: date }),
});
const telecom = element({
  system: fc.constantFrom('phone', 'email'),
  value: word,
  rank: fc.integer({ min: 1, max: 9 }),
  period: fc.record({ start: date }),
});
const many = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { minLength: 1, maxLength: 3 });
const patients: fc.Arbitrary<Patient> = element({
  id: fc.uuid(),
  meta: fc.record({ versionId: word }),
  language: word,
  active: fc.boolean(),
  name: many(name),
  gender: fc.constantFrom('male', 'female', 'other', 'unknown'),
  birthDate: date,
  _birthDate: fc.record({ extension: fc.array(extension, { minLength: 1, maxLength: 1 }) }),
  deceasedBoolean: fc.boolean(),
  identifier: many(
    element({
      use: word,
      type: concept,
      system: fc.webUrl(),
      value: word,
      period: fc.record({ end: date }),
    }),
  ),
  telecom: many(telecom),
  address: many(element({ line: many(word), city: word, country: word, text: word })),
  maritalStatus: concept,
  multipleBirthInteger: fc.integer({ min: 1, max: 6 }),
  photo: many(fc.record({ contentType: word })),
  contact: many(element({ relationship: many(concept), name, telecom: many(telecom) })),
  communication: many(element({ language: concept, preferred: fc.boolean() })),
  generalPractitioner: many(element({ reference: word, display: word })),
  managingOrganization: element({ reference: word, display: word }),
  link: many(fc.record({ other: fc.record({ reference: word }), type: fc.constant('seealso') })),
  contained: many(fc.record({ resourceType: fc.constant('Basic'), id: word })),
}).map((fields) => JSON.parse(JSON.stringify({ resourceType: 'Patient', ...fields })) as Patient);

interface Edit {
  /** Top-level elements that may differ afterwards. */
  readonly touches: readonly string[];
  apply(form: PatientForm): void;
}

const text = word;
const rowEdits = (field: RowField, keys: readonly string[]): fc.Arbitrary<Edit> =>
  fc
    .record({ at: fc.nat(5), key: fc.constantFrom(...keys), value: text })
    .map(({ at, key, value }) => ({
      touches: [field, `_${field}`],
      apply: (form) => {
        const rows = form[field] as unknown as Json[];
        const row = rows[at % Math.max(rows.length, 1)];
        if (row) row[key] = value;
        else rows.push({ ...NEW_ROW[field], [key]: value });
      },
    }));

const edits: fc.Arbitrary<Edit> = fc.oneof(
  rowEdits('name', ['family', 'given', 'prefix', 'suffix', 'use', 'start']),
  rowEdits('identifier', ['value', 'system', 'type', 'assigner', 'end']),
  rowEdits('telecom', ['value']),
  rowEdits('address', ['line', 'city', 'state', 'postalCode']),
  rowEdits('contact', ['family', 'given', 'phone', 'relationship']),
  rowEdits('communication', ['language']),
  rowEdits('generalPractitioner', ['reference']),
  rowEdits('managingOrganization', ['display']),
  fc.constantFrom('male', 'female', '').map((gender) => ({
    touches: ['gender'],
    apply: (form: PatientForm) => void (form.gender = gender),
  })),
  fc.constantFrom('' as const, 'true' as const, 'false' as const).map((active) => ({
    touches: ['active'],
    apply: (form: PatientForm) => void (form.active = active),
  })),
  fc.integer({ min: 1900, max: 2025 }).map((year) => ({
    touches: ['birthDate', '_birthDate'],
    apply: (form: PatientForm) =>
      void (form.birthDate = { year: String(year), month: '02', day: '3' }),
  })),
  fc.constantFrom('', 'no', 'yes').map((kind) => ({
    touches: ['deceasedBoolean', 'deceasedDateTime'],
    apply: (form: PatientForm) =>
      void (form.deceased.kind = kind as PatientForm['deceased']['kind']),
  })),
  fc.constantFrom('yes', 'no').map((interpreter) => ({
    touches: ['extension'],
    apply: (form: PatientForm) =>
      void (form.interpreter = interpreter as PatientForm['interpreter']),
  })),
);

const without = (patient: Patient, keys: readonly string[]): Json =>
  Object.fromEntries(Object.entries(patient).filter(([key]) => !keys.includes(key)));

describe('an edit changes only what was edited', () => {
  test('nothing typed, nothing changed', () => {
    fc.assert(
      fc.property(patients, (patient) => {
        const form = fromPatient(patient);
        const built = toPatient(patient, form, structuredClone(form));
        expect(built.patient).toEqual(patient);
        expect(isChanged(patient, built)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });

  test('any one edit leaves every other element as it was', () => {
    fc.assert(
      fc.property(patients, edits, (patient, edit) => {
        const before = fromPatient(patient);
        const after = structuredClone(before);
        edit.apply(after);
        const { patient: sent } = toPatient(patient, before, after);
        expect(without(sent, edit.touches)).toEqual(without(patient, edit.touches));
      }),
      { numRuns: 150 },
    );
  });

  test('an edited row keeps the parts that the form does not know, and its neighbours', () => {
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1, maxLength: 4 }),
        fc.nat(3),
        word,
        (names, at, family) => {
          const patient = JSON.parse(
            JSON.stringify({
              resourceType: 'Patient',
              name: names.map((n) => ({ ...n, given: ['Ann'] })),
            }),
          ) as Patient;
          const before = fromPatient(patient);
          const after = structuredClone(before);
          const row = after.name[at % after.name.length];
          if (!row) return;
          row.family = family;
          const { patient: sent } = toPatient(patient, before, after);
          const expected = structuredClone(patient) as unknown as { name: Json[] };
          const edited = expected.name[row.source] ?? {};
          if (edited['family'] !== family) {
            edited['family'] = family;
            delete edited['text'];
          }
          expect(sent.name).toEqual(expected.name);
        },
      ),
    );
  });
});

const edit = (patient: Patient, change: (form: PatientForm) => void): Patient => {
  const before = fromPatient(patient);
  const after = structuredClone(before);
  change(after);
  return toPatient(patient, before, after).patient;
};
const patient = (fields: Partial<Patient>): Patient => ({ resourceType: 'Patient', ...fields });

describe('what an edit takes with it', () => {
  test('an extension stays with its given name', () => {
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

  test('the text of a name that was edited goes, that of another stays', () => {
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

  test('the time of birth moves with the date; a partial date has none', () => {
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

  test('a generated narrative goes, any other stays', () => {
    const div = '<div xmlns="http://www.w3.org/1999/xhtml">Smit</div>';
    const generated = patient({ gender: 'male', text: { status: 'generated', div } });
    expect(edit(generated, (form) => void (form.gender = 'female')).text).toBeUndefined();
    expect(edit(generated, () => undefined).text).toBeDefined();
    const written = patient({ gender: 'male', text: { status: 'additional', div } });
    expect(edit(written, (form) => void (form.gender = 'female')).text).toEqual(written.text);
  });

  test('a removed row goes, a new one comes last, and the rows are found again', () => {
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

  test('typed text is in NFC; what stays is left as it was recorded', () => {
    const given = ['Rene\u0301', 'Jo'];
    const sent = edit(patient({ name: [{ family: 'Ze\u0301', given }] }), (form) => {
      form.name[0]!.given = 'Rene\u0301 Joe\u0301';
    });
    expect(sent.name).toEqual([{ family: 'Ze\u0301', given: ['Rene\u0301', 'Jo\u00e9'] }]);
  });

  test('the end of a period is edited, its start and extensions stay', () => {
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

  test('a new patient holds what was typed and no empty element', () => {
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
});
