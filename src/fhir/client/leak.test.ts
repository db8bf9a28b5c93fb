import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { generate } from '#sandbox/data/generate.ts';
import { startFhirServer, type FhirServer } from '#sandbox/fhir/server.ts';
import { createClient } from './create-client.ts';
import { Gone, NetworkError } from '../errors.ts';
import { remarkCode } from '../outcome.ts';
import { isUnder } from '../transport/compose.ts';
import { RequestLog } from '../transport/log.ts';
import { assertPageUrl } from './page-url.ts';
import type { PageUrl } from '../types.ts';

/** A server that must never receive a request, with or without a token. */
let evil: Server;
let evilOrigin: string;
const heard: string[] = [];
let server: FhirServer;

beforeAll(async () => {
  evil = createServer((req, res) => {
    heard.push(`${req.method} ${req.url} ${req.headers.authorization ?? ''}`);
    res.end('{"resourceType":"Bundle"}');
  });
  await new Promise<void>((resolve) => evil.listen(0, 'localhost', resolve));
  evilOrigin = `http://localhost:${(evil.address() as AddressInfo).port}`;
  server = await startFhirServer({
    resources: generate({ patients: 30, charts: 0 }).resources,
    auth: async (token) =>
      token === 't1' ? { subject: 'x', roles: ['FHIR Data Reader'] } : undefined,
  });
});

afterEach(() => server.reset());

afterAll(async () => {
  await server.close();
  evil.close();
});

const client = () =>
  createClient({
    baseUrl: server.baseUrl,
    authorization: async () => 'Bearer t1',
    renew: async () => false,
    log: new RequestLog(),
    retry: { max: 0 },
  });

function linkNext(url: string) {
  server.faults.add({
    rewrite: (body) => ({ ...(body as object), link: [{ relation: 'next', url }] }),
  });
}

describe('no request leaves the configured base', () => {
  it('a page link to another server is refused', async () => {
    linkNext(`${evilOrigin}/steal?x=1`);
    const page = await client().search('Patient', { _count: 5 });
    expect(page.next).toBeUndefined();
    expect(page.notices.map(remarkCode)).toContain('link-refused');
    expect(heard).toEqual([]);
  });

  it('a page link that differs only in its origin is rewritten to the base', async () => {
    linkNext(`${evilOrigin}/fhir/Patient?ct=x`);
    const page = await client().search('Patient', { _count: 5 });
    expect(page.next?.startsWith(`${server.baseUrl}/`)).toBe(true);
    server.faults.clear();
    await client()
      .search('Patient', {}, page.next)
      .catch(() => undefined);
    expect(heard).toEqual([]);
  });

  it('search refuses a page link that was not checked before', async () => {
    expect(assertPageUrl(`${evilOrigin}/fhir/Patient`, server.baseUrl)).toBeUndefined();
    const search = client().search('Patient', {}, `${evilOrigin}/fhir/Patient` as PageUrl);
    await expect(search).rejects.toBeInstanceOf(Gone);
    expect(heard).toEqual([]);
  });

  it.each(['..;/evil', '.;x/../evil', '..;', 'a/..;v=1/..;/evil', '%252e%252e/evil', '..%3b/evil'])(
    'isUnder refuses a path that a server may resolve to one outside: %s',
    (path) => {
      expect(isUnder('https://good.example/fhir', `https://good.example/fhir/${path}`)).toBe(false);
    },
  );

  it('isUnder accepts dots and semicolons within a path segment', () => {
    const url = 'https://good.example/fhir/Binary/a..b;v=1/x..;y';
    expect(isUnder('https://good.example/fhir', url)).toBe(true);
  });

  it.each([301, 302, 303, 307, 308])('a redirect with %d is not followed', async (status) => {
    server.faults.add({ status, headers: { Location: `${evilOrigin}/x` } });
    const calls = [
      client().read('Patient', 'p0001'),
      client().capabilities(),
      client().create({ resourceType: 'Patient' }),
      client().update({ resourceType: 'Patient', id: 'p0001' }, { ifMatch: 'W/"1"' }),
      client().remove('Patient', 'p0001'),
    ];
    for (const [at, settled] of (await Promise.allSettled(calls)).entries()) {
      const reason = settled.status === 'rejected' ? settled.reason : undefined;
      expect(reason).toBeInstanceOf(NetworkError);
      expect(reason).toMatchObject({ reason: 'redirected', wrote: at > 1 });
    }
    expect(heard).toEqual([]);
  });

  it('a Location of a create on another server is read from the configured server', async () => {
    server.faults.add({
      method: 'POST',
      status: 201,
      body: '',
      headers: { Location: `${evilOrigin}/fhir/Patient/p0001/_history/1` },
    });
    const { resource } = await client().create({ resourceType: 'Patient' });
    expect(resource.id).toBe('p0001');
    expect(heard).toEqual([]);
  });
});
