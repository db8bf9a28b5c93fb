import type { Observation } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Access } from './access.ts';
import { parseScope } from './scopes.ts';
import {
  bundleOf,
  idsOf,
  issuesOf,
  sender,
  startTestServer,
  type TestServer,
} from './test-server.ts';

const accesses: Record<string, Access> = {
  reader: { subject: 'a', roles: ['FHIR Data Reader'], scopes: ['user_impersonation'] },
  writer: { subject: 'b', roles: ['FHIR Data Writer'] },
  exporter: { subject: 'c', roles: ['FHIR Data Exporter'] },
  smartUser: {
    subject: 'd',
    roles: ['FHIR SMART User'],
    scopes: ['user/Patient.rs', 'user/Patient.c'],
  },
  noRole: { subject: 'e', roles: [] },
  patient: {
    subject: 'f',
    scopes: ['launch', 'openid', 'patient/*.rs', 'patient/Patient.u'],
    patient: 'p0001',
  },
  patientless: { subject: 'g', scopes: ['patient/*.read'] },
  userV1: { subject: 'h', scopes: ['user/Patient.read', 'user/Observation.write'] },
  readOnly: { subject: 'i', scopes: ['user/Patient.r'] },
  searchOnly: { subject: 'j', scopes: ['user/Patient.s'] },
  vitals: { subject: 'k', scopes: ['user/Observation.cruds?category=vital-signs'] },
  vitalsAndLabs: {
    subject: 'l',
    scopes: [
      'patient/Observation.rs?category=vital-signs',
      'patient/Observation.rs?category=laboratory',
    ],
    patient: 'p0001',
  },
  unknownFilter: { subject: 'm', scopes: ['user/Observation.rs?colour=red'] },
  filteredSystem: { subject: 'n', scopes: ['system/*.rs?_id=p0001'] },
};

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ auth: async (token) => accesses[token] });
});
afterAll(() => server.close());
beforeEach(() => server.reset());

const status = async (
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<number> =>
  (
    await server.send(method, path, {
      token: token,
      ...(body === undefined ? {} : { body }),
    })
  ).status;

const person = { resourceType: 'Patient', name: [{ family: 'New' }] };

describe('tokens', () => {
  it('are required, except for metadata, health and the open base', async () => {
    const answer = await server.send('GET', 'Patient');
    expect([answer.status, issuesOf(answer)[0]?.code]).toEqual([401, 'login']);
    expect((await server.send('GET', 'Patient', { token: 'unknown' })).status).toBe(401);
    expect((await server.send('GET', 'metadata')).status).toBe(200);
    expect((await server.send('GET', 'health/check')).status).toBe(200);
    expect((await sender(server.openBaseUrl)('GET', 'Patient')).status).toBe(200);
  });

  it('that are missing get an empty 401 without CORS headers from Oracle Health', async () => {
    server.setMode('oracle');
    const answer = await server.send('GET', 'Patient?name=a', {
      headers: { origin: 'http://localhost:5173' },
    });
    expect([answer.status, answer.text, answer.headers.get('access-control-allow-origin')]).toEqual(
      [401, '', null],
    );
  });
});

describe('roles', () => {
  it('let readers read, writers write, exporters export', async () => {
    expect(await status('reader', 'GET', 'Patient')).toBe(200);
    const refused = await server.send('POST', 'Patient', { token: 'reader', body: person });
    expect([refused.status, issuesOf(refused)[0]?.code]).toEqual([403, 'forbidden']);
    expect(await status('writer', 'POST', 'Patient', person)).toBe(201);
    expect(await status('writer', 'DELETE', 'Patient/p0009')).toBe(204);
    expect(await status('noRole', 'GET', 'Patient')).toBe(403);
    const headers = { prefer: 'respond-async' };
    expect((await server.send('GET', '$export', { token: 'reader', headers })).status).toBe(403);
    expect((await server.send('GET', '$export', { token: 'exporter', headers })).status).toBe(202);
  });

  it('limit a SMART user to reading within the scopes', async () => {
    expect(await status('smartUser', 'GET', 'Patient')).toBe(200);
    expect(await status('smartUser', 'GET', 'Observation')).toBe(403);
    expect(await status('smartUser', 'POST', 'Patient', person)).toBe(403);
  });
});

describe('SMART scopes', () => {
  it('are read in v1 and in v2 syntax', () => {
    expect(parseScope('patient/*.read')).toEqual({
      context: 'patient',
      type: '*',
      permissions: 'rs',
    });
    expect(parseScope('user/Patient.cruds?status=active')).toMatchObject({
      permissions: 'cruds',
      filter: 'status=active',
    });
    expect(parseScope('system/Observation.*')).toMatchObject({ permissions: 'cruds' });
    for (const bad of [
      'launch/patient',
      'patient/Patient.sr',
      'patient/Patient.',
      'patient/Patient.rr',
    ]) {
      expect(parseScope(bad), bad).toBeUndefined();
    }
  });

  it('for patient/ limit every request to the patient in context', async () => {
    const found = await server.send('GET', 'Patient', { token: 'patient' });
    expect(idsOf(found)).toEqual(['p0001']);
    expect(await status('patient', 'GET', 'Patient/p0001')).toBe(200);
    expect(await status('patient', 'GET', 'Patient/p0002')).toBe(403);
    expect(await status('patient', 'GET', 'Patient/p0002/_history')).toBe(200);
    expect(
      bundleOf(await server.send('GET', 'Patient/p0002/_history', { token: 'patient' })).entry,
    ).toBeUndefined();
    const observations = bundleOf(
      await server.send('GET', 'Observation?_count=1000', { token: 'patient' }),
    );
    const subjects = new Set(
      observations.entry?.map(
        (e) => (e.resource as { subject?: { reference?: string } }).subject?.reference,
      ),
    );
    expect([...subjects]).toEqual(['Patient/p0001']);
    expect(
      bundleOf(await server.send('GET', 'Observation?patient=p0002', { token: 'patient' })).entry,
    ).toBeUndefined();
    expect(await status('patient', 'GET', 'Practitioner/dr-tanaka')).toBe(200);
    expect(await status('patient', 'PUT', 'Patient/p0002', { ...person, id: 'p0002' })).toBe(403);
    expect(await status('patientless', 'GET', 'Patient')).toBe(403);
  });

  it('grant reading, searching and writing separately', async () => {
    expect([
      await status('readOnly', 'GET', 'Patient/p0001'),
      await status('readOnly', 'GET', 'Patient'),
    ]).toEqual([200, 403]);
    expect([
      await status('searchOnly', 'GET', 'Patient/p0001'),
      await status('searchOnly', 'GET', 'Patient'),
    ]).toEqual([403, 200]);
    expect([
      await status('userV1', 'GET', 'Patient'),
      await status('userV1', 'GET', 'Observation'),
    ]).toEqual([200, 403]);
    expect(await status('userV1', 'POST', 'Patient', person)).toBe(403);
  });

  it('with a filter limit every request to the records that match it', async () => {
    const categories = async (token: string, query = ''): Promise<ReadonlySet<unknown>> => {
      const answer = await server.send('GET', `Observation?_count=1000${query}`, { token });
      const found = bundleOf(answer).entry?.map(({ resource }) => resource as Observation);
      return new Set(found?.map((o) => o.category?.[0]?.coding?.[0]?.code));
    };
    expect(await categories('vitals')).toEqual(new Set(['vital-signs']));
    expect(await categories('vitals', '&category=laboratory')).toEqual(new Set());
    expect(await categories('vitalsAndLabs')).toEqual(new Set(['vital-signs', 'laboratory']));
    expect(await categories('unknownFilter')).toEqual(new Set());

    const open = sender(server.openBaseUrl);
    const of = async (category: string): Promise<Observation> => {
      const answer = await open('GET', `Observation?category=${category}&_count=1`);
      return bundleOf(answer).entry?.[0]?.resource as Observation;
    };
    const [vital, lab] = [await of('vital-signs'), await of('laboratory')];
    expect(await status('vitals', 'GET', `Observation/${vital.id}`)).toBe(200);
    expect(await status('vitals', 'GET', `Observation/${lab.id}`)).toBe(403);
    // A record may be changed neither from nor into what the filter leaves out.
    expect(await status('vitals', 'PUT', `Observation/${lab.id}`, lab)).toBe(403);
    const moved = { ...vital, category: lab.category };
    expect(await status('vitals', 'PUT', `Observation/${vital.id}`, moved)).toBe(403);
    expect(await status('vitals', 'PUT', `Observation/${vital.id}`, vital)).toBe(200);
    const headers = { prefer: 'respond-async' };
    const all = await server.send('GET', '$export', { token: 'filteredSystem', headers });
    expect(all.status).toBe(403);
  });

  it('apply to each entry of a batch', async () => {
    const body = {
      resourceType: 'Bundle',
      type: 'batch',
      entry: [
        { request: { method: 'GET', url: 'Patient/p0001' } },
        { request: { method: 'POST', url: 'Patient' }, resource: person },
      ],
    };
    const answer = bundleOf(await server.send('POST', '', { token: 'readOnly', body }));
    expect(answer.entry?.map((e) => e.response?.status)).toEqual(['200', '403']);
  });
});
