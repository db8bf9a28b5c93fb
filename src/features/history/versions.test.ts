import type { Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import type { HistoryEntry, PageUrl, Stored } from '#fhir/types.ts';
import { beforeOf, isLater, type KnownVersions } from './versions.ts';

const patient = (at: string): Stored<Patient> => ({
  resourceType: 'Patient',
  id: 'a',
  meta: { lastUpdated: at },
});
const entry = (
  versionId: string,
  at: string | undefined,
  method: HistoryEntry<Patient>['method'] = 'update',
): HistoryEntry<Patient> => ({ id: 'a', versionId, method, at, resource: patient(at ?? '') });

const thirty = entry('30', '2026-03-30T08:00:00Z');
const twentyEight = entry('28', '2026-03-28T08:00:00Z');
const known = (more: Partial<KnownVersions> = {}): KnownVersions => ({
  entries: [thirty, twentyEight],
  next: undefined,
  complete: true,
  ...more,
});
const cut = known({ next: 'https://fhir.example/r4?page=2' as PageUrl, complete: false });

describe('beforeOf', () => {
  test('returns the next version of the list', () => {
    expect(beforeOf('30', known())).toEqual({ previous: '28', first: false });
  });

  test('reports the last version as first only if the list is complete', () => {
    expect(beforeOf('28', known())).toEqual({ previous: undefined, first: true });
    expect(beforeOf('28', cut)).toEqual({ previous: undefined, first: false });
    expect(beforeOf('28', known({ complete: false }))).toMatchObject({ first: false });
  });

  test('reports a created version as first even if the list is incomplete', () => {
    const created = known({ entries: [entry('1', undefined, 'create')], complete: false });
    expect(beforeOf('1', created)).toEqual({ previous: undefined, first: true });
  });

  test('returns nothing for a version outside the list', () => {
    expect(beforeOf('2', known())).toEqual({ previous: undefined, first: false });
  });
});

describe('isLater', () => {
  test('compares known versions by position', () => {
    expect(isLater(thirty, patient('2026-03-28T08:00:00Z'), '28', known())).toBe(true);
    expect(isLater(twentyEight, patient('2026-03-30T08:00:00Z'), '30', known())).toBe(false);
  });

  test('compares by time if one version is older than those read', () => {
    expect(isLater(twentyEight, patient('2026-03-02T08:00:00Z'), '2', cut)).toBe(true);
    expect(isLater(twentyEight, patient('2026-03-29T08:00:00Z'), '29', cut)).toBe(false);
  });

  test('treats versions that were read as newer if a time is missing', () => {
    expect(isLater(entry('28', undefined), patient('2026-03-02T08:00:00Z'), '2', cut)).toBe(true);
    const untimed: Stored<Patient> = { resourceType: 'Patient', id: 'a' };
    expect(isLater(twentyEight, untimed, '2', cut)).toBe(true);
  });
});
