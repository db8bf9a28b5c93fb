import type { Patient } from 'fhir/r4';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '#sandbox/data/generate.ts';
import { faultKinds } from '#sandbox/fhir/faults.ts';
import { startFhirServer, type FhirServer } from '#sandbox/fhir/server.ts';
import { createClient, type ClientOptions } from './create-client.ts';
import {
  BadResponse,
  Conflict,
  CreatedButUnknown,
  Forbidden,
  Gone,
  Invalid,
  NetworkError,
  NotFound,
  NotSupported,
  ServerError,
  Throttled,
  TooLarge,
  Unauthorized,
} from './errors.ts';
import { ignoredParams } from './ignored.ts';
import { RequestLog } from './transport/log.ts';

let server: FhirServer;
/** Tokens that the server takes. */
let valid = new Set(['t1']);

beforeAll(async () => {
  server = await startFhirServer({
    resources: generate({ patients: 60, charts: 3 }).resources,
    auth: async (token) =>
      valid.has(token)
        ? {
            subject: 'tester',
            roles: [token === 'reader' ? 'FHIR Data Reader' : 'FHIR Data Contributor'],
          }
        : undefined,
  });
});

afterAll(() => server.close());

afterEach(() => {
  server.reset();
  valid = new Set(['t1']);
});

function connect(o: Partial<ClientOptions> & { token?: string } = {}) {
  const log = new RequestLog();
  const state = { token: o.token ?? 't1', renewals: 0 };
  const client = createClient({
    baseUrl: server.baseUrl,
    authorization: async () => `Bearer ${state.token}`,
    renew: async () => {
      state.renewals += 1;
      return false;
    },
    retry: { pause: 5 },
    log,
    ...o,
  });
  return { client, log, state };
}

const newPatient = (): Patient => ({
  resourceType: 'Patient',
  name: [{ family: 'Testcase', given: ['Ada'] }],
  birthDate: '1980-02-03',
});

const asked = (method: string) => server.log.filter((e) => e.method === method).length;

describe('reading', () => {
  it('a patient, with its version', async () => {
    const { client } = connect();
    const { resource, etag } = await client.read('Patient', 'p0001');
    expect(resource.resourceType).toBe('Patient');
    expect(etag).toBe('W/"1"');
    const old = await client.vread('Patient', 'p0001', '1');
    expect(old.resource).toEqual(resource);
  });

  it('takes the version from the body where the header cannot be read', async () => {
    server.faults.add({
      path: /p0001/,
      status: 200,
      body: { resourceType: 'Patient', id: 'p0001', meta: { versionId: '7' } },
    });
    expect((await connect().client.read('Patient', 'p0001')).etag).toBe('W/"7"');
  });

  it('refuses an answer about somebody else', async () => {
    server.faults.add({ status: 200, body: { resourceType: 'Patient', id: 'other' } });
    await expect(connect().client.read('Patient', 'p0001')).rejects.toBeInstanceOf(BadResponse);
  });

  it('asks nothing for an id that is none', async () => {
    const { client } = connect();
    for (const id of ['..', '../Observation', 'a?b', 'a/b', '', 'x'.repeat(65)]) {
      await expect(client.read('Patient', id)).rejects.toBeInstanceOf(NotFound);
    }
    expect(server.log).toEqual([]);
  });

  it('the capability statement without a token', async () => {
    const statement = await connect().client.capabilities();
    expect(statement.fhirVersion).toBe('4.0.1');
    expect(server.log[0]?.path).toContain('metadata');
  });
});

describe('searching', () => {
  it('walks every page once, and can stop anywhere', async () => {
    const { client } = connect();
    const seen: string[] = [];
    let page = await client.search('Patient', { _count: 7 });
    for (;;) {
      seen.push(...page.items.map((p) => p.id));
      if (!page.next) break;
      page = await client.search('Patient', {}, page.next);
    }
    expect(new Set(seen).size).toBe(seen.length);
    const { total } = await client.search('Patient', { _summary: 'count' });
    expect(seen.length).toBe(total);
  });

  it.each([
    ['https://internal:8443', 'azure'],
    ['http://internal', 'hapi'],
    [undefined, 'hapi'],
  ] as const)('mends links from %s on %s', async (origin, mode) => {
    server.setMode(mode);
    server.behaviour.wrongLinkOrigin = origin;
    const { client } = connect();
    const first = await client.search('Patient', { _count: 5 });
    expect(first.next?.startsWith(server.baseUrl)).toBe(true);
    const second = await client.search('Patient', {}, first.next);
    expect(second.items).toHaveLength(5);
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
    if (mode === 'hapi') expect(second.previous).toBeDefined();
  });

  it('tells an expired page', async () => {
    server.setMode('hapi');
    const { client } = connect();
    const { next } = await client.search('Patient', { _count: 5 });
    server.behaviour.pagesExpired = true;
    await expect(client.search('Patient', {}, next)).rejects.toBeInstanceOf(Gone);
  });

  it('goes by POST where configured, with nothing in the address', async () => {
    const { client } = connect({
      requests: {
        auditHeaders: {},
        strictSearch: false,
        conditionalCreate: false,
        searchMethod: 'post',
      },
    });
    const { items } = await client.search('Patient', { _id: 'p0001' });
    expect(items.map((p) => p.id)).toEqual(['p0001']);
    expect(server.log[0]).toMatchObject({ method: 'POST' });
    expect(server.log[0]?.path).not.toContain('p0001');
  });

  it('goes by POST where the address would be too long', async () => {
    const { client } = connect();
    const ids = Array.from({ length: 300 }, (_, i) => `p${String(i).padStart(4, '0')}`).join(',');
    const { items } = await client.search('Patient', { _id: ids, _count: 5 });
    expect(items).toHaveLength(5);
    expect(server.log[0]?.method).toBe('POST');
  });

  it('knows what a lenient server ignored', async () => {
    const params = { gender: 'female', deceased: 'false', _count: 5 };
    const page = await connect().client.search('Patient', params);
    expect(ignoredParams(params, page.self).filters).toEqual(['deceased']);
    expect(page.notices.length).toBeGreaterThan(0);
  });

  it('asks a strict server to refuse instead', async () => {
    const { client } = connect({
      requests: {
        auditHeaders: {},
        strictSearch: true,
        conditionalCreate: false,
        searchMethod: 'get',
      },
    });
    await expect(client.search('Patient', { deceased: 'false' })).rejects.toBeInstanceOf(Invalid);
  });

  it('is not a matter of permission where the server cannot', async () => {
    const search = connect().client.search('Patient', { _total: 'estimate' });
    await expect(search).rejects.toBeInstanceOf(NotSupported);
  });

  it('says what an Oracle-like server wants', async () => {
    server.setMode('oracle');
    await expect(connect().client.search('Patient', {})).rejects.toMatchObject({
      kind: 'invalid',
      detail: 'No supported search parameters provided',
    });
  });
});

describe('writing', () => {
  it('creates, updates with the version, refuses a stale one, and keeps the history', async () => {
    const { client } = connect();
    const { resource, etag } = await client.create(newPatient());
    expect(resource.id).toBeTruthy();
    const changed = await client.update<Patient>(
      { ...resource, gender: 'female' },
      { ifMatch: etag ?? '' },
    );
    expect(changed.etag).not.toBe(etag);
    const stale = client.update<Patient>({ ...resource, gender: 'male' }, { ifMatch: etag ?? '' });
    await expect(stale).rejects.toBeInstanceOf(Conflict);
    await client.remove('Patient', resource.id);
    await expect(client.read('Patient', resource.id)).rejects.toBeInstanceOf(Gone);
    const { versions } = await client.history('Patient', resource.id);
    expect(versions.map((v) => v.method)).toEqual(['delete', 'update', 'create']);
    expect(versions[0]?.resource).toBeUndefined();
  });

  it('validates: an invalid resource is an answer', async () => {
    const outcome = await connect().client.validate({
      ...newPatient(),
      gender: 'dog',
    } as unknown as Patient);
    expect(outcome.issue.some((i) => i.severity === 'error')).toBe(true);
  });

  it('finds the new patient by Location where the body is empty', async () => {
    server.faults.add({
      method: 'POST',
      status: 201,
      body: '',
      headers: { Location: `${server.baseUrl}/Patient/p0002/_history/1` },
    });
    expect((await connect().client.create(newPatient())).resource.id).toBe('p0002');
  });

  it('says so when it cannot tell which patient was created', async () => {
    server.faults.add({ method: 'POST', ...faultKinds.empty(201) });
    await expect(connect().client.create(newPatient())).rejects.toBeInstanceOf(CreatedButUnknown);
    expect(asked('POST')).toBe(1);
  });

  it('never posts twice', async () => {
    const { client } = connect();
    server.faults.add({ method: 'POST', ...faultKinds.throttled(0) });
    await expect(client.create(newPatient())).rejects.toBeInstanceOf(Throttled);
    server.faults.clear();
    server.faults.add({ method: 'POST', ...faultKinds.html(503) });
    await expect(client.create(newPatient())).rejects.toBeInstanceOf(ServerError);
    expect(asked('POST')).toBe(2);
    server.faults.clear();
    server.faults.add({ method: 'POST', ...faultKinds.answerLost() });
    await expect(client.create(newPatient())).rejects.toMatchObject({
      kind: 'network',
      wrote: true,
    });
  });

  it('is refused to a reader', async () => {
    valid.add('reader');
    const { client } = connect({ token: 'reader' });
    await expect(client.create(newPatient())).rejects.toBeInstanceOf(Forbidden);
  });
});

describe('the token', () => {
  it('is renewed once for many, and the requests go again', async () => {
    const { client, state } = connect({
      renew: async () => {
        state.renewals += 1;
        state.token = 't2';
        return true;
      },
    });
    valid = new Set(['t2']);
    await Promise.all(['p0001', 'p0002', 'p0003'].map((id) => client.read('Patient', id)));
    expect(state.renewals).toBe(1);
    expect(server.log.filter((e) => e.status === 401).length).toBeLessThanOrEqual(3);
  });

  it('is not renewed for ever', async () => {
    const { client, state } = connect({
      renew: async () => {
        state.renewals += 1;
        return true;
      },
    });
    valid = new Set();
    await expect(client.read('Patient', 'p0001')).rejects.toBeInstanceOf(Unauthorized);
    expect(state.renewals).toBe(1);
    expect(server.log).toHaveLength(2);
  });

  it('sends a create again after a 401, because nothing happened', async () => {
    const { client, state } = connect({
      renew: async () => {
        state.token = 't2';
        return true;
      },
    });
    valid = new Set(['t2']);
    const { resource } = await client.create(newPatient());
    expect(resource.id).toBeTruthy();
  });

  it('past its expiry explains a server that cannot be reached', async () => {
    server.faults.add(faultKinds.dropped());
    const { client } = connect({ tokenExpired: () => true });
    await expect(client.read('Patient', 'p0001')).rejects.toBeInstanceOf(Unauthorized);
    await expect(connect().client.read('Patient', 'p0001')).rejects.toMatchObject({
      kind: 'network',
      reason: 'unreachable',
      wrote: false,
    });
  });
});

describe('trouble', () => {
  it('is waited out for reads', async () => {
    server.faults.add({ ...faultKinds.throttled(0), times: 2 });
    await connect().client.read('Patient', 'p0001');
    expect(asked('GET')).toBe(3);
  });

  it('is not waited out for ever', async () => {
    server.faults.add(faultKinds.html(503));
    await expect(connect().client.read('Patient', 'p0001')).rejects.toMatchObject({
      kind: 'server-error',
      status: 503,
      detail: '502 - Web server received an invalid response.',
    });
    expect(asked('GET')).toBe(4);
  });

  it('that asks for a long wait is shown at once', async () => {
    server.faults.add(faultKinds.throttled(3600));
    await expect(connect().client.read('Patient', 'p0001')).rejects.toMatchObject({
      kind: 'throttled',
      retryAfter: 3600,
    });
    expect(asked('GET')).toBe(1);
  });

  it.each([
    ['malformed JSON', faultKinds.malformed(), BadResponse],
    ['an empty body', faultKinds.empty(), BadResponse],
    ['text', faultKinds.wrongType(), BadResponse],
    ['markup', faultKinds.html(200), BadResponse],
    ['half a body', faultKinds.answerLost(), NetworkError],
    ['a dropped connection', faultKinds.dropped(), NetworkError],
    ['a redirect', { status: 302, headers: { Location: 'https://evil.invalid/' } }, NetworkError],
  ] as const)('with %s has its class', async (_, fault, kind) => {
    server.faults.add(fault);
    await expect(connect().client.read('Patient', 'p0001')).rejects.toBeInstanceOf(kind);
    server.faults.clear();
    server.faults.add(fault);
    await expect(connect().client.search('Patient', {})).rejects.toBeInstanceOf(kind);
  });

  it('of size ends the reading', async () => {
    server.faults.add(faultKinds.huge(40));
    await expect(connect().client.search('Patient', {})).rejects.toBeInstanceOf(TooLarge);
  });

  it('of time is a timeout', async () => {
    server.faults.add({ delay: 2000 });
    await expect(connect({ timeout: 50 }).client.read('Patient', 'p0001')).rejects.toMatchObject({
      kind: 'network',
      reason: 'timeout',
    });
  });

  it.each([
    [401, { error: 'invalid_token', error_description: 'expired' }, 'invalid_token: expired'],
    [429, { error: { status: 'RESOURCE_EXHAUSTED', message: 'Quota' } }, 'Quota'],
    [400, { statusCode: 400, message: 'gateway' }, 'gateway'],
    [400, 'plain words', 'plain words'],
    [404, '', undefined],
    [
      422,
      {
        resourceType: 'OperationOutcome',
        issue: [{ code: 'required', severity: 'error', details: { text: 'name' } }],
      },
      'name',
    ],
  ])('%s is read from any body', async (status, body, detail) => {
    server.faults.add({ status, body });
    const { client } = connect({ retry: { max: 0 } });
    await expect(client.read('Patient', 'p0001')).rejects.toMatchObject({ status, detail });
  });
});

describe('every request', () => {
  it('can be aborted, also while waiting to try again', async () => {
    const { client } = connect({ retry: { pause: 10_000 } });
    server.faults.add({ ...faultKinds.html(503) });
    const controller = new AbortController();
    const read = client.read('Patient', 'p0001', { signal: controller.signal });
    setTimeout(() => controller.abort(), 100);
    await expect(read).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is logged without what was searched for', async () => {
    const { client, log } = connect();
    await client.search('Patient', { name: 'Secretname', _count: 3 });
    const [entry] = log.entries();
    expect(entry).toMatchObject({ method: 'GET', status: 200 });
    expect(entry?.path).toBe('/fhir/Patient?name=***&_count=3');
    expect(entry?.size).toBeGreaterThan(0);
  });
});
