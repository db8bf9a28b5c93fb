import type { Patient } from 'fhir/r4';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createClient } from '#fhir/client/create-client.ts';
import { RequestLog } from '#fhir/transport/log.ts';
import { startFhirServer, type FhirServer } from '#sandbox/fhir/server.ts';
import { findSimilar, findRecords, SHOWN } from './find-records.ts';

const namesake = (n: number): Patient => ({
  resourceType: 'Patient',
  id: `n${n}`,
  name: [{ family: n % 2 ? 'Commoner' : 'Commonest', given: ['John'] }],
});

let server: FhirServer;
beforeAll(async () => {
  const resources = Array.from({ length: SHOWN + 2 }, (_, n) => namesake(n));
  server = await startFhirServer({ resources, auth: 'open' });
});
afterEach(() => server.reset());
afterAll(() => server.close());

const client = () =>
  createClient({
    baseUrl: server.openBaseUrl,
    authorization: async () => undefined,
    renew: async () => false,
    log: new RequestLog(),
  });
const stays = new AbortController().signal;

test('reports more results when the first page does not hold all of them', async () => {
  const all = await findRecords(client(), 'John', stays);
  expect(all.patients).toHaveLength(SHOWN);
  expect(all.more).toBe(true);
  const some = await findRecords(client(), 'Commoner', stays);
  expect(some.patients).toHaveLength(SHOWN / 2 + 1);
  expect(some.more).toBe(false);
});

test('searches with a single value per parameter on Oracle, which refuses several', async () => {
  server.setMode('oracle');
  const { patients } = await findRecords(client(), 'commoner john', stays);
  expect(patients.length).toBeGreaterThan(0);
  expect(patients.every((p) => p.name?.[0]?.family === 'Commoner')).toBe(true);
});

test('does not send a search that was aborted before it started', async () => {
  const left = AbortSignal.abort();
  await expect(findRecords(client(), 'Commoner', left)).rejects.toThrow();
  expect(server.log).toEqual([]);
});

test('reports a failed search for similar records, not an empty result', async () => {
  const other = { ...namesake(1), id: 'other' };
  server.faults.add({ status: 403, body: '' });
  expect(await findSimilar(client(), other, stays)).toEqual({ patients: [], failed: true });
});
