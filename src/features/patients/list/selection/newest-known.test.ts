import { QueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import type { Fhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { Gone, silent } from '#fhir/errors.ts';
import type { Stored } from '#fhir/types.ts';
import { newestKnown } from './newest-known.ts';

const fhir = { client: { baseUrl: 'http://x/fhir' }, session: { key: 'k' } } as Fhir;
const patient = (id: string, lastUpdated: string, family: string): Stored<Patient> => ({
  resourceType: 'Patient',
  id,
  meta: { lastUpdated },
  name: [{ family }],
});
const old = patient('a', '2026-01-01T08:00:00Z', 'Old');
const corrected = patient('a', '2026-01-01T09:30:00+01:00', 'Corrected');
const selected = new Map([['a', old]]);
const familyOf = (cache: QueryClient, rows: readonly Stored<Patient>[]) =>
  newestKnown(cache, fhir, selected, rows).get('a')?.name?.[0]?.family;

test('a selected patient is taken from a later read, from a later row, or as ticked', () => {
  const cache = new QueryClient();
  expect(familyOf(cache, [])).toBe('Old');
  expect(familyOf(cache, [corrected])).toBe('Corrected');
  cache.setQueryData(keys.read(fhir, 'Patient', 'a'), { resource: corrected });
  expect(familyOf(cache, [])).toBe('Corrected');
  expect(familyOf(cache, [old])).toBe('Corrected');
});

test('a selected patient that a read found deleted is left out', async () => {
  const cache = new QueryClient();
  const gone = new Gone(silent(410));
  const queryKey = keys.read(fhir, 'Patient', 'a');
  const read = cache.fetchQuery({ queryKey, queryFn: () => Promise.reject(gone), retry: false });
  await expect(read).rejects.toBe(gone);
  expect(newestKnown(cache, fhir, selected, []).size).toBe(0);
});
