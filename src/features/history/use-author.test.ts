import type { Patient } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import type { HistoryEntry } from '#fhir/types.ts';
import { authorsOf } from './use-author.ts';

const BASE = 'https://fhir.example/r4';
const entry = (
  versionId: string,
  method: HistoryEntry<Patient>['method'],
  at: string,
): HistoryEntry<Patient> => ({ id: 'a', versionId, method, at, resource: undefined });
const versions = [
  entry('3', 'delete', '2026-01-03T10:00:00Z'),
  entry('2', 'update', '2026-01-02T10:00:00Z'),
  entry('1', 'create', '2026-01-01T10:00:00Z'),
];
const by = (who: string, reference: string, more: object = {}) => ({
  resourceType: 'Provenance',
  target: [{ reference }],
  agent: [{ who: { display: who } }],
  ...more,
});
const DELETE = { activity: { coding: [{ code: 'DELETE' }] } };
const authors = (...provenances: unknown[]) =>
  Object.fromEntries(authorsOf(provenances, versions, 'a', BASE));

describe('author of a version', () => {
  test('is set for the version in the target, also with an absolute URL', () => {
    expect(authors(by('Ann', `${BASE}/Patient/a/_history/1`))).toEqual({ 2: 'Ann' });
  });

  test('of a deletion is set if the target names the version before it, with the reason', () => {
    const why = { ...DELETE, reason: [{ text: 'Test record' }] };
    expect(authors(by('Bo', 'Patient/a/_history/2', why))).toEqual({ 0: 'Bo (Test record)' });
  });

  test('is set without a version in the target only if both were saved within minutes', () => {
    const soon = { recorded: '2026-01-02T10:01:00Z' };
    expect(authors(by('Cy', 'Patient/a', soon))).toEqual({ 1: 'Cy' });
    expect(authors(by('Cy', 'Patient/a', { recorded: '2026-01-02T12:00:00Z' }))).toEqual({});
    expect(authors(by('Cy', 'Patient/a'))).toEqual({});
  });

  test('ignores a Provenance of another patient or a damaged one', () => {
    expect(authors(by('Di', 'Patient/b/_history/1'), null, 'x', { target: 7 })).toEqual({});
  });
});
