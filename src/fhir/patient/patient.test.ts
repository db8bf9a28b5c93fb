import { describe, expect, it } from 'vitest';
import { addresses } from './addresses.ts';
import { ageAt, patientAge } from './age.ts';
import { formatDate, formatDateTime, today } from '../dates/dates.ts';
import { isPartRestricted } from '../caveats/caveats.ts';
import { contacts, genderRows, interpreterRequired, languages } from './patient-details.ts';
import { identifiers, patientStatus, telecoms } from './patient.ts';
import { contactHref } from '../safe-url.ts';

const DAY = '2026-11-22';

const ABSENT = 'http://hl7.org/fhir/StructureDefinition/data-absent-reason';

describe('reading a patient', () => {
  it('returns the status flags', () => {
    const status = patientStatus({
      active: false,
      deceasedDateTime: '2020-05',
      link: [{ type: 'replaced-by', other: { reference: 'Patient/survivor' } }],
      meta: {
        security: [
          { system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: 'R' },
          { code: 'HTEST' },
        ],
      },
    });
    expect(status).toEqual({
      deceased: { date: '2020-05' },
      inactive: true,
      merged: true,
      mergedInto: 'survivor',
      restricted: true,
      test: true,
    });
    const kind = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'CEL' };
    expect(patientStatus({ meta: { security: [kind] } }).restricted).toBe(true);
    expect(patientStatus({ meta: { security: [{ code: 'HTEST' }] } }).restricted).toBe(false);
    expect(patientStatus({ deceasedBoolean: false }).deceased).toBeUndefined();
    const unsaid = { extension: [{ url: ABSENT, valueCode: 'masked' }] };
    expect(patientStatus({ _deceasedDateTime: unsaid }).deceased).toEqual({ date: undefined });
    expect(
      patientStatus({
        link: [{ type: 'replaced-by', other: { reference: 'https://x/Patient/1' } }],
      }),
    ).toMatchObject({ merged: true, mergedInto: undefined });
  });

  it('lists identifiers, telecoms and addresses, current ones before old ones', () => {
    expect(
      identifiers(
        {
          identifier: [
            { use: 'old', value: 'gone' },
            { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9434765919' },
            {
              type: { coding: [{ code: 'MR' }] },
              value: 'M1',
              assigner: { display: 'St Elsewhere' },
            },
            { value: null },
          ],
        },
        DAY,
      ).map((i) => [i.value, i.type, i.old]),
    ).toEqual([
      ['943 476 5919', 'NHS number', false],
      ['M1', 'Medical record number', false],
      ['gone', undefined, true],
    ]);
    expect(
      telecoms(
        {
          telecom: [
            { system: 'phone', value: 'javascript:alert(1)' },
            { system: 'email', value: 'a@example.org', rank: 1 },
            { system: 'phone', value: '+61 2 5550 1234', rank: 2 },
          ],
        },
        DAY,
      ).map((t) => contactHref(t.system, t.value)),
    ).toEqual(['mailto:a@example.org', 'tel:+61255501234', undefined]);
    expect(
      addresses({
        address: [
          { text: 'A\nB' },
          { line: ['1 High St'], city: 'Town', postalCode: 'X1' },
          'flat',
        ],
      }).map((a) => a.lines),
    ).toEqual([['A', 'B'], ['1 High St', 'X1 Town'], ['flat']]);
  });

  it('returns contacts, languages, interpreter and pronouns', () => {
    const patient = {
      contact: [{ name: { family: 'Kin', given: ['Next'] }, relationship: [{ text: 'Mother' }] }],
      communication: [
        { language: { text: 'English' } },
        { language: { text: 'Māori' }, preferred: true },
      ],
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired',
          valueBoolean: true,
        },
        {
          url: 'http://hl7.org/fhir/StructureDefinition/individual-pronouns',
          extension: [{ url: 'value', valueCodeableConcept: { text: 'they/them' } }],
        },
      ],
    };
    expect(contacts(patient)[0]).toMatchObject({ name: 'KIN, Next' });
    expect(languages(patient)[0]).toEqual({ language: 'Māori', preferred: true });
    expect(interpreterRequired(patient)).toBe(true);
    expect(genderRows(patient)).toMatchObject([{ kind: 'pronouns', value: 'they/them' }]);
  });

  it('sorts identifiers by use: usual first, secondary and temp later, old last', () => {
    const uses = ['old', 'secondary', undefined, 'official', 'usual', 'odd', 'temp'];
    const identifier = uses.map((use) => ({ value: String(use), ...(use && { use }) }));
    expect(identifiers({ identifier }, DAY).map((i) => i.value)).toEqual([
      'usual',
      'undefined',
      'official',
      'odd',
      'secondary',
      'temp',
      'old',
    ]);
  });

  it('gives the local day of a death with a time, as everywhere else in the chart', () => {
    // In every time zone but UTC one of these two instants is on another day than the one written.
    for (const deceasedDateTime of ['2020-01-02T00:30:00Z', '2020-01-01T23:30:00Z']) {
      const date = today(new Date(deceasedDateTime));
      expect(patientStatus({ deceasedDateTime }).deceased).toEqual({ date });
      expect(formatDateTime(deceasedDateTime)).toContain(formatDate(date));
      const born = { birthDate: '2019-12-30', deceasedDateTime };
      expect(patientAge(born)).toEqual({ ...ageAt('2019-12-30', date), atDeath: true });
    }
    const told = '2020-01-02T99:30:00Z';
    expect(patientStatus({ deceasedDateTime: told }).deceased).toEqual({ date: told });
  });

  it('puts medical record and national numbers first, and a copy of the logical id last', () => {
    const numbers = (...identifier: object[]) =>
      identifiers({ id: 'logical', identifier }, DAY).map((i) => i.value);
    const typed = (code: string) => ({ type: { coding: [{ code }] }, value: code });
    const copy = { value: 'logical' };
    // Synthea records the copy first, without a type.
    expect(numbers(copy, typed('SS'), typed('MR'))).toEqual(['MR', 'SS', 'logical']);
    expect(numbers(typed('DL'), typed('NI'))).toEqual(['NI', 'DL']);
    // UK Core's NHS number has no type, and keeps its place before the number of the hospital.
    const nhs = { system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9000000009' };
    expect(numbers(nhs, typed('MR'))).toEqual(['900 000 0009', 'MR']);
    // The use still decides first.
    const usual = { use: 'usual', value: 'usual' };
    expect(numbers(typed('MR'), usual)).toEqual(['usual', 'MR']);
    const temp = { use: 'temp', ...typed('MR') };
    expect(numbers(temp, copy)).toEqual(['logical', 'MR']);
  });

  it('marks entries whose period is in the future as not in use, with the period', () => {
    const period = { start: '2027-01-03' };
    const later = { value: 'later', city: 'Later', period };
    const now = { value: 'now', city: 'Now' };
    const shown = { old: true, period };
    expect(identifiers({ identifier: [later, now] }, DAY)[1]).toMatchObject(shown);
    expect(telecoms({ telecom: [later, now] }, DAY)[1]).toMatchObject(shown);
    expect(addresses({ address: [later, now] }, DAY)[1]).toMatchObject(shown);
  });

  it.each([
    ['373066001', true],
    ['373067005', false],
    ['261665006', undefined], // unknown
    ['asked-unknown', undefined],
  ])('reads from the code %s that an interpreter is needed: %s', (code, needed) => {
    const url = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-interpreter-needed';
    expect(interpreterRequired({ extension: [{ url, valueCoding: { code } }] })).toBe(needed);
  });

  describe('genderRows', () => {
    it('tells recorded sexes apart by their type, and leaves out those that ended', () => {
      const url = 'http://hl7.org/fhir/StructureDefinition/individual-recordedSexOrGender';
      const value = { url: 'value', valueCodeableConcept: { text: 'female' } };
      const type = { url: 'type', valueCodeableConcept: { text: 'Sex assigned at birth' } };
      const from = { url: 'jurisdiction', valueCodeableConcept: { text: 'Ohio' } };
      const over = { url: 'effectivePeriod', valuePeriod: { end: '2020' } };
      const extension = [
        [value, type],
        [value, from],
        [value, over],
      ].map((parts) => ({ url, extension: parts }));
      expect(genderRows({ extension }, DAY).map(({ about }) => about)).toEqual([
        'Sex assigned at birth',
        'Ohio',
      ]);
    });

    const us = (name: string, value: object) => ({
      url: `http://hl7.org/fhir/us/core/StructureDefinition/${name}`,
      ...value,
    });

    it.each([
      [us('us-core-birthsex', { valueCode: 'F' }), 'birth-sex', 'female'],
      [us('us-core-birthsex', { valueCode: 'UNK' }), 'birth-sex', 'unknown'],
      [us('us-core-birthsex', { valueCode: 'OTH' }), 'birth-sex', 'other'],
      // ASKU (asked but unknown) says more than UNK, so it is not mapped to unknown.
      [us('us-core-birthsex', { valueCode: 'ASKU' }), 'birth-sex', 'ASKU'],
      [us('us-core-sex', { valueCode: 'asked-declined' }), 'recorded-sex', 'declined'],
      // us-core-sex documents a sex without a statement on its clinical use, so it is recorded-sex.
      [us('us-core-sex', { valueCode: '248153007' }), 'recorded-sex', 'male'],
      [us('us-core-individual-sex', { valueCoding: { code: 'M' } }), 'recorded-sex', 'male'],
    ])('returns the code of a bare code: %o', (extension, kind, code) => {
      expect(genderRows({ extension: [extension] })).toMatchObject([{ kind, code }]);
    });

    it('returns each source, so that a security label restricts only its own row', () => {
      const identity = {
        valueCodeableConcept: { text: 'Transgender female' },
        extension: [
          {
            url: 'http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label',
            valueCoding: { code: 'R' },
          },
        ],
      };
      const birth = { valueCode: 'M' };
      const extension = [us('us-core-genderIdentity', identity), us('us-core-birthsex', birth)];
      expect(genderRows({ extension }).map(({ source }) => isPartRestricted(source))).toEqual([
        true,
        false,
      ]);
    });

    it('keeps the display of a code as the value', () => {
      const said = { valueCodeableConcept: { coding: [{ code: 'F', display: 'Female sex' }] } };
      const source = us('us-core-birthsex', said);
      const [row] = genderRows({ extension: [source] });
      expect(row).toEqual({ kind: 'birth-sex', value: 'Female sex', source });
    });

    it('omits a value whose period has ended', () => {
      const identity = (text: string, end: string) => ({
        url: 'http://hl7.org/fhir/StructureDefinition/individual-genderIdentity',
        extension: [
          { url: 'value', valueCodeableConcept: { text } },
          { url: 'period', valuePeriod: { end } },
        ],
      });
      const extension = [identity('before', '2020-01-01'), identity('now', '2999')];
      expect(genderRows({ extension }, DAY)).toMatchObject([{ kind: 'identity', value: 'now' }]);
    });

    it('omits a value whose period has not begun', () => {
      const start = { url: 'period', valuePeriod: { start: '2999' } };
      const value = { url: 'value', valueCodeableConcept: { text: 'later' } };
      const url = 'http://hl7.org/fhir/StructureDefinition/individual-genderIdentity';
      expect(genderRows({ extension: [{ url, extension: [value, start] }] }, DAY)).toEqual([]);
    });
  });
});
