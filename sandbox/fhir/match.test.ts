import type { CapabilityStatement, Patient } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { bundleOf, startTestServer, type TestServer } from './test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ mode: 'hapi' });
});
afterAll(() => server.close());
beforeEach(() => server.reset());

async function match(patient: Partial<Patient>, more: object[] = []): Promise<string[]> {
  const resource = { resourceType: 'Patient', ...patient };
  const answer = await server.send('POST', 'Patient/$match', {
    body: { resourceType: 'Parameters', parameter: [{ name: 'resource', resource }, ...more] },
  });
  expect(answer.status).toBe(200);
  return (bundleOf(answer).entry ?? []).map(
    ({ resource: found, search }) =>
      `${found?.id ?? ''} ${search?.extension?.[0]?.valueCode ?? ''} ${search?.score ?? ''}`,
  );
}

const inactive = { birthDate: '1990-06-17', name: [{ family: 'dormant', given: ['Inés'] }] };

it('grades candidates by identifier, name and birth date', async () => {
  const answer = await server.send('GET', 'Patient/awkward-inactive');
  const { identifier, name, birthDate } = answer.json as Patient;
  expect(await match({ identifier, name })).toContain('awkward-inactive certain 1');
  expect(await match({ identifier })).toContain('awkward-inactive probable 0.8');
  expect(await match({ name, birthDate })).toContain('awkward-inactive probable 0.8');
  expect(await match({ name })).toContain('awkward-inactive possible 0.5');
  expect(await match({ name: [{ family: 'Nobodyatall' }] })).toEqual([]);
});

it('ignores accents, and applies count and onlyCertainMatches', async () => {
  expect(await match(inactive)).toContain('awkward-inactive probable 0.8');
  expect(await match(inactive, [{ name: 'onlyCertainMatches', valueBoolean: true }])).toEqual([]);
  const sister = { name: [{ family: 'Dormant' }], birthDate: '1990-06-17' };
  expect(await match(sister, [{ name: 'count', valueInteger: 1 }])).toHaveLength(1);
});

it('answers 404 to $match where the server does not declare it', async () => {
  const declared = async (): Promise<boolean> => {
    const { json } = await server.send('GET', 'metadata');
    const types = (json as CapabilityStatement).rest?.[0]?.resource ?? [];
    const operations = types.find(({ type }) => type === 'Patient')?.operation ?? [];
    return operations.some(({ name }) => name === 'match');
  };
  expect(await declared()).toBe(true);
  server.setMode('azure');
  expect(await declared()).toBe(false);
  const body = { resourceType: 'Parameters', parameter: [] };
  expect((await server.send('POST', 'Patient/$match', { body })).status).toBe(404);
  server.setMode('hapi');
  expect((await server.send('POST', 'Patient/$match', { body })).status).toBe(400);
});
