import { describe, expect, it } from 'vitest';
import { faultKinds, type Fault } from '#sandbox/fhir/faults/faults.ts';
import { REQUESTS, openBench } from './client-fixture.ts';
import { BadResponse, Gone, Invalid, NotFound, NotSupported } from '../errors.ts';
import { ignoredParams } from '../search/ignored-params.ts';
import type { PageUrl } from '../types.ts';

const bench = openBench();

describe('reading', () => {
  it('returns a patient with its version', async () => {
    const { client } = bench().connect();
    const { resource, etag } = await client.read('Patient', 'p0001');
    expect(resource.resourceType).toBe('Patient');
    expect(etag).toBe('W/"1"');
    const old = await client.vread('Patient', 'p0001', '1');
    expect(old.resource).toEqual(resource);
  });

  it('takes the version from the body when the ETag header cannot be read', async () => {
    bench().server.faults.add({
      path: /p0001/,
      status: 200,
      body: { resourceType: 'Patient', id: 'p0001', meta: { versionId: '7' } },
    });
    expect((await bench().connect().client.read('Patient', 'p0001')).etag).toBe('W/"7"');
  });

  it('takes the version from the body when a proxy changes the ETag header', async () => {
    const body = { resourceType: 'Patient', id: 'p0001', meta: { versionId: '3' } };
    for (const ETag of ['W/"3-gzip"', '"3"', '"5f3759df"']) {
      bench().server.faults.add({ path: /p0001/, status: 200, body, headers: { ETag }, times: 1 });
      expect((await bench().connect().client.read('Patient', 'p0001')).etag).toBe('W/"3"');
    }
    bench().server.faults.add({
      status: 200,
      body: { ...body, meta: {} },
      headers: { ETag: 'W/"4"' },
    });
    expect((await bench().connect().client.read('Patient', 'p0001')).etag).toBe('W/"4"');
  });

  it('throws BadResponse when the server returns another patient', async () => {
    bench().server.faults.add({ status: 200, body: { resourceType: 'Patient', id: 'other' } });
    await expect(bench().connect().client.read('Patient', 'p0001')).rejects.toBeInstanceOf(
      BadResponse,
    );
  });

  it('throws NotFound for an invalid id without sending a request', async () => {
    const { client } = bench().connect();
    for (const id of ['..', '../Observation', 'a?b', 'a/b', '', 'x'.repeat(65)]) {
      await expect(client.read('Patient', id)).rejects.toBeInstanceOf(NotFound);
    }
    expect(bench().server.log).toEqual([]);
  });

  it('requests the CapabilityStatement', async () => {
    const statement = await bench().connect().client.capabilities();
    expect(statement).toMatchObject({ fhirVersion: '4.0.1' });
    expect(bench().server.log[0]?.path).toContain('metadata');
  });

  it.each<[string, Fault]>([
    ['401', { status: 401, body: '' }],
    ['403, as a gateway of AWS does', { status: 403, body: { message: 'Missing Token' } }],
    ['an answer that CORS hides', faultKinds.dropped()],
  ])('repeats the CapabilityStatement with the token after %s', async (_, fault) => {
    const { client, log } = bench().connect();
    bench().server.faults.add({ path: /metadata/, times: 1, ...fault });
    expect(await client.capabilities()).toMatchObject({ fhirVersion: '4.0.1' });
    expect(log.entries()).toHaveLength(2);
    // Without a token the request is not repeated.
    const authorization = () => Promise.resolve(undefined);
    bench().server.faults.add({ path: /metadata/, times: 1, ...fault });
    const open = bench().connect({ authorization });
    await expect(open.client.capabilities()).rejects.toThrow();
    expect(open.log.entries()).toHaveLength(1);
  });

  it('requests a missing or failing CapabilityStatement only once', async () => {
    for (const status of [404, 500]) {
      const { client, log } = bench().connect();
      bench().server.faults.add({ path: /metadata/, times: 1, status, body: '' });
      await expect(client.capabilities()).rejects.toMatchObject({ status });
      expect(log.entries()).toHaveLength(1);
    }
  });
});

describe('searching', () => {
  it('finds every match once over all pages', async () => {
    const { client } = bench().connect();
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
  ] as const)('follows page links with the origin %s on a server like %s', async (origin, mode) => {
    bench().server.setMode(mode);
    bench().server.behaviour.wrongLinkOrigin = origin;
    const { client } = bench().connect();
    const first = await client.search('Patient', { _count: 5 });
    expect(first.next?.startsWith(bench().server.baseUrl)).toBe(true);
    const second = await client.search('Patient', {}, first.next);
    expect(second.items).toHaveLength(5);
    expect(second.items[0]?.id).not.toBe(first.items[0]?.id);
    if (mode === 'hapi') expect(second.previous).toBeDefined();
  });

  it('throws Gone for an expired page link', async () => {
    bench().server.setMode('hapi');
    const { client } = bench().connect();
    const { next } = await client.search('Patient', { _count: 5 });
    bench().server.behaviour.pagesExpired = true;
    await expect(client.search('Patient', {}, next)).rejects.toBeInstanceOf(Gone);
  });

  it('uses POST if configured, without search parameters in the URL', async () => {
    const { client } = bench().connect({
      requests: { ...REQUESTS, searchMethod: 'post' },
    });
    const { items } = await client.search('Patient', { _id: 'p0001' });
    expect(items.map((p) => p.id)).toEqual(['p0001']);
    expect(bench().server.log[0]).toMatchObject({ method: 'POST' });
    expect(bench().server.log[0]?.path).not.toContain('p0001');
  });

  it.each([
    ['azure', ['POST', 'POST', 'POST']],
    // HAPI's page links name a stored search, without search terms, and are links of the base.
    ['hapi', ['POST', 'GET', 'GET']],
  ] as const)(
    'sends no search term in the URL of any page of %s with POST',
    async (mode, methods) => {
      bench().server.setMode(mode);
      const { client } = bench().connect({ requests: { ...REQUESTS, searchMethod: 'post' } });
      const params = { birthdate: 'ge1901-02-03', gender: 'female', _count: 3 };
      const ids = new Set<string>();
      let from: PageUrl | undefined;
      for (const _ of methods) {
        // oxlint-disable-next-line no-await-in-loop -- each page links to the next
        const page = await client.search('Patient', params, from);
        for (const { id } of page.items) ids.add(id);
        from = page.next;
      }
      expect(ids.size).toBe(9);
      const { log } = bench().server;
      expect(log.map(({ method }) => method)).toEqual(methods);
      const addresses = log.map(({ path, query }) => `${path}?${query}`).join(' ');
      expect(addresses).not.toMatch(/birthdate|1901|gender|female/);
    },
  );

  it.each(['/', '/_search', '/_search/'])(
    'posts a page link whose path ends in %s',
    async (end) => {
      const { client } = bench().connect({ requests: { ...REQUESTS, searchMethod: 'post' } });
      const link = `${bench().server.baseUrl}/Patient${end}?gender=female` as PageUrl;
      expect((await client.search('Patient', {}, link)).items.length).toBeGreaterThan(0);
      expect(bench().server.log).toMatchObject([
        { method: 'POST', path: '/fhir/Patient/_search', query: '', body: 'gender=female' },
      ]);
    },
  );

  it('uses POST when the URL would be too long', async () => {
    const { client } = bench().connect();
    const ids = Array.from({ length: 300 }, (_, i) => `p${String(i).padStart(4, '0')}`).join(',');
    const { items } = await client.search('Patient', { _id: ids, _count: 5 });
    expect(items).toHaveLength(5);
    expect(bench().server.log[0]?.method).toBe('POST');
  });

  it('reports the parameters that a lenient server ignored', async () => {
    const params = { gender: 'female', deceased: 'false', _count: 5 };
    const page = await bench().connect().client.search('Patient', params);
    expect(ignoredParams(params, page.self).filters).toEqual(['deceased']);
    expect(page.notices.length).toBeGreaterThan(0);
  });

  it('reports no ignored parameter of a search whose self link is long', async () => {
    const family = Array.from({ length: 150 }, (_, n) => `Longname${n}`).join(',');
    const params = { family, gender: 'female', _sort: 'birthdate' };
    const { self } = await bench().connect().client.search('Patient', params);
    expect(self?.length).toBeGreaterThan(1500);
    expect(ignoredParams(params, self)).toEqual({ filters: [], sort: false });
  });

  it('throws Invalid for an unsupported parameter with strictSearch', async () => {
    const { client } = bench().connect({
      requests: { ...REQUESTS, strictSearch: true },
    });
    await expect(client.search('Patient', { deceased: 'false' })).rejects.toBeInstanceOf(Invalid);
  });

  it('throws NotSupported, not Forbidden, for a 403 that means "not supported"', async () => {
    const search = bench().connect().client.search('Patient', { _total: 'estimate' });
    await expect(search).rejects.toBeInstanceOf(NotSupported);
  });

  it('throws the message of a server like Oracle’s that refuses an unfiltered search', async () => {
    bench().server.setMode('oracle');
    await expect(bench().connect().client.search('Patient', {})).rejects.toMatchObject({
      kind: 'invalid',
      detail: 'No supported search parameters provided',
    });
  });
});
