import { describe, expect, it } from 'vitest';
import { contacts, genderRows, interpreterRequired, languages, photo } from './patient-details.ts';
import { addresses, identifiers, patientStatus, telecoms } from './patient.ts';

const DAY = '2026-11-22';

describe('patient', () => {
  it('has flags', () => {
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
    expect(patientStatus({ deceasedBoolean: false }).deceased).toBeUndefined();
    expect(
      patientStatus({
        link: [{ type: 'replaced-by', other: { reference: 'https://x/Patient/1' } }],
      }),
    ).toMatchObject({ merged: true, mergedInto: undefined });
  });

  it('lists identifiers, contacts and addresses, those in use first', () => {
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
      ).map((t) => t.href),
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

  it('has details', () => {
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
      photo: [
        { contentType: 'image/svg+xml', data: 'PHN2Zz4=' },
        { contentType: 'image/png', url: 'https://evil.example/x.png' },
        { contentType: 'image/png', data: 'iVBORw0KGgo=' },
      ],
    };
    expect(contacts(patient)[0]).toMatchObject({ name: 'KIN, Next', relationships: ['Mother'] });
    expect(languages(patient)[0]).toEqual({ language: 'Māori', preferred: true });
    expect(interpreterRequired(patient)).toBe(true);
    expect(genderRows(patient)).toEqual([{ kind: 'pronouns', value: 'they/them' }]);
    expect(photo(patient)?.src).toBe('data:image/png;base64,iVBORw0KGgo=');
  });
});
