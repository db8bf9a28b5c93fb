import * as fc from 'fast-check';
import type { Patient } from 'fhir/r4';
import { NEW_ROW, type PatientForm, type RowField } from '../model.ts';

export type Json = Record<string, unknown>;

/* Arbitrary patients: any element may be present, with extensions anywhere. */
/** Non-empty text without blanks at its ends. */
export const word = fc
  .string({ minLength: 1, maxLength: 12 })
  .filter((s) => s.trim() === s && s !== '');
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
export const name = element({
  use: fc.constantFrom('official', 'usual', 'old', 'maiden'),
  family: word,
  // Null where only an extension in `_given` exists (R4 JSON, primitive arrays).
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
/** A Period, with extensions that the form does not show. */
const period = element({
  start: date,
  end: date,
  _start: fc.record({ extension: fc.array(extension, { minLength: 1, maxLength: 1 }) }),
});
const telecom = element({
  system: fc.constantFrom('phone', 'email'),
  value: word,
  rank: fc.integer({ min: 1, max: 9 }),
  period,
});
const address = element({
  use: word,
  type: fc.constantFrom('postal', 'physical', 'both'),
  line: fc.array(word, { minLength: 1, maxLength: 3 }),
  _line: fc.array(fc.option(fc.record({ id: word }), { nil: null }), {
    minLength: 1,
    maxLength: 3,
  }),
  city: word,
  country: word,
  text: word,
  period,
});
const many = <T>(arbitrary: fc.Arbitrary<T>) => fc.array(arbitrary, { minLength: 1, maxLength: 3 });
export const patients: fc.Arbitrary<Patient> = element({
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
      period,
    }),
  ),
  telecom: many(telecom),
  address: many(address),
  maritalStatus: concept,
  multipleBirthInteger: fc.integer({ min: 1, max: 6 }),
  photo: many(fc.record({ contentType: word })),
  contact: many(
    element({
      relationship: many(concept),
      name,
      telecom: many(telecom),
      address,
      gender: fc.constantFrom('male', 'female', 'other', 'unknown'),
      organization: element({
        reference: word,
        display: word,
        identifier: fc.record({ value: word }),
      }),
      period,
    }),
  ),
  communication: many(element({ language: concept, preferred: fc.boolean() })),
  generalPractitioner: many(element({ reference: word, display: word })),
  managingOrganization: element({ reference: word, display: word }),
  link: many(fc.record({ other: fc.record({ reference: word }), type: fc.constant('seealso') })),
  contained: many(fc.record({ resourceType: fc.constant('Basic'), id: word })),
}).map((fields) => JSON.parse(JSON.stringify({ resourceType: 'Patient', ...fields })) as Patient);

export interface Edit {
  /** Top-level elements that may differ after the edit. */
  readonly touches: readonly string[];
  apply(form: PatientForm): void;
}

const rowEdits = (field: RowField, keys: readonly string[]): fc.Arbitrary<Edit> =>
  fc
    .record({ at: fc.nat(5), key: fc.constantFrom(...keys), value: word })
    .map(({ at, key, value }) => ({
      touches: [field, `_${field}`],
      apply: (form) => {
        const rows = form[field] as unknown as Json[];
        const row = rows[at % Math.max(rows.length, 1)];
        if (row) row[key] = value;
        else rows.push({ ...NEW_ROW[field], [key]: value });
      },
    }));

export const edits: fc.Arbitrary<Edit> = fc.oneof(
  rowEdits('name', ['family', 'given', 'prefix', 'suffix', 'use', 'start']),
  rowEdits('identifier', ['value', 'system', 'type', 'assigner', 'end']),
  rowEdits('telecom', ['value', 'use', 'system', 'start', 'end']),
  rowEdits('address', ['line', 'city', 'district', 'state', 'postalCode', 'start', 'end']),
  rowEdits('contact', ['family', 'given', 'phone', 'email', 'relationship', 'gender']),
  rowEdits('contact', ['line', 'city', 'country', 'organization', 'start', 'end']),
  rowEdits('communication', ['language']),
  rowEdits('generalPractitioner', ['reference', 'display']),
  rowEdits('managingOrganization', ['reference']),
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
