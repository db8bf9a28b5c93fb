import type { Bundle, Patient } from 'fhir/r4';
import { expect, test } from 'vitest';
import { openBench } from '#fhir/client/client-fixture.ts';
import type { Fault } from '#sandbox/fhir/faults/faults.ts';
import { condition, findDuplicates } from './find-duplicates.ts';

const bench = openBench();

const of = (...identifier: NonNullable<Patient['identifier']>) =>
  condition({ resourceType: 'Patient', identifier });

test('builds the condition from one identifier with a system and escapes its value', () => {
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
])('Oracle: finds a duplicate with single-value searches for the names %s', async (_, patient) => {
  bench().server.setMode('oracle');
  const { client } = bench().connect();
  const found = await findDuplicates(client, { resourceType: 'Patient', ...patient });
  expect(found.unchecked).toEqual([]);
  expect(found.matches.map((m) => m.patient.id)).toContain('awkward-merged');
});

test('Oracle: searches for every identifier by itself', async () => {
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

const NEW: Patient = {
  resourceType: 'Patient',
  identifier: [{ system: 'urn:x', value: '77' }],
  name: [{ family: 'Neumann', given: ['Otto'] }],
  birthDate: '1970-03-05',
};
const SELF = [{ relation: 'self', url: 'https://a.example/Patient?_count=20&name=x' }];
const REMARK = {
  search: { mode: 'outcome' },
  resource: {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'warning', code: 'not-supported' }],
  },
};
const refused = { status: 500, body: {} };

test.each<[string, readonly Fault[], readonly string[]]>([
  ['nothing fails', [], []],
  ['the identifier search fails', [{ path: /\?identifier=/, ...refused }], ['identifier']],
  [
    'the server says that it ignored the identifier',
    [{ path: /\?identifier=/, rewrite: (body) => ({ ...(body as Bundle), link: SELF }) }],
    ['identifier'],
  ],
  [
    'the server has a remark on the identifier',
    [{ path: /\?identifier=/, rewrite: (body) => ({ ...(body as Bundle), entry: [REMARK] }) }],
    ['identifier'],
  ],
  ['one search by name fails', [{ path: /\?family=Neumann/, ...refused }], []],
  ['every search by name fails', [{ path: /(family|name)=/, ...refused }], ['name']],
  ['all of them fail', [{ path: /Patient\?/, ...refused }], ['identifier', 'name']],
])('reports what could not be checked when %s', async (_, faults, unchecked) => {
  const { client } = bench().connect();
  for (const fault of faults) bench().server.faults.add(fault);
  const found = await findDuplicates(client, NEW);
  expect(found).toEqual({ matches: [], unchecked });
});

test('ignores Epic’s warnings that nothing was found and that there may be more', async () => {
  const { client } = bench().connect();
  const system = 'urn:oid:1.2.840.114350.1.13.0.1.7.2.657369';
  const issue = ['4101', '4119'].map((code) => ({
    severity: 'warning',
    code: 'processing',
    details: { coding: [{ system, code }] },
  }));
  const entry = [{ search: { mode: 'outcome' }, resource: { ...REMARK.resource, issue } }];
  bench().server.faults.add({
    path: /\?identifier=/,
    rewrite: (body) => ({ ...(body as Bundle), entry }),
  });
  expect((await findDuplicates(client, NEW)).unchecked).toEqual([]);
});
