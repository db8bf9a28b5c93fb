import type { Organization } from 'fhir/r4';
import { mrnSystem, socialSecuritySystem } from './patients.ts';
import { coding, concept, systems } from './codes.ts';
import type { Shape } from './shape.ts';

const usCore = 'http://hl7.org/fhir/us/core/StructureDefinition/us-core-';
const omb = (code: string, display: string) =>
  coding('urn:oid:2.16.840.1.113883.6.238', code, display);
const nullFlavor = 'http://terminology.hl7.org/CodeSystem/v3-NullFlavor';

/** Patients that must not be mistaken for an ordinary, current one, or that hold unusual parts. */
export const awkwardRecords = (): Record<string, Shape> => ({
  inactive: {
    active: false,
    name: [{ use: 'official', family: 'Dormant', given: ['Ines'] }],
    gender: 'female',
    birthDate: '1990-06-17',
  },
  merged: {
    active: false,
    name: [{ use: 'official', family: 'Duplicate', given: ['Dora'] }],
    gender: 'female',
    birthDate: '1981-01-30',
    link: [{ other: { reference: 'Patient/awkward-survivor' }, type: 'replaced-by' }],
  },
  survivor: {
    active: true,
    name: [{ use: 'official', family: 'Duplicate', given: ['Dora', 'Mae'] }],
    gender: 'female',
    birthDate: '1981-01-30',
    link: [
      { other: { reference: 'Patient/awkward-merged' }, type: 'replaces' },
      { other: { reference: 'Patient/awkward-seealso' }, type: 'seealso' },
    ],
  },
  seealso: {
    name: [{ use: 'official', family: 'Twinning', given: ['Dora'] }],
    gender: 'female',
    birthDate: '1981-01-30',
    link: [{ other: { reference: 'Patient/awkward-survivor' }, type: 'seealso' }],
  },
  restricted: {
    meta: { security: [coding(systems.confidentiality, 'R', 'restricted')] },
    name: [{ use: 'official', family: 'Private', given: ['Percy'] }],
    gender: 'male',
    birthDate: '1977-07-07',
  },
  'very-restricted': {
    meta: { security: [coding(systems.confidentiality, 'V', 'very restricted')] },
    name: [{ use: 'official', family: 'Secluded', given: ['Selma'] }],
    gender: 'female',
    birthDate: '1988-08-08',
  },
  test: {
    meta: {
      security: [coding(systems.actReason, 'HTEST', 'test health data')],
      tag: [
        { system: 'https://sandbox.example/tags', code: 'test-patient', display: 'Test patient' },
      ],
    },
    name: [{ use: 'official', family: 'Zzztest', given: ['Training'] }],
    gender: 'other',
    birthDate: '2000-01-01',
  },
  'no-contact': {
    name: [{ use: 'official', family: 'Silent', given: ['Sid'] }],
    gender: 'male',
    birthDate: '1949-02-02',
    identifier: [],
  },
  'no-known-allergy': {
    name: [{ use: 'official', family: 'Unallergic', given: ['Nell'] }],
    gender: 'female',
    birthDate: '1993-04-14',
  },
  'no-allergies-recorded': {
    name: [{ use: 'official', family: 'Unasked', given: ['Ned'] }],
    gender: 'male',
    birthDate: '1994-05-15',
  },
  'primitive-extensions': {
    name: [
      {
        use: 'official',
        family: 'Van Extend',
        _family: {
          extension: [
            {
              url: 'http://hl7.org/fhir/StructureDefinition/humanname-own-prefix',
              valueString: 'Van',
            },
          ],
        },
        given: ['Ext', 'Ra'],
        _given: [
          null as never,
          {
            extension: [
              {
                url: 'http://hl7.org/fhir/StructureDefinition/iso21090-EN-qualifier',
                valueCode: 'MID',
              },
            ],
          },
        ],
      },
    ],
    gender: 'male',
    birthDate: '1966-06-06',
    contained: [
      { resourceType: 'Organization', id: 'gp', name: 'Contained Surgery' } as Organization,
    ],
    generalPractitioner: [{ reference: '#gp', display: 'Contained Surgery' }],
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/patient-genderIdentity',
        valueCodeableConcept: concept(systems.snomed, '33791000087105', 'Non-binary gender'),
      },
      {
        url: 'http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired',
        valueBoolean: true,
      },
      {
        url: `${usCore}race`,
        extension: [
          { url: 'ombCategory', valueCoding: omb('2106-3', 'White') },
          { url: 'ombCategory', valueCoding: omb('2028-9', 'Asian') },
          { url: 'text', valueString: 'Mixed' },
        ],
      },
      {
        url: `${usCore}ethnicity`,
        extension: [{ url: 'ombCategory', valueCoding: { system: nullFlavor, code: 'ASKU' } }],
      },
      {
        url: `${usCore}tribal-affiliation`,
        extension: [
          {
            url: 'tribalAffiliation',
            valueCodeableConcept: concept(
              'http://terminology.hl7.org/CodeSystem/v3-TribalEntityUS',
              '170',
              'Navajo Nation, Arizona, New Mexico & Utah',
            ),
          },
          { url: 'isEnrolled', valueBoolean: true },
        ],
      },
      { url: `${usCore}birthsex`, valueCode: 'ASKU' },
    ],
  },
  'many-identifiers': {
    name: [{ use: 'official', family: 'Numbered', given: ['Enid'] }],
    gender: 'female',
    birthDate: '1970-10-10',
    identifier: [
      {
        use: 'usual',
        type: concept(systems.identifierType, 'MR', 'Medical record number'),
        system: mrnSystem,
        value: 'RGH900001',
        assigner: { display: 'Riverside General Hospital' },
      },
      {
        use: 'official',
        type: concept(systems.identifierType, 'SS', 'Social Security number'),
        system: socialSecuritySystem,
        value: '999-00-0001',
      },
      {
        use: 'old',
        system: mrnSystem,
        value: 'RGH100001',
        period: { start: '1990-01-01', end: '2004-12-31' },
      },
      { use: 'temp', value: 'TEMP-77' },
      { system: 'https://no-value.example' },
      { type: { text: 'Passport' }, value: 'X 123 456|7' },
      ...Array.from({ length: 12 }, (_, i) => ({
        system: `https://clinic-${i}.example/id`,
        value: `C${i}-${1000 + i}`,
      })),
    ],
  },
});
