import type { Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { fromPatient } from './from-patient.ts';
import type { PatientForm } from '../model.ts';
import { toPatient } from './to-patient.ts';

/** Returns the patient after an edit, loosely typed for access to `_family` and similar. */
const edit = (fields: object, change: (form: PatientForm) => void): Record<string, unknown> => {
  const base = { resourceType: 'Patient', ...fields } as Patient;
  const before = fromPatient(base);
  const after = structuredClone(before);
  change(after);
  return toPatient(base, before, after).patient as unknown as Record<string, unknown>;
};
const HL7 = 'http://hl7.org/fhir/StructureDefinition';
const said = (url: string) => ({ url: `${HL7}/${url}`, valueString: 'x' });
const absent = { url: `${HL7}/data-absent-reason`, valueCode: 'unknown' };
const own = { url: 'https://hospital.example/checked', valueBoolean: true };

describe('an element with no value but an extension that gives the reason', () => {
  const empty = { use: 'official', extension: [absent] };

  test('is kept when its use or its period changes', () => {
    const change = (form: PatientForm): void => {
      form.name[0]!.use = 'usual';
      form.address[0]!.start = '2001';
      form.identifier[0]!.use = 'usual';
      form.telecom[0]!.rank = '1';
      form.communication[0]!.preferred = true;
    };
    const lists = {
      name: [empty],
      address: [{ extension: [absent] }],
      identifier: [empty],
      telecom: [{ extension: [absent] }],
      communication: [{ extension: [absent] }],
    };
    expect(edit(lists, change)).toMatchObject({
      name: [{ use: 'usual', extension: [absent] }],
      address: [{ period: { start: '2001' }, extension: [absent] }],
      identifier: [{ use: 'usual', extension: [absent] }],
      telecom: [{ rank: 1, extension: [absent] }],
      communication: [{ preferred: true, extension: [absent] }],
    });
    const beside = { name: [{ use: 'official', _family: { extension: [absent] } }] };
    expect(edit(beside, (form) => void (form.name[0]!.use = 'usual'))['name']).toEqual([
      { use: 'usual', _family: { extension: [absent] } },
    ]);
  });

  test('loses the data-absent-reason when a value is typed', () => {
    const sent = edit({ name: [empty], telecom: [{ extension: [absent, own] }] }, (form) => {
      form.name[0]!.family = 'Doe';
      form.telecom[0]!.value = '1';
    });
    expect(sent['name']).toEqual([{ use: 'official', family: 'Doe' }]);
    expect(sent['telecom']).toEqual([{ value: '1', extension: [own] }]);
  });

  test('is removed when nothing is left in it or its value was cleared', () => {
    expect(edit({ name: [{ use: 'old' }] }, (form) => void (form.name[0]!.use = ''))).toEqual({
      resourceType: 'Patient',
    });
    const named = { name: [{ use: 'old', family: 'Doe', extension: [own] }] };
    expect(edit(named, (form) => void (form.name[0]!.family = ''))).not.toHaveProperty('name');
  });
});

describe('extensions that repeat the value', () => {
  test('the geolocation is removed when a part of the address changes, and kept otherwise', () => {
    const address = { line: ['1 Old St'], city: 'Boston', extension: [said('geolocation'), own] };
    const lists = { address: [address], contact: [{ address }] };
    const sent = edit(lists, (form) => {
      form.address[0]!.line = '2 New St';
      form.contact[0]!.city = 'Denver';
    });
    expect(sent['address']).toEqual([{ ...address, line: ['2 New St'], extension: [own] }]);
    expect(sent['contact']).toEqual([
      { address: { ...address, city: 'Denver', extension: [own] } },
    ]);
    const use = edit(lists, (form) => void (form.address[0]!.use = 'home'));
    expect(use['address']).toEqual([{ ...address, use: 'home' }]);
  });

  test('extensions of a family name, gender, identifier or phone go when its value changes', () => {
    const amtlich = { url: 'http://fhir.de/StructureDefinition/gender-amtlich-de' };
    const fields = {
      name: [
        {
          family: 'van der Berg',
          _family: {
            extension: [said('humanname-own-prefix'), said('humanname-own-name'), own],
          },
          given: ['Ada'],
        },
      ],
      gender: 'other',
      _gender: { extension: [amtlich] },
      identifier: [{ value: '123', _value: { extension: [said('rendered-value')] } }],
      telecom: [{ system: 'phone', value: '1 2', extension: [said('contactpoint-local')] }],
    };
    const sent = edit(fields, (form) => {
      form.name[0]!.family = 'Smith';
      form.gender = 'female';
      form.identifier[0]!.value = '456';
      form.telecom[0]!.value = '1 3';
    });
    expect(sent).toEqual({
      resourceType: 'Patient',
      name: [{ family: 'Smith', _family: { extension: [own] }, given: ['Ada'] }],
      gender: 'female',
      identifier: [{ value: '456' }],
      telecom: [{ system: 'phone', value: '1 3' }],
    });
    const given = edit(fields, (form) => void (form.name[0]!.given = 'Eva'));
    expect(given['name']).toEqual([{ ...fields.name[0], given: ['Eva'] }]);
  });

  describe('of an identifier, its verification', () => {
    const verified = [
      'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus',
      'https://fhir.hl7.org.uk/STU3/StructureDefinition/Extension-CareConnect-NHSNumberVerificationStatus-1',
      'http://hl7.org.au/fhir/StructureDefinition/ihi-status',
      'http://hl7.org.au/fhir/StructureDefinition/ihi-record-status',
    ].map((url) => ({ url }));
    const identifier = [
      {
        system: 'https://fhir.nhs.uk/Id/nhs-number',
        value: '9000000009',
        extension: [...verified],
      },
    ];

    test('goes with the number that was verified', () => {
      const sent = edit({ identifier }, (form) => void (form.identifier[0]!.value = '9000000017'));
      expect(sent['identifier']).toEqual([
        { ...identifier[0], value: '9000000017', extension: undefined },
      ]);
    });

    test('goes with the system in which the number was verified, but a withheld number stays withheld', () => {
      const other = 'https://hospital.example/mrn';
      const change = (form: PatientForm): void => void (form.identifier[0]!.system = other);
      expect(edit({ identifier }, change)['identifier']).toEqual([
        { system: other, value: '9000000009' },
      ]);
      const withheld = [{ system: 'urn:x', extension: [absent] }];
      expect(edit({ identifier: withheld }, change)['identifier']).toEqual([
        { system: other, extension: [absent] },
      ]);
    });

    test('stays when only the period changes', () => {
      const sent = edit({ identifier }, (form) => void (form.identifier[0]!.start = '2001'));
      expect(sent['identifier']).toEqual([{ ...identifier[0], period: { start: '2001' } }]);
    });
  });
});
