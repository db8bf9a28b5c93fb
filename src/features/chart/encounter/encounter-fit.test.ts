import type { Encounter } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { encounterFit } from './encounter-fit.ts';
import { encounterParams, isOfEncounter, sections } from './sections.ts';

const BASE = 'https://fhir.example.org/r4';

const encounter = (reference?: string): Encounter => ({
  resourceType: 'Encounter',
  status: 'in-progress',
  class: { code: 'IMP' },
  ...(reference && { subject: { reference } }),
});

describe('the launched encounter', () => {
  test.each([
    ['Patient/1', '1', '1', 'here'],
    [`${BASE}/Patient/1`, '1', '1', 'here'],
    ['Patient/2', '1', '1', 'conflict'],
    ['Patient/2', '1', undefined, 'conflict'],
    ['Patient/1', '2', '1', 'elsewhere'],
    [undefined, '1', '1', 'unknown'],
    // Behind a proxy the server writes an internal base URL in all its records.
    ['http://fhir-internal:8080/fhir/Patient/1', '1', '1', 'here'],
    ['http://fhir-internal:8080/fhir/Patient/2', '1', '1', 'unknown'],
  ] as const)('subject %s, shown patient %s, launched %s: %s', (subject, shown, launched, fit) => {
    expect(encounterFit(encounter(subject), shown, launched, BASE)).toBe(fit);
  });
});

test('only a record that names the encounter belongs to it', () => {
  const observation = { resourceType: 'Observation', status: 'final', code: {} } as const;
  const of = (encounter?: { reference: string }) =>
    isOfEncounter({ ...observation, ...(encounter && { encounter }) }, 'e1', BASE);
  expect(of({ reference: 'Encounter/e1' })).toBe(true);
  expect(of({ reference: `${BASE}/Encounter/e1` })).toBe(true);
  expect(of({ reference: 'Encounter/e2' })).toBe(false);
  expect(of({ reference: 'https://elsewhere.example/Encounter/e1' })).toBe(false);
  expect(of()).toBe(false);
  // Behind a proxy the server writes an internal base URL, in the reference to the patient, too.
  const inside = 'http://fhir-internal:8080/fhir';
  const written = (encounter: string) =>
    isOfEncounter(
      {
        ...observation,
        subject: { reference: `${inside}/Patient/1` },
        encounter: { reference: encounter },
      },
      'e1',
      BASE,
    );
  expect(written(`${inside}/Encounter/e1`)).toBe(true);
  expect(written(`${inside}/Encounter/e2`)).toBe(false);
  expect(written(`${inside}/Encounter/e1/_history/2`)).toBe(true);
  expect(written('https://elsewhere.example/Encounter/e1')).toBe(false);
  const document = {
    resourceType: 'DocumentReference',
    status: 'current',
    content: [],
    context: { encounter: [{ reference: 'Encounter/e1' }] },
  } as const;
  expect(isOfEncounter(structuredClone(document) as never, 'e1', BASE)).toBe(true);
  // A MedicationStatement names its encounter in `context`, which may also be an EpisodeOfCare.
  const taken = (context: string) =>
    isOfEncounter(
      {
        resourceType: 'MedicationStatement',
        status: 'active',
        subject: { reference: 'Patient/1' },
        context: { reference: context },
      },
      'e1',
      BASE,
    );
  expect(taken('Encounter/e1')).toBe(true);
  expect(taken('Encounter/e2')).toBe(false);
  expect(taken('EpisodeOfCare/e1')).toBe(false);
});

test('each panel searches by the parameter that its type has for an encounter', () => {
  const asked = sections.flatMap(({ panels }) =>
    panels.map((p) => [p.type, encounterParams(p, 'e1')]),
  );
  expect(Object.fromEntries(asked)).toEqual({
    Observation: { encounter: 'e1' },
    Condition: { encounter: 'e1' },
    Procedure: { encounter: 'e1' },
    ServiceRequest: { encounter: 'e1' },
    MedicationRequest: { encounter: 'e1' },
    MedicationStatement: { context: 'Encounter/e1' },
    DocumentReference: { encounter: 'e1' },
    DiagnosticReport: { encounter: 'e1' },
  });
});
