import * as fc from 'fast-check';
import type { Patient } from 'fhir/r4';
import { expect, it } from 'vitest';
import { readPage } from './bundle.ts';
import { openBench } from './client-fixture.ts';
import { readHistory } from './history.ts';

const bench = openBench();
const baseUrl = 'https://fhir.example.org/r4';
const read = (...entry: unknown[]) =>
  readHistory({ resourceType: 'Bundle', entry }, { type: 'Patient', id: 'p1' });
const version = (id: unknown, url: string) => ({
  request: { method: 'PUT', url },
  resource: { resourceType: 'Patient', id },
});

it('readHistory returns versions and deletions', () => {
  const { versions, foreign, rest } = read(
    {
      request: { method: 'DELETE', url: 'Patient/p1' },
      response: { etag: 'W/"3"', lastModified: '2026-01-03T00:00:00Z' },
    },
    {
      request: { method: 'PUT', url: 'Patient/p1' },
      resource: { resourceType: 'Patient', id: 'p1', meta: { versionId: '2' } },
    },
    {
      fullUrl: `${baseUrl}/Patient/p1/_history/1`,
      request: { method: 'POST', url: 'Patient' },
      resource: { resourceType: 'Patient', id: 'p1' },
    },
    { resource: { resourceType: 'OperationOutcome', issue: [] } },
  );
  expect(versions.map((v) => [v.method, v.versionId, v.id])).toEqual([
    ['delete', '3', 'p1'],
    ['update', '2', 'p1'],
    ['create', '1', 'p1'],
  ]);
  expect(foreign).toBe(0);
  const context = { baseUrl, type: 'Patient', current: `${baseUrl}/Patient/p1/_history` };
  expect(readPage(rest, context).items).toEqual([]);
});

const stub = {
  resource: {
    resourceType: 'Patient',
    id: 'p1',
    meta: { versionId: '3', lastUpdated: '2026-01-03T00:00:00Z' },
  },
};
const noContent = { response: { status: '204 NoContent' } };

it.each([
  ['by its method', { ...stub, request: { method: 'DELETE', url: 'Patient/p1' } }],
  ['by the status of its response', { ...stub, ...noContent }],
])('readHistory gives a deletion no resource, although the server sends a stub: %s', (_, entry) => {
  expect(read(entry).versions).toEqual([
    { id: 'p1', versionId: '3', method: 'delete', at: '2026-01-03T00:00:00Z', resource: undefined },
  ]);
});

it('readHistory keeps the version of an update whose response has no content', () => {
  const { versions } = read({ ...version('p1', 'Patient/p1'), ...noContent });
  expect(versions).toMatchObject([{ method: 'update', resource: { id: 'p1' } }]);
});

it('the last version before a deletion on a server like Azure is the one that was deleted', async () => {
  const { client } = bench().connect();
  const { resource } = await client.create<Patient>({ resourceType: 'Patient', gender: 'other' });
  await client.remove('Patient', resource.id);
  const { versions } = await client.history('Patient', resource.id);
  expect(versions.map((v) => [v.method, v.versionId, v.resource?.gender])).toEqual([
    ['delete', '2', undefined],
    ['create', '1', 'other'],
  ]);
});

it.each([
  ['a version of another patient', version('p2', 'Patient/p2')],
  ['a version of another patient under the address of this patient', version('p2', 'Patient/p1')],
  ['a version without an id', version(undefined, 'Patient/p1')],
  ['a version of another resource type', { resource: { resourceType: 'Group', id: 'p1' } }],
  ['the deletion of another patient', { request: { method: 'DELETE', url: 'Patient/p2' } }],
  [
    'the deletion of another patient under an internal host name',
    { request: { method: 'DELETE', url: 'https://in/r4/Patient/p2' } },
  ],
  [
    'the deletion of another patient at an address with a query',
    { request: { method: 'DELETE', url: 'Patient/p2?_cascade=delete' } },
  ],
  ['an entry whose fullUrl names another patient', { fullUrl: `${baseUrl}/Patient/p2/_history/4` }],
  [
    'an entry whose response location names another patient',
    { response: { location: 'Patient/p2/_history/4' } },
  ],
])('readHistory leaves out and counts %s', (_, entry) => {
  expect(read(entry)).toMatchObject({ versions: [], foreign: 1 });
});

it.each([
  'Patient/p1',
  'https://in/r4/Patient/p1/_history/3',
  'https://x/FHIR/Patient',
  'Patient?identifier=7',
  undefined,
])('readHistory accepts a deletion at %s as one of this patient', (url) =>
  expect(read({ request: { method: 'DELETE', url } }).versions).toHaveLength(1),
);

it('readHistory never throws, whatever the entries are', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (a, b) => {
      read(a, { request: b }, { resource: b }, { response: b }, { request: { url: a } });
    }),
  );
});

it('client.history counts entries of other patients and does not return them', async () => {
  const { client } = bench().connect();
  const [one, other] = [...bench().server.store.all('Patient')];
  bench().server.faults.add({
    path: /_history/,
    status: 200,
    body: {
      resourceType: 'Bundle',
      type: 'history',
      entry: [{ resource: other?.resource }, { resource: one?.resource }],
    },
  });
  const { versions, foreign } = await client.history('Patient', one?.resource.id ?? '');
  expect(versions.map(({ resource }) => resource?.id)).toEqual([one?.resource.id]);
  expect(foreign).toBe(1);
});

it('client.history says how many versions a page has beyond those that are read', async () => {
  const { client } = bench().connect();
  const entry = Array.from({ length: 1300 }, () => version('p1', 'Patient/p1'));
  const body = { resourceType: 'Bundle', type: 'history', entry };
  bench().server.faults.add({ path: /_history/, status: 200, body });
  const { versions, notices } = await client.history('Patient', 'p1');
  expect(versions).toHaveLength(1200);
  expect(notices.map(({ details }) => details?.text)).toEqual([
    'More entries than a page may hold: the last 100 are not shown.',
  ]);
});
