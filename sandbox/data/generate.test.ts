import type { AllergyIntolerance, FhirResource, Patient } from 'fhir/r4';
import { describe, expect, it } from 'vitest';
import { validate } from '#sandbox/fhir/validation.ts';
import { generate } from './generate.ts';

const { resources, earlier } = generate();
const patients = resources.filter((r): r is Patient => r.resourceType === 'Patient');
const byId = new Map(patients.map((p) => [p.id, p]));
const about = (id: string, type: FhirResource['resourceType']): FhirResource[] =>
  resources.filter((r) => r.resourceType === type && JSON.stringify(r).includes(`"Patient/${id}"`));

describe('generate', () => {
  it('gives the same data for the same seed, and other data for another', () => {
    expect(JSON.stringify(generate())).toBe(JSON.stringify({ resources, earlier }));
    expect(
      generate({ seed: 2, patients: 3, charts: 0 }).resources.find((r) => r.id === 'p0001'),
    ).not.toEqual(byId.get('p0001'));
  });

  it('does not change a patient or a chart when more patients are asked for', () => {
    const few = generate({ patients: 60 }).resources;
    const many = new Map(resources.map((r) => [`${r.resourceType}/${r.id}`, r]));
    for (const resource of few) {
      const same = many.get(`${resource.resourceType}/${resource.id}`);
      if (JSON.stringify(same) !== JSON.stringify(resource)) expect(same).toEqual(resource);
    }
  });

  it('gives each resource an id of its own', () => {
    const keys = resources.map((r) => `${r.resourceType}/${r.id}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('makes only resources that are valid FHIR R4', () => {
    // There are many similar Observations, so only every tenth is validated.
    const some = [...resources, ...earlier].filter(
      (r, i) => r.resourceType !== 'Observation' || i % 10 === 0,
    );
    const invalid = some.flatMap((resource) =>
      validate(resource)
        .filter((issue) => issue.severity !== 'warning')
        .map((issue) => `${resource.resourceType}/${resource.id}: ${JSON.stringify(issue)}`),
    );
    expect(invalid).toEqual([]);
  });

  it('refers only to resources that exist, except in the records of the hostile patient', () => {
    const keys = new Set(resources.map((r) => `${r.resourceType}/${r.id}`));
    const missing = resources
      .filter((r) => !r.id?.startsWith('awkward-hostile'))
      .flatMap((r) =>
        [...JSON.stringify(r).matchAll(/"reference":"([A-Z]\w+\/[^"]+)"/g)].map((m) => m[1] ?? ''),
      )
      .filter((reference) => !keys.has(reference));
    expect(missing).toEqual([]);
  });

  it('makes 500 ordinary patients in many scripts, and awkward patients with fixed ids', () => {
    expect(patients.filter((p) => /^p\d{4}$/.test(p.id ?? ''))).toHaveLength(500);
    const text = patients.map((p) => p.name?.[0]?.family).join(' ');
    for (const script of [
      'Latin',
      'Greek',
      'Cyrillic',
      'Arabic',
      'Hebrew',
      'Han',
      'Hangul',
      'Devanagari',
      'Thai',
      'Ethiopic',
    ]) {
      expect(text, script).toMatch(new RegExp(`\\p{Script=${script}}`, 'u'));
    }
    const names = [
      'no-name',
      'text-only',
      'mononym',
      'many-names',
      'partial-year',
      'partial-month',
      'newborn',
      'aged',
      'deceased-date',
      'deceased-boolean',
      'inactive',
      'merged',
      'survivor',
      'restricted',
      'test',
      'hostile',
    ];
    for (const name of names) expect(byId.has(`awkward-${name}`), name).toBe(true);
    expect(byId.get('awkward-many-names')?.name?.[0]?.given).toHaveLength(40);
    expect(byId.get('awkward-merged')?.link?.[0]).toEqual({
      other: { reference: 'Patient/awkward-survivor' },
      type: 'replaced-by',
    });
  });

  it('gives 60 patients a chart: in turn with allergies, with none known, with nothing said', () => {
    const allergies = (id: string): AllergyIntolerance[] =>
      about(id, 'AllergyIntolerance') as AllergyIntolerance[];
    const none = (id: string): boolean =>
      allergies(id).some((a) => a.code?.coding?.[0]?.code === '716186003');
    expect(allergies('p0001').length).toBeGreaterThan(0);
    expect(none('p0001')).toBe(false);
    expect(none('p0002')).toBe(true);
    expect(allergies('p0003')).toEqual([]);
    expect(none('awkward-no-known-allergy')).toBe(true);
    for (const type of [
      'Condition',
      'MedicationRequest',
      'Observation',
      'DiagnosticReport',
      'Encounter',
      'Immunization',
      'Procedure',
      'DocumentReference',
      'MedicationStatement',
    ] as const) {
      expect(about('p0001', type).length, type).toBeGreaterThan(0);
    }
    expect(about('p0061', 'Observation')).toEqual([]);
  });

  it('makes no encounter before the birth or after the death of its patient', () => {
    for (const r of resources) {
      if (r.resourceType !== 'Encounter') continue;
      const patient = byId.get(r.subject?.reference?.split('/')[1] ?? '');
      const day = r.period?.start?.slice(0, 10) ?? '';
      expect(day >= (patient?.birthDate ?? '')).toBe(true);
      expect(day <= (patient?.deceasedDateTime ?? '9')).toBe(true);
    }
  });
});
