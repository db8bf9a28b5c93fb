import { describe, expect, test } from 'vitest';
import type { FhirResource } from '#fhir/types.ts';
import type { T } from './messages.ts';
import { shownEncounter } from './shown-encounter.ts';

describe('locations and participants of an encounter', () => {
  const t: T = (id, values) => [id, ...Object.values(values ?? {})].join(' ');
  const now = new Date('2026-11-05T12:00:00Z');
  const shown = (fields: object) =>
    shownEncounter({ status: 'in-progress', period: { start: '2026-11-01' }, ...fields }, t, now);
  const place = (display: string, fields: object = {}) => ({ location: { display }, ...fields });
  const person = (display: string, fields: object = {}) => ({ individual: { display }, ...fields });

  test('the present location comes first, every other location says when', () => {
    const { places, here } = shown({
      location: [
        place('Emergency', { status: 'completed', period: { end: '2026-11-02' } }),
        place('Recovery', { status: 'completed' }),
        place('ICU', { status: 'planned' }),
        place('Ward 7', { status: 'active', period: { start: '2026-11-02' } }),
        place('Ward 8', { status: 'reserved' }),
      ],
    });
    expect(places).toEqual([
      'Ward 7',
      'ICU (standing.planned)',
      'Ward 8 (standing.reserved)',
      'Emergency (standing.until 02-Nov-2026)',
      'Recovery (standing.former)',
    ]);
    expect(here.places).toEqual(['Ward 7']);
  });

  test('participants have their role and come in order of their period, to the minute', () => {
    const consultant = { coding: [{ display: 'consultant' }] };
    const { people, here } = shown({
      participant: [
        person('Dr Former', { period: { end: '2026-11-05T11:59:00Z' } }),
        person('Dr Next', { period: { start: '2026-11-06' } }),
        person('Dr Now', { type: [consultant], period: { end: '2026-11-05T12:01:00Z' } }),
        person('Dr Day', { period: { end: '2026-11-05' } }),
      ],
    });
    expect(people.map((text) => text.replace(/ \d\d:\d\d/, ''))).toEqual([
      'Dr Now (consultant)',
      'Dr Day',
      'Dr Next (standing.from 06-Nov-2026)',
      'Dr Former (standing.until 05-Nov-2026)',
    ]);
    expect(here.people).toEqual(['Dr Now (consultant)', 'Dr Day']);
  });

  test('a participant who stayed to the end of a finished encounter has not left it', () => {
    const period = { start: '2020-08-24T10:00:00Z', end: '2020-08-24T10:15:00Z' };
    const { people, places } = shown({
      status: 'finished',
      period,
      participant: [
        person('Dr Last', { period }),
        person('Dr First', { period: { end: period.start } }),
      ],
      location: [place('Practice', { status: 'completed' })],
    });
    expect(people.map((text) => text.replace(/ \d\d:\d\d/, ''))).toEqual([
      'Dr Last',
      'Dr First (standing.until 24-Aug-2020)',
    ]);
    expect(places).toEqual(['Practice']);
  });
});

describe('words for encounter codes without a display', () => {
  const t: T = (id) => id;
  const v3 = 'http://terminology.hl7.org/CodeSystem/v3-ActCode';
  test.each([
    [{ system: v3, code: 'IMP' }, 'class.IMP'],
    [{ system: v3, code: 'IMP', display: 'IMP' }, 'class.IMP'],
    [{ code: 'AMB' }, 'class.AMB'],
    [{ system: v3, code: 'IMP', display: 'inpatient encounter' }, 'class.IMP'],
    [{ system: v3, code: 'AMB', display: 'Ambulatory' }, 'class.AMB'],
    [{ system: v3, code: 'IMP', display: 'Ward patient' }, 'Ward patient'],
    // The same letters mean something else in another system.
    [{ system: 'urn:oid:1.2.3', code: 'IMP' }, 'IMP'],
    [{ system: v3, code: 'constructor' }, 'constructor'],
  ])('class %o is shown as %s', (coding, words) => {
    expect(shownEncounter({ class: coding }, t).kind).toBe(words);
  });

  test('a role is translated if its code system is known', () => {
    const type = (system: string) => [{ coding: [{ system, code: 'ATND' }] }];
    const individual = { display: 'Dr A' };
    const of = (system: string) =>
      shownEncounter({ participant: [{ individual, type: type(system) }] }, t).people;
    expect(of('http://terminology.hl7.org/CodeSystem/v3-ParticipationType')).toEqual([
      'Dr A (role.ATND)',
    ]);
    expect(of('urn:oid:1.2.3')).toEqual(['Dr A (ATND)']);
  });
});

test('a referenced reason is shown once, and a diagnosis with its use', () => {
  const t: T = (id) => id;
  const reasons = (fields: object) => shownEncounter(fields, t).reasons;
  const pneumonia = { reference: 'Condition/1', display: 'Pneumonia' };
  expect(reasons({ reasonReference: [pneumonia] })).toEqual(['Pneumonia']);
  expect(reasons({ reasonCode: [{ text: 'Pneumonia' }], reasonReference: [pneumonia] })).toEqual([
    'Pneumonia',
  ]);
  const use = (coding: object) => ({ coding: [coding] });
  const system = 'http://terminology.hl7.org/CodeSystem/diagnosis-role';
  expect(
    reasons({
      reasonCode: [{ text: 'Cough' }],
      diagnosis: [
        { condition: pneumonia, use: use({ system, code: 'DD' }) },
        { condition: pneumonia, use: use({ display: 'Working diagnosis' }) },
        { condition: pneumonia },
      ],
    }),
  ).toEqual([
    'Cough',
    'Pneumonia (diagnosisUse.DD)',
    'Pneumonia (Working diagnosis)',
    'Pneumonia (diagnosis)',
  ]);
});

test('a diagnosis with a bare reference has the text of its record, or says where to look', () => {
  const t: T = (id) => id;
  const condition = { reference: 'Condition/k1' };
  const cancer = { resourceType: 'Condition', code: { text: 'Lung cancer' } } as FhirResource;
  const diagnosis = [{ condition, use: { text: 'Discharge diagnosis' } }];
  const reasons = (find?: () => FhirResource) =>
    shownEncounter({ diagnosis, reasonReference: [condition] }, t, undefined, find).reasons;
  expect(reasons()).toEqual(['seeConditions (Discharge diagnosis)']);
  expect(reasons(() => cancer)).toEqual(['Lung cancer (Discharge diagnosis)']);
  const other = [{ reference: 'Condition/k2' }, { reference: 'Condition/k2' }];
  expect(shownEncounter({ diagnosis, reasonReference: other }, t).reasons).toEqual([
    'otherRecord',
    'seeConditions (Discharge diagnosis)',
  ]);
  // Nor does a condition of another server stand among those of the chart.
  const foreign = [{ condition: { reference: 'https://elsewhere.example/fhir/Condition/1' } }];
  expect(shownEncounter({ diagnosis: foreign }, t).reasons).toEqual(['otherRecord (diagnosis)']);
  // Some servers write their own base URL into every reference.
  const absolute = (base: string) => ({
    subject: { reference: 'https://here.example/fhir/Patient/1' },
    diagnosis: [{ condition: { reference: `${base}/Condition/1` } }],
  });
  expect(shownEncounter(absolute('https://here.example/fhir'), t).reasons).toEqual([
    'seeConditions (diagnosis)',
  ]);
  expect(shownEncounter(absolute('https://elsewhere.example/fhir'), t).reasons).toEqual([
    'otherRecord (diagnosis)',
  ]);
  const operation = [{ condition: { reference: 'Procedure/1' } }];
  expect(shownEncounter({ diagnosis: operation }, t).reasons).toEqual(['otherRecord (diagnosis)']);
});

test('priority, admission, readmission and discharge of a stay are translated', () => {
  const t: T = (id) => id;
  const hl7 = (name: string, code: string) => ({
    coding: [{ system: `http://terminology.hl7.org/CodeSystem/${name}`, code }],
  });
  const nubc = { system: 'https://www.nubc.org/CodeSystem/PatDischargeStatus', code: '20' };
  const stay = (hospitalization: object) => shownEncounter({ hospitalization }, t);
  expect(
    shownEncounter(
      {
        priority: hl7('v3-ActPriority', 'EM'),
        hospitalization: {
          origin: { reference: 'Location/1' },
          admitSource: hl7('admit-source', 'emd'),
          reAdmission: hl7('v2-0092', 'R'),
          dischargeDisposition: hl7('discharge-disposition', 'exp'),
          destination: { display: 'Mortuary' },
        },
      },
      t,
    ),
  ).toMatchObject({
    priority: 'priority.EM',
    admission: ['admission.emd'],
    again: 'again.R',
    discharge: ['discharge.exp', 'Mortuary'],
  });
  // US Core: https://hl7.org/fhir/us/core/StructureDefinition-us-core-encounter.html
  const expired = { coding: [{ ...nubc, display: 'Expired' }] };
  expect(stay({ dischargeDisposition: expired }).discharge).toEqual(['Expired']);
  expect(stay({ dischargeDisposition: { coding: [nubc] } }).discharge).toEqual(['code 20']);
  expect(stay({})).toMatchObject({ priority: undefined, admission: [], discharge: [] });
});
