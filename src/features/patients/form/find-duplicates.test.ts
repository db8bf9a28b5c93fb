import type { Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import { openBench } from '#fhir/client-bench.ts';
import { condition, findDuplicates } from './find-duplicates.ts';

const bench = openBench();

const of = (...identifier: NonNullable<Patient['identifier']>) =>
  condition({ resourceType: 'Patient', identifier });

test('a condition is about one identifier with a system, whatever its value holds', () => {
  expect(of({ value: '1' }, { system: 'urn:x', value: 'A-1' })).toBe('identifier=urn%3Ax%7CA-1');
  expect(decodeURIComponent(of({ system: 'urn:x', value: '12,34|5' }) ?? '')).toBe(
    'identifier=urn:x|12\\,34\\|5',
  );
  expect(of({ value: '1' })).toBeUndefined();
  expect(condition({ resourceType: 'Patient' })).toBeUndefined();
});

test.each<[string, Omit<Patient, 'resourceType'>]>([
  ['as they are', { name: [{ family: 'Duplicate', given: ['Dora'] }] }],
  ['swapped', { name: [{ family: 'Dora', given: ['Duplicate'] }] }],
])(
  'Oracle: which takes one value of a parameter, is asked for the names %s',
  async (_, patient) => {
    bench().server.setMode('oracle');
    const { client } = bench().connect();
    const found = await findDuplicates(client, { resourceType: 'Patient', ...patient });
    expect(found.failed).toBe(false);
    expect(found.matches.map((m) => m.patient.id)).toContain('awkward-merged');
  },
);

test('Oracle: every identifier is looked for by itself', async () => {
  bench().server.setMode('oracle');
  const { client } = bench().connect();
  const { resource } = await client.read('Patient', 'awkward-survivor');
  const [own] = resource.identifier ?? [];
  const found = await findDuplicates(client, {
    resourceType: 'Patient',
    identifier: [{ system: 'urn:other', value: '1' }, ...(own ? [own] : [])],
  });
  expect(found.matches.map((m) => m.patient.id)).toContain('awkward-survivor');
});
