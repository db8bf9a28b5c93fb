import type { Organization, Patient } from 'fhir/r4';
import { addDays, addYears, instant } from './calendar.ts';
import { coding, concept, systems } from './codes.ts';
import { mrnSystem, socialSecuritySystem } from './patients.ts';
import { organizationReference, organizations } from './places.ts';

type Shape = Omit<Patient, 'resourceType' | 'id'>;

const forty = Array.from({ length: 40 }, (_, i) => `Given${String(i + 1).padStart(2, '0')}`);

/** Valid patients that break programs that took a usual record for granted. */
const shapes = (now: string): Record<string, Shape> => ({
  'no-name': { gender: 'unknown', birthDate: '1971-05-06' },
  'no-birth-date': {
    name: [{ use: 'official', family: 'Undated', given: ['Una'] }],
    gender: 'female',
  },
  bare: {},
  'text-only': {
    name: [{ text: 'Sunita w/o Ramesh of Chandpur' }],
    gender: 'female',
    birthDate: '1969-02-11',
  },
  mononym: {
    name: [{ use: 'official', given: ['Suharti'] }],
    gender: 'female',
    birthDate: '1984-09-30',
  },
  'family-only': {
    name: [{ use: 'official', family: 'Sukarnoto' }],
    gender: 'male',
    birthDate: '1956-01-19',
  },
  'many-names': {
    name: [
      {
        use: 'official',
        family: 'de la Santísima Trinidad y Todos los Santos',
        given: forty,
        prefix: ['Prof', 'Dr', 'Sir'],
        suffix: ['OBE', 'PhD', 'Jr'],
      },
    ],
    gender: 'male',
    birthDate: '1962-08-03',
  },
  'name-history': {
    name: [
      { use: 'old', family: 'Ellery', given: ['Robin'], period: { end: '2001-05-05' } },
      { use: 'maiden', family: 'Farrow', given: ['Robin'], period: { end: '2001-05-05' } },
      { use: 'official', family: 'Future', given: ['Robin'], period: { start: addYears(now, 1) } },
      {
        use: 'official',
        family: 'Garland',
        given: ['Robin', 'Kit'],
        prefix: ['Mx'],
        period: { start: '2001-05-05' },
      },
      { use: 'usual', family: 'Garland', given: ['Kit'] },
      { use: 'nickname', given: ['Kitto'] },
    ],
    gender: 'other',
    birthDate: '1975-10-12',
  },
  anonymous: {
    name: [{ use: 'anonymous', text: 'Anonymous B' }],
    gender: 'female',
    birthDate: '1999',
  },
  'temporary-name': {
    name: [{ use: 'temp', family: 'Unknown', given: ['Male', 'Resus 2'] }],
    gender: 'male',
  },
  'partial-year': {
    name: [{ use: 'official', family: 'Yearly', given: ['Anno'] }],
    gender: 'male',
    birthDate: '1960',
  },
  'partial-month': {
    name: [{ use: 'official', family: 'Monthly', given: ['Dezembra'] }],
    gender: 'female',
    birthDate: '1960-12',
  },
  'unknown-birth-date': {
    name: [{ use: 'official', family: 'Absent', given: ['Data'] }],
    _birthDate: {
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason',
          valueCode: 'asked-unknown',
        },
      ],
    },
  },
  newborn: {
    name: [{ use: 'temp', family: 'Marsh', given: ['Baby Girl'] }],
    gender: 'female',
    birthDate: addDays(now, -1),
    _birthDate: {
      extension: [
        {
          url: 'http://hl7.org/fhir/StructureDefinition/patient-birthTime',
          valueDateTime: `${addDays(now, -1)}T22:40:00Z`,
        },
      ],
    },
    multipleBirthInteger: 2,
  },
  toddler: {
    name: [{ use: 'official', family: 'Little', given: ['Pip'] }],
    gender: 'male',
    birthDate: addYears(now, -2),
  },
  'leap-day': {
    name: [{ use: 'official', family: 'Leap', given: ['Febe'] }],
    gender: 'female',
    birthDate: '2000-02-29',
  },
  aged: {
    name: [{ use: 'official', family: 'Elder', given: ['Methusa'], prefix: ['Mrs'] }],
    gender: 'female',
    birthDate: addDays(addYears(now, -104), -40),
  },
  'future-birth-date': {
    name: [{ use: 'official', family: 'Tomorrow', given: ['Morgen'] }],
    gender: 'unknown',
    birthDate: addYears(now, 3),
  },
  'deceased-date': {
    name: [{ use: 'official', family: 'Gone', given: ['Edgar'] }],
    gender: 'male',
    birthDate: '1931-04-02',
    deceasedDateTime: '2019-11-23T04:15:00+01:00',
  },
  'deceased-boolean': {
    name: [{ use: 'official', family: 'Departed', given: ['Edith'] }],
    gender: 'female',
    birthDate: '1928-12-25',
    deceasedBoolean: true,
  },
  'deceased-false': {
    name: [{ use: 'official', family: 'Alive', given: ['Viv'] }],
    gender: 'female',
    birthDate: '1955-03-03',
    deceasedBoolean: false,
  },
  'deceased-year': {
    name: [{ use: 'official', family: 'Passed', given: ['Otto'] }],
    gender: 'male',
    birthDate: '1920-07',
    deceasedDateTime: '2004',
  },
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

/** The awkward patients; ids are `awkward-` and the name of the trouble, and stay as they are. */
export function awkwardPatients(now: string): Patient[] {
  const managing = organizations[0];
  return Object.entries(shapes(now)).map(([key, shape], index) => ({
    resourceType: 'Patient',
    id: `awkward-${key}`,
    ...(key === 'bare' || key === 'no-contact'
      ? {}
      : {
          identifier: [
            {
              use: 'usual' as const,
              type: concept(systems.identifierType, 'MR', 'Medical record number'),
              system: mrnSystem,
              value: `RGH8${String(index).padStart(5, '0')}`,
            },
          ],
          ...(managing ? { managingOrganization: organizationReference(managing) } : {}),
        }),
    ...withoutEmpty(shape),
    meta: { versionId: '1', lastUpdated: instant(addDays(now, -400 + index), 9), ...shape.meta },
  }));
}

const withoutEmpty = (shape: Shape): Shape =>
  Object.fromEntries(
    Object.entries(shape).filter(([, value]) => !(Array.isArray(value) && value.length === 0)),
  );
