import type { CapabilityStatement } from 'fhir/r4';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { faultKinds } from './faults/faults.ts';
import { bundleOf, idsOf, sender, startTestServer, type TestServer } from './test-server.ts';

const origin = 'http://localhost:5173';
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    cors: { origins: [origin] },
    auth: async (token) =>
      token === 't' ? { subject: 's', roles: ['FHIR Data Contributor'] } : undefined,
    smartConfiguration: () => ({
      authorization_endpoint: 'https://as.example/authorize',
      token_endpoint: 'https://as.example/token',
    }),
  });
});
afterAll(() => server.close());
beforeEach(() => server.reset());

const get = (path: string) => server.send('GET', path, { token: 't', headers: { origin } });

describe('CORS', () => {
  const preflight = async (from: string, header: string): Promise<Headers> =>
    (
      await server.send('OPTIONS', 'Patient', {
        headers: {
          origin: from,
          'access-control-request-method': 'POST',
          'access-control-request-headers': header,
        },
      })
    ).headers;
  const allowed = (headers: Headers): string[] =>
    (headers.get('access-control-allow-headers') ?? '').toLowerCase().split(', ');

  it('allows the configured origins and headers only', async () => {
    const good = await preflight(origin, 'authorization');
    expect(good.get('access-control-allow-origin')).toBe(origin);
    expect(allowed(good)).toContain('if-none-exist');
    expect(allowed(good)).not.toContain('x-ms-azurefhir-audit-site');
    expect(
      (await preflight('https://elsewhere.example', 'authorization')).get(
        'access-control-allow-origin',
      ),
    ).toBeNull();
    server.cors.headers.push('X-MS-AZUREFHIR-AUDIT-SITE');
    expect(allowed(await preflight(origin, 'x-ms-azurefhir-audit-site'))).toContain(
      'x-ms-azurefhir-audit-site',
    );
  });

  it('exposes no response headers like Azure, and refuses If-None-Exist like HAPI', async () => {
    expect((await get('Patient')).headers.get('access-control-expose-headers')).toBeNull();
    server.setMode('hapi');
    expect((await get('Patient')).headers.get('access-control-expose-headers')).toContain('ETag');
    expect(allowed(await preflight(origin, 'if-none-exist'))).not.toContain('if-none-exist');
  });
});

describe('metadata', () => {
  it('names the authorization server, and declares only what the server supports', async () => {
    const statement = (await get('metadata')).json as CapabilityStatement;
    const rest = statement.rest?.[0];
    expect(rest?.security?.extension?.[0]?.extension).toEqual([
      { url: 'authorize', valueUri: 'https://as.example/authorize' },
      { url: 'token', valueUri: 'https://as.example/token' },
    ]);
    const patient = rest?.resource?.find((r) => r.type === 'Patient');
    const names = patient?.searchParam?.map((p) => p.name) ?? [];
    expect(names).not.toContain('deceased');
    const sample: Record<string, string> = {
      string: 'a',
      token: 'a',
      date: '2000',
      reference: 'Patient/a',
    };
    for (const { name, type } of patient?.searchParam ?? []) {
      if (name === '_sort') continue;
      const answer = await server.send('GET', `Patient?${name}=${sample[type]}`, {
        token: 't',
        headers: { prefer: 'handling=strict' },
      });
      expect(answer.status, name).toBe(200);
    }
    const sortable =
      patient?.searchParam?.find((p) => p.name === '_sort')?.documentation?.split(', ') ?? [];
    expect(sortable).toEqual(
      expect.arrayContaining(['family', 'given', 'birthdate', '_lastUpdated']),
    );
    for (const key of sortable) {
      const answer = await server.send('GET', `Patient?_sort=-${key}`, {
        token: 't',
        headers: { prefer: 'handling=strict' },
      });
      expect(answer.status, key).toBe(200);
    }
    const open = (await sender(server.openBaseUrl)('GET', 'metadata')).json as CapabilityStatement;
    expect(open.rest?.[0]?.security).toBeUndefined();
    expect((await get('.well-known/smart-configuration')).json).toMatchObject({
      token_endpoint: 'https://as.example/token',
    });
  });
});

describe('faults', () => {
  it('hit only matching requests, as many times as set', async () => {
    server.faults.add({ ...faultKinds.throttled(7), method: 'GET', path: /\/Patient\?/, times: 2 });
    expect((await get('Patient/p0001')).status).toBe(200);
    const throttled = await get('Patient?name=a');
    expect([throttled.status, throttled.headers.get('retry-after')]).toEqual([429, '7']);
    expect((await get('Patient?name=a')).status).toBe(429);
    expect((await get('Patient?name=a')).status).toBe(200);
  });

  it('break the body of a response or the connection', async () => {
    const once = async (fault: Parameters<typeof server.faults.add>[0]) => {
      server.faults.clear();
      server.faults.add(fault);
      return get('Patient');
    };
    expect((await once(faultKinds.html())).headers.get('content-type')).toBe('text/html');
    expect((await once(faultKinds.empty())).text).toBe('');
    expect((await once(faultKinds.malformed())).json).toBeUndefined();
    expect((await once(faultKinds.wrongType())).text).toBe('OK');
    expect((await once(faultKinds.huge(2))).text.length).toBeGreaterThan(2_000_000);
    await expect(once(faultKinds.dropped())).rejects.toThrow();
    await expect(once(faultKinds.answerLost())).rejects.toThrow();
  });

  it('hold a response back until the test releases it', async () => {
    const steps: string[] = [];
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const arrived = new Promise<void>((resolve) => {
      server.faults.add({ hold: () => (resolve(), released) });
    });
    const answer = get('Patient/p0001').then(({ status }) => steps.push(`answered ${status}`));
    await arrived;
    steps.push('released');
    release();
    await answer;
    expect(steps).toEqual(['released', 'answered 200']);
  });

  it('mark a held request as over in the log when the client aborts it', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    server.faults.add({ hold: () => released });
    const asking = new AbortController();
    const url = `${server.openBaseUrl}/Patient/given-up`;
    const answer = fetch(url, { signal: asking.signal });
    const entry = () => server.log.find(({ path }) => path.endsWith('/given-up'));
    await expect.poll(() => entry()).toMatchObject({ status: 0, over: false });
    asking.abort();
    await expect(answer).rejects.toThrow();
    await expect.poll(() => entry()).toMatchObject({ status: 0, over: true });
    release();
  });

  it('lose a response after the resource was created', async () => {
    server.faults.add({ ...faultKinds.answerLost(), method: 'POST' });
    const body = { resourceType: 'Patient', name: [{ family: 'Lostanswer' }] };
    await expect(server.send('POST', 'Patient', { token: 't', body })).rejects.toThrow();
    expect(idsOf(await get('Patient?family=lostanswer'))).toHaveLength(1);
  });

  it('rewrite the links of a bundle', async () => {
    server.faults.add({
      rewrite: (body) => ({
        ...(body as object),
        link: [{ relation: 'next', url: 'https://evil.example/fhir/Patient' }],
      }),
    });
    expect(bundleOf(await get('Patient')).link?.[0]?.url).toBe('https://evil.example/fhir/Patient');
  });
});

describe('the request log', () => {
  it('records a request without its token', async () => {
    await get('Patient?name=a');
    expect(server.log.at(-1)).toMatchObject({
      method: 'GET',
      path: '/fhir/Patient',
      query: 'name=a',
      authorized: true,
      status: 200,
    });
    expect(JSON.stringify(server.log)).not.toContain('Bearer');
  });
});

describe('$export', () => {
  it('starts, reports its progress, lists and serves its files, and can be cancelled', async () => {
    const start = (path: string) =>
      server.send('GET', path, { token: 't', headers: { prefer: 'respond-async' } });
    expect((await get('$export')).status).toBe(400);
    const kickOff = await start('Patient/$export?_type=Patient,Observation');
    const poll = kickOff.headers.get('content-location') ?? '';
    expect([kickOff.status, kickOff.text]).toEqual([202, '']);
    expect([(await get(poll)).status, (await get(poll)).headers.get('x-progress')]).toEqual([
      202,
      '67%',
    ]);
    const manifest = (await get(poll)).json as {
      requiresAccessToken: boolean;
      output: { type: string; url: string; count: number }[];
    };
    expect(manifest.requiresAccessToken).toBe(true);
    expect(manifest.output.map((o) => o.type)).toEqual(['Patient', 'Observation']);
    const file = manifest.output[0];
    expect((await get(file?.url ?? '')).text.trim().split('\n')).toHaveLength(file?.count ?? 0);
    expect((await server.send('GET', file?.url ?? '')).status).toBe(401);
    expect((await server.send('DELETE', poll, { token: 't' })).status).toBe(202);
    expect((await get(poll)).status).toBe(404);
    const group =
      (await start('Group/group-charted/$export?_type=Patient')).headers.get('content-location') ??
      '';
    server.behaviour.exportPolls = 0;
    expect(((await get(group)).json as typeof manifest).output[0]?.count).toBe(6);
    expect((await start('Group/nobody/$export')).status).toBe(404);
  });
});
