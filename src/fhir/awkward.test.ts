import { describe, expect, it } from 'vitest';
import { generate } from '#sandbox/data/generate.ts';
import { birthDateProblem, patientAge } from './patient/age.ts';
import { displayName } from './patient/names.ts';
import { measurements } from './observation/observation.ts';
import { identifiers, patientStatus } from './patient/patient.ts';

const { resources } = generate({ patients: 60, charts: 3 });
const patients = new Map(
  resources.flatMap((r) => (r.resourceType === 'Patient' && r.id ? [[r.id, r] as const] : [])),
);
const patient = (id: string) => patients.get(`awkward-${id}`);

describe('the awkward patients of the sandbox', () => {
  it.each([
    ['no-name', undefined],
    ['bare', undefined],
    ['text-only', 'Sunita w/o Ramesh of Chandpur'],
    ['mononym', 'Suharti'],
    ['family-only', 'SUKARNOTO'],
    ['name-history', 'GARLAND, Robin Kit (Mx)'],
  ])('include %s, whose display name is %s', (id, name) => {
    expect(displayName(patient(id)).text).toBe(name);
  });

  it('have all their given names', () => {
    expect(displayName(patient('many-names')).parts?.given).toHaveLength(40);
  });

  it('have their status flags', () => {
    expect(patientStatus(patient('merged'))).toMatchObject({
      merged: true,
      mergedInto: 'awkward-survivor',
    });
    expect(patientStatus(patient('restricted')).restricted).toBe(true);
    expect(patientStatus(patient('very-restricted')).restricted).toBe(true);
    expect(patientStatus(patient('test')).test).toBe(true);
    expect(patientStatus(patient('inactive')).inactive).toBe(true);
    expect(patientStatus(patient('deceased-boolean')).deceased).toEqual({ date: undefined });
    expect(patientStatus(patient('deceased-false')).deceased).toBeUndefined();
    expect(birthDateProblem(patient('future-birth-date')?.birthDate)).toBe('future');
  });

  it('have an age only if it can be known', () => {
    const now = new Date(2026, 10, 22);
    expect(patientAge(patient('deceased-date'), now)).toMatchObject({
      value: '88y',
      atDeath: true,
    });
    expect(patientAge(patient('deceased-boolean'), now)).toBeUndefined();
    expect(patientAge(patient('partial-year'), now)).toMatchObject({ value: '65y', approx: true });
    expect(patientAge(patient('no-birth-date'), now)).toBeUndefined();
  });
});

describe('the ordinary data of the sandbox', () => {
  it('has a name and an identifier for every patient', () => {
    for (const [id, p] of patients) {
      if (id.startsWith('awkward-')) continue;
      expect(displayName(p).text, id).toBeTruthy();
      expect(identifiers(p).length, id).toBeGreaterThan(0);
    }
  });

  it('has a value or a reason for its absence in every observation', () => {
    for (const o of resources.filter((r) => r.resourceType === 'Observation')) {
      if (o.subject?.reference?.startsWith('Patient/awkward-')) continue;
      const [first] = measurements(o);
      expect(Boolean(first?.value ?? first?.absent), o.code.text).toBe(true);
    }
  });
});
