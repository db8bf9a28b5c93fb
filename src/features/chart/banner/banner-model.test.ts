import type { Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { bannerModel, initials } from './banner-model.ts';

const BASE = 'https://fhir.example.org/r4';

describe('bannerModel', () => {
  const now = new Date('2006-08-01T12:00:00');
  const model = (fields: Partial<Patient>) =>
    bannerModel({ resourceType: 'Patient', ...fields }, BASE, now);
  const reason = (valueCode: string) => ({
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode }],
  });
  const masked = reason('masked');

  test('formats name, preferred name, birth date and age', () => {
    const m = model({
      name: [
        { use: 'usual', given: ['Janie'] },
        { use: 'official', family: 'Evans-West', given: ['Mary', 'Jane'], prefix: ['Mrs'] },
      ],
      birthDate: '1945-07-14',
    });
    expect(m.name).toBe('EVANS-WEST, Mary Jane (Mrs)');
    expect(m.preferred).toBe('Janie');
    expect(m.born).toBe('14-Jul-1945');
    expect(m.age).toEqual({ value: '61y', approx: false });
  });

  test('has the current address and the general practitioners by name', () => {
    const m = model({
      address: [
        { use: 'old', city: 'Leeds' },
        { line: ['1 High Street'], city: 'York' },
      ],
      generalPractitioner: [{ display: 'Dr Folake Adeyemi' }, { reference: 'Practitioner/x' }],
    });
    expect(m.address).toBe('1 High Street, York');
    expect(m.practitioners[0]).toBe('Dr Folake Adeyemi');
    expect(model({})).toMatchObject({ address: undefined, practitioners: [] });
  });

  test('lists each record that the patient replaces once, and never itself', () => {
    const link = (reference: string, type = 'replaces') => ({ other: { reference }, type });
    const links = [
      link('Patient/old'),
      link(`${BASE}/Patient/old`),
      link('Patient/older'),
      link('Patient/a'),
      link('Patient/other', 'seealso'),
      link('https://elsewhere.example.org/Patient/x'),
      link('RelatedPerson/r'),
    ];
    expect(model({ id: 'a', link: links as Patient['link'] & {} }).replaces).toEqual([
      'old',
      'older',
    ]);
    expect(model({}).replaces).toEqual([]);
  });

  test('marks a record as restricted by a security label on any part of it', () => {
    const code = {
      system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
      code: 'R',
    };
    const label = {
      url: 'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label',
      valueCoding: code,
    };
    const identity = {
      url: 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-genderIdentity',
      valueCodeableConcept: { text: 'Transgender female' },
      extension: [label],
    };
    expect(model({ extension: [identity] }).caveats).toEqual(['restricted']);
    expect(model({ meta: { security: [code] } }).caveats).toEqual(['restricted']);
    expect(model({}).caveats).toEqual([]);
  });

  test('gives an approximate age for a partial birth date', () => {
    expect(model({ birthDate: '1960' }).age).toEqual({ value: '45y', approx: true });
  });

  test('tells which birth date, number and contact are estimated, not verified or withheld', () => {
    const born = 'http://hl7.org.au/fhir/StructureDefinition/date-accuracy-indicator';
    const traced =
      'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus';
    const status = { text: 'Number present but not traced' };
    const number = (value: string, use: 'usual' | 'old', extension = {}) => ({
      use,
      value,
      extension: [{ url: traced, valueCodeableConcept: status, ...extension }],
    });
    const m = model({
      birthDate: '1920-01-01',
      _birthDate: { extension: [{ url: born, valueCoding: { code: 'UUU' } }] },
      identifier: [number('9912003888', 'usual')],
      telecom: [{ system: 'phone', ...masked }],
    });
    expect(m).toMatchObject({
      born: '01-Jan-1920',
      age: undefined,
      guessed: { unknown: ['day', 'month', 'year'] },
      notVerified: 'Number present but not traced',
      withheld: { born: false, contact: true },
    });
    expect(model({ identifier: [number('1', 'old')] }).notVerified).toBeUndefined();
    expect(model({})).toMatchObject({ notVerified: undefined, withheld: { contact: false } });
  });

  test('tells withheld values from unknown ones', () => {
    const fields = (code: string) => ({
      name: [reason(code)],
      _birthDate: reason(code),
      _deceasedDateTime: reason(code),
      _gender: reason(code),
      identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', _value: reason(code) }],
      telecom: [reason(code)],
    });
    const all = (value: boolean) => ({
      name: value,
      born: value,
      died: value,
      gender: value,
      number: value,
      contact: value,
    });
    expect(model(fields('masked')).withheld).toEqual(all(true));
    expect(model(fields('unknown')).withheld).toEqual(all(false));
    expect(model({}).withheld).toEqual(all(false));
    const known = {
      ...fields('masked'),
      name: [...fields('masked').name, { family: 'Doe' }],
      birthDate: '1960',
      deceasedDateTime: '2000',
      gender: 'male' as const,
    };
    expect(model(known).withheld).toMatchObject({
      name: false,
      born: false,
      died: false,
      gender: false,
    });
  });

  test.each<[string, object]>([
    ['its text', { _text: masked }],
    ['its family name', { _family: masked }],
    ['its given names', { _given: [null, masked] }],
  ])('marks a name as withheld for any of its parts: %s', (_, name) => {
    expect(model({ name: [name] }).withheld.name).toBe(true);
    const part = model({ name: [{ ...name, given: ['Jane'] }] });
    expect(part).toMatchObject({ name: 'Jane', withheld: { name: false } });
  });

  test('ignores withheld names, numbers and contacts that are out of use', () => {
    const over = { period: { end: '1999-12-31' } };
    for (const past of [{ use: 'old' as const }, over]) {
      const entries = [{ ...past, ...masked }];
      const { withheld } = model({ name: entries, identifier: entries, telecom: entries });
      expect(withheld).toMatchObject({ name: false, number: false, contact: false });
    }
  });

  test('gives a deceased patient the age at death and no contact, and no age without a date', () => {
    const telecom = [{ system: 'phone' as const, value: '1' }];
    const died = model({ birthDate: '1945-07-14', deceasedDateTime: '2000-07-13', telecom });
    expect(died.deceased).toEqual({ died: '13-Jul-2000' });
    expect(died.age?.value).toBe('54y');
    expect(died.contact).toBeUndefined();
    const extension = [{ url: 'https://a.example/withheld', valueBoolean: true }];
    const withheld = model({ birthDate: '1945-07-14', _deceasedDateTime: { extension } });
    expect(withheld.deceased).toEqual({ died: undefined });
    expect(withheld.age).toBeUndefined();
    const unknown = model({ birthDate: '1945-07-14', deceasedBoolean: true });
    expect(unknown.deceased).toEqual({ died: undefined });
    expect(unknown.age).toBeUndefined();
  });

  test.each([
    ['the only language', [['Somali']], 'Somali'],
    ['the only one, said twice', [['Somali'], ['Somali']], 'Somali'],
    ['the preferred one', [['English'], ['Somali', true]], 'Somali'],
    ['none of two that nobody prefers', [['English'], ['Somali']], undefined],
    [
      'none of two that are both preferred',
      [
        ['English', true],
        ['Somali', true],
      ],
      undefined,
    ],
    ['none where none is recorded', [], undefined],
  ] as const)('names as language of the interpreter %s', (_, spoken, language) => {
    const url = 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired';
    const communication = spoken.map(([text, preferred]) => ({
      language: { text },
      ...(preferred && { preferred }),
    }));
    const m = model({ communication, extension: [{ url, valueBoolean: true }] });
    expect(m.interpreter).toEqual({ language });
    expect(model({ communication }).interpreter).toBeUndefined();
  });

  test('never shows the logical id as a number', () => {
    expect(model({ id: 'abc' }).numbers).toEqual([]);
  });

  test('accepts a patient without any data', () => {
    const m = model({});
    expect([m.name, m.born, m.age, m.gender, m.contact]).toEqual(Array(5).fill(undefined));
    expect(bannerModel({ resourceType: 'Patient', name: 'x' } as never, BASE, now).name).toBe('x');
  });

  test('has the id of the surviving record of a merged patient', () => {
    const m = model({ link: [{ type: 'replaced-by', other: { reference: `${BASE}/Patient/s` } }] });
    expect(m.status).toMatchObject({ merged: true, mergedInto: 's' });
  });

  test('initials are taken from the words of a name', () => {
    expect(initials('EVANS-WEST, Mary Jane (Mrs)')).toBe('EMJ');
    expect(initials('李, 小龙')).toBe('李小');
    expect(initials('('.repeat(150_000))).toBe('');
    expect(initials(undefined)).toBe('');
  });
});
