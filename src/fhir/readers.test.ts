import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCapability, isR4 } from './capability.ts';
import { codeOf, conceptText } from './coding.ts';
import { duplicateSearches, rankDuplicates } from './duplicates.ts';
import { bloodPressure, numericValue, readObservation } from './observation.ts';
import { fieldPath, readIssues, shownIssues } from './outcome.ts';
import { contacts, genderRows, interpreterRequired, languages, photo } from './patient-details.ts';
import { addresses, identifiers, patientStatus, telecoms } from './patient.ts';
import { isId, localReference } from './reference.ts';
import { contactHref, safeHref } from './safe-url.ts';
import { may, parseScope } from './scopes.ts';
import { similarRows } from './similar.ts';
import { choiceText, formatPeriod, formatQuantity, formatRange } from './values.ts';

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

describe('values', () => {
  it('are shown with their unit', () => {
    expect(formatQuantity({ value: 5.6, unit: 'mmol/L' })).toBe('5.6 mmol/L');
    expect(formatQuantity({ value: 0.1, comparator: '<', code: 'mg/L' })).toBe('< 0.1 mg/L');
    expect(formatQuantity({ value: 98, unit: '%' })).toBe('98%');
    expect(formatQuantity({ unit: 'kg' })).toBeUndefined();
    expect(formatRange({ low: { value: 3.5, unit: 'mmol/L' }, high: { value: 5.1 } })).toBe(
      '3.5–5.1 mmol/L',
    );
    expect(formatPeriod({ start: '2020-07-14' })).toBe('since 14-Jul-2020');
    expect(choiceText({ onsetAge: { value: 7, unit: 'a' } }, 'onset')).toBe('7 a');
    expect(choiceText({ valueBoolean: false }, 'value')).toBe('No');
    expect(conceptText({ coding: [{ code: 'x' }, { display: 'Words' }] })).toBe('Words');
    expect(
      codeOf(
        {
          coding: [
            { system: 'a', code: '1' },
            { system: 'b', code: '2' },
          ],
        },
        'b',
      ),
    ).toBe('2');
  });

  it('of an observation come with components, ranges and interpretation', () => {
    const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
    const observation = {
      code: { text: 'Blood pressure' },
      interpretation: [{ coding: [{ code: 'H', display: 'High' }] }],
      referenceRange: [{ high: { value: 140, unit: 'mmHg' } }],
      component: [
        { code: loinc('8480-6'), valueQuantity: { value: 151, unit: 'mmHg' } },
        { code: loinc('8462-4'), valueQuantity: { value: 95, unit: 'mmHg' } },
      ],
    };
    expect(bloodPressure(observation)).toBe('151/95 mmHg');
    expect(readObservation(observation)).toMatchObject({
      value: '151/95 mmHg',
      interpretations: [{ text: 'High', tone: 'high' }],
      ranges: ['≤ 140 mmHg'],
    });
    expect(numericValue({ valueQuantity: { value: 5, comparator: '<' } })).toBeUndefined();
    expect(numericValue({ valueQuantity: { value: 5, unit: 'kg' } })).toEqual({
      value: 5,
      unit: 'kg',
    });
  });
});

describe('outcome', () => {
  it.each([
    ['Patient.name[0].family', 'name.0.family'],
    ['Patient.birthDate', 'birthDate'],
    ['Patient.contact[1].telecom[0].value', 'contact.1.telecom.0.value'],
    ["Patient.extension.where(url='x').value", 'extension'],
    ['/f:Patient/f:name[1]/f:family', 'name.0.family'],
    ['Patient.deceased[x]', 'deceased'],
    ['Patient', undefined],
    ['Observation.value', undefined],
    ['Patient.name[0].__proto__(', 'name.0'],
  ])('%s is the field %s', (expression, field) => {
    expect(fieldPath(expression, 'Patient')).toBe(field);
  });

  it('caps and keeps the words of the server', () => {
    const issues = readIssues({
      resourceType: 'OperationOutcome',
      issue: [
        null,
        { severity: 'odd', code: 7, diagnostics: 'x'.repeat(5000), expression: 'Patient.gender' },
        { severity: 'warning', code: 'value', details: { coding: [{ display: 'D' }] } },
      ],
    });
    expect(shownIssues(issues)).toMatchObject([
      { severity: 'error', code: '7', field: 'gender' },
      { severity: 'warning', code: 'value', text: 'D', field: undefined },
    ]);
    expect(issues[0]?.diagnostics?.length).toBe(1001);
  });
});

describe('links', () => {
  it.each(['https://example.org/a?b=c', 'mailto:a@example.org', 'tel:+1234'])(
    '%s may be one',
    (url) => {
      expect(safeHref(url)).toBe(url);
    },
  );
  it.each([
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
    'blob:x',
    'vbscript:x',
    'http://example.org',
    'https://user:pw@example.org/',
    '//example.org',
    'https://exa\nmple.org',
    7,
    null,
  ])('%s stays text', (url) => {
    expect(safeHref(url)).toBeUndefined();
  });

  it('of contacts are checked', () => {
    expect(contactHref('email', 'a@b.org?bcc=evil@x.org')).toBeUndefined();
    expect(contactHref('phone', 'call me')).toBeUndefined();
    expect(contactHref('url', 'javascript:x')).toBeUndefined();
  });

  it('to resources stay on this server', () => {
    expect(localReference('Patient/1')).toMatchObject({ type: 'Patient', id: '1' });
    expect(localReference('https://x/fhir/Patient/1', 'https://x/fhir')?.id).toBe('1');
    for (const odd of ['https://y/Patient/1', '#c', 'urn:uuid:1', 'Patient/..', 'Patient/a/b', 7]) {
      expect(localReference(odd)).toBeUndefined();
    }
    expect(isId('..')).toBe(false);
    expect(isId('a?b')).toBe(false);
  });
});

describe('scopes', () => {
  it.each([
    ['patient/*.read', 'rs'],
    ['user/Patient.write', 'cud'],
    ['user/Patient.cruds', 'cruds'],
    ['patient/*.*', 'cruds'],
    ['https://contoso.example/patient.Patient.rs', 'rs'],
    ['patient$Patient.read', 'rs'],
    ['user%2fPatient.r', 'r'],
    ['system/all.all', 'cruds'],
    ['patient/Observation.rs?category=laboratory', 'rs'],
  ])('%s allows %s', (scope, letters) => {
    expect(new Set(parseScope(scope)?.actions)).toEqual(new Set(letters));
  });

  it('that say nothing leave it to the server', () => {
    expect(may(undefined, 'Patient', 'c')).toBeUndefined();
    expect(
      may(['launch', 'openid', 'https://x/user_impersonation'], 'Patient', 'c'),
    ).toBeUndefined();
    expect(may(['launch', 'patient/*.rs'], 'Patient', 'c')).toBe(false);
    expect(may(['user/Observation.cruds', 'user/Patient.r'], 'Patient', 's')).toBe(false);
  });
});

describe('capability', () => {
  const capability = readCapability({
    fhirVersion: '4.0.1',
    software: { name: 'X', version: '1' },
    rest: [
      {
        mode: 'server',
        operation: [{ name: '$export' }],
        resource: [
          {
            type: 'Patient',
            versioning: 'versioned',
            interaction: [{ code: 'read' }, { code: 'search-type' }],
            searchParam: [{ name: 'name', type: 'string' }],
            operation: [{ name: 'match' }],
          },
        ],
      },
    ],
  });
  it('is a hint', () => {
    expect(isR4(capability)).toBe(true);
    expect(capability.software).toBe('X 1');
    expect(capability.interaction('Patient', 'read')).toBe(true);
    expect(capability.interaction('Patient', 'create')).toBe(false);
    expect(capability.interaction('Basic', 'read')).toBe(false);
    expect(capability.searchParam('Patient', 'name')).toBe(true);
    expect(capability.searchParam('Patient', 'deceased')).toBe(false);
    expect(capability.searchParam('Patient', '_lastUpdated')).toBeUndefined();
    expect(capability.operation('Patient', 'match')).toBe(true);
    expect(capability.operation(undefined, 'export')).toBe(true);
    expect(capability.operation('Patient', 'validate')).toBe(false);
    const silent = readCapability({});
    expect(silent.interaction('Patient', 'create')).toBeUndefined();
    expect(silent.searchParam('Patient', 'x')).toBeUndefined();
  });
});

describe('people who could be mixed up', () => {
  const person = (id: string, family: string, given: string, birthDate?: string) => ({
    id,
    name: [{ family, given: [given] }],
    birthDate,
    gender: 'female',
  });

  it('are marked in a list', () => {
    const found = similarRows([
      person('a', 'Smith', 'Anna', '1960-04-03'),
      person('b', 'Smyth', 'Anna', '1960-03-04'),
      person('c', 'Smith', 'Anna', '1991-01-01'),
      person('d', 'Müller', 'Karl', '1960-04-03'),
      { id: 'e' },
    ]);
    expect(found.get('a')).toEqual({ reason: 'same-name', ids: ['b', 'c'] });
    expect(found.get('b')).toEqual({ reason: 'similar', ids: ['a'] });
    expect(found.has('d')).toBe(false);
    expect(found.has('e')).toBe(false);
  });

  it('are searched for before a create', () => {
    const searches = duplicateSearches({
      ...person('x', 'Müller, jr', 'Karl', '1960-12'),
      identifier: [{ system: 'http://x', value: '1|2' }],
    });
    expect(searches.map((s) => s.reason)).toEqual([
      'identifier',
      'family-birth-date',
      'given-birth-date',
      'near',
      'name',
    ]);
    expect(searches[0]?.params).toEqual({ identifier: 'http://x|1\\|2', _count: 20 });
    expect(searches[1]?.params['family']).toBe('Müller\\, jr');
    expect(duplicateSearches({})).toEqual([]);
  });

  it('are ranked, an identifier above all', () => {
    const me = { ...person('', 'Smith', 'Anna', '1960-04-03'), identifier: [{ value: '7' }] };
    const ranked = rankDuplicates(me, [
      person('near', 'Smyth', 'Anna', '1960-03-04'),
      person('same', 'SMITH', 'Anna', '1960-04-03'),
      person('other', 'Jones', 'Bob', '1960-04-03'),
      person('name', 'Smith', 'Anna', '1990-01-01'),
      { ...person('id', 'Else', 'Someone', '1990-01-01'), identifier: [{ value: '7' }] },
      person('same', 'SMITH', 'Anna', '1960-04-03'),
    ]);
    expect(ranked.map((r) => r.patient.id)).toEqual(['id', 'same', 'near']);
    expect(ranked[1]?.reasons).toEqual(['same-name', 'same-birth-date']);
  });
});

describe('every reader', () => {
  it('survives any data', () => {
    const readers: ((x: unknown) => unknown)[] = [
      patientStatus,
      (x) => identifiers(x, DAY),
      telecoms,
      addresses,
      contacts,
      languages,
      genderRows,
      interpreterRequired,
      photo,
      readObservation,
      numericValue,
      bloodPressure,
      conceptText,
      formatQuantity,
      formatRange,
      formatPeriod,
      readIssues,
      safeHref,
      localReference,
      duplicateSearches,
      (x) => choiceText(x, 'value'),
      (x) => readCapability(x).operation('Patient', 'x'),
      (x) =>
        similarRows([
          { id: 'a', name: x } as { id: string },
          { id: 'b', name: x } as { id: string },
        ]),
    ];
    const field = fc.constantFrom(
      'name',
      'identifier',
      'telecom',
      'address',
      'meta',
      'security',
      'link',
      'contact',
      'extension',
      'coding',
      'value',
      'valueQuantity',
      'component',
      'rest',
      'resource',
      'issue',
      'photo',
      'data',
    );
    fc.assert(
      fc.property(
        fc.oneof(fc.anything(), fc.dictionary(field, fc.anything({ key: field, maxDepth: 3 }))),
        (value) => {
          for (const reader of readers) reader(value);
        },
      ),
      { numRuns: 300 },
    );
  });
});
