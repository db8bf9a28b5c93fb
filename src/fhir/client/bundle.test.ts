import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPage } from './bundle.ts';
import { issueText, remarkCode } from '../outcome.ts';
import { assertPageUrl, judgeLink } from './page-url.ts';

const baseUrl = 'https://fhir.example.org/r4';
const context = { baseUrl, type: 'Patient', current: `${baseUrl}/Patient?name=x` };
const patient = (id: unknown) => ({ resource: { resourceType: 'Patient', id } });
const page = (bundle: object) => readPage({ resourceType: 'Bundle', ...bundle }, context);
const nextOf = (url: string) => page({ link: [{ relation: 'next', url }] });

describe('readPage', () => {
  it('accepts a Bundle without entries, or with an object instead of a list', () => {
    expect(page({}).items).toEqual([]);
    expect(page({ entry: null, link: null, total: 'many' })).toMatchObject({
      items: [],
      total: undefined,
    });
    expect(page({ entry: patient('a') }).items).toHaveLength(1);
    expect(readPage(undefined, context).items).toEqual([]);
  });

  it('reads a self link as it is, and none that is blank, or too long to be a link', () => {
    const selfOf = (url: unknown) => page({ link: [{ relation: 'self', url }] }).self;
    const long = `${baseUrl}/Patient?name=${'x'.repeat(2000)}`;
    expect(selfOf(long)).toBe(long);
    for (const url of ['', 7, null, `${long}${'x'.repeat(65_536)}`]) {
      expect(selfOf(url)).toBeUndefined();
    }
  });

  it('ignores the total of Google except on the last page, because it is an estimate', () => {
    const google = 'https://healthcare.googleapis.com/v1/projects/p/fhirStores/s/fhir';
    const totalOf = (base: string, link: object[]) =>
      readPage(
        { total: 50, link },
        { baseUrl: base, type: 'Patient', current: `${base}/Patient?name=x` },
      ).total;
    const next = [{ relation: 'next', url: '?_page_token=x' }];
    expect(totalOf(google, next)).toBeUndefined();
    expect(totalOf(google, [])).toBe(50);
    expect(totalOf(baseUrl, next)).toBe(50);
  });

  it('separates outcomes, includes, duplicates and unreadable entries from the items', () => {
    const result = page({
      total: 5,
      entry: [
        patient('a'),
        patient('a'),
        null,
        {},
        patient('../x'),
        patient(7),
        { resource: { resourceType: 'Organization', id: 'o' } },
        { ...patient('b'), search: { mode: 'include' } },
        {
          resource: {
            resourceType: 'OperationOutcome',
            issue: [{ severity: 'information', code: 'informational', diagnostics: 'capped' }],
          },
          search: { mode: 'outcome' },
        },
      ],
    });
    expect(result.items.map((p) => p.id)).toEqual(['a']);
    expect(result.included).toHaveLength(2);
    expect(result.total).toBe(5);
    expect(result.notices.map(issueText)).toEqual([
      'capped',
      'Entries that could not be read and are not shown: 4.',
      'Entries that came more than once and are shown once: 1.',
    ]);
  });

  it('accepts ids that break FHIR’s rule, except of types whose id becomes part of a URL', () => {
    const of = (type: string, id: unknown) =>
      readPage(
        { entry: [{ resource: { resourceType: type, id } }] },
        { ...context, type },
      ).items.map((r) => r.id);
    const long = 'x'.repeat(80);
    expect([...of('Observation', 'a_1'), ...of('Condition', long)]).toEqual(['a_1', long]);
    for (const id of ['', 7, null]) expect(of('Observation', id)).toEqual([]);
    for (const type of ['Patient', 'Encounter']) expect(of(type, 'a_1')).toEqual([]);
  });

  it('reads 1,200 entries and reports how many more there were', () => {
    const result = page({ entry: Array.from({ length: 2500 }, (_, i) => patient(`p${i}`)) });
    expect(result.items).toHaveLength(1200);
    expect(result.notices.map(issueText)).toEqual([
      'More entries than a page may hold: the last 1300 are not shown.',
    ]);
  });

  it('does not pollute prototypes with __proto__ keys of a response', () => {
    const body: unknown = JSON.parse(
      '{"resourceType":"Bundle","__proto__":{"polluted":1},"entry":[{"resource":{"resourceType":"Patient","id":"constructor","__proto__":{"polluted":1}}},{"resource":{"resourceType":"__proto__","id":"x"}}]}',
    );
    expect(readPage(body, context).items).toHaveLength(1);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  it('never throws, whatever the body is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (a, b) => {
        readPage(a, context);
        readPage({ entry: [a, { resource: b }], link: [a, { relation: 'next', url: b }] }, context);
      }),
    );
  });
});

describe('judging page links', () => {
  it.each([
    [`${baseUrl}/Patient?ct=abc`, `${baseUrl}/Patient?ct=abc`],
    [`${baseUrl}?_getpages=1&_count=2`, `${baseUrl}?_getpages=1&_count=2`],
    ['?ct=2', `${baseUrl}/Patient?ct=2`],
    ['Patient?ct=2', `${baseUrl}/Patient?ct=2`],
    ['/r4/Patient?ct=2', `${baseUrl}/Patient?ct=2`],
    ['https://fhir.example.org:443:443/r4/Patient?ct=a:1:1', `${baseUrl}/Patient?ct=a:1:1`],
  ])('follows the link %s', (link, url) => {
    expect(judgeLink(link, baseUrl, 'Patient')).toEqual({ verdict: 'followed', url });
  });

  it.each([
    ['http://fhir.example.org/r4/Patient?ct=2', '/Patient?ct=2'], // scheme
    ['https://fhir.example.org:8443/r4/Patient?ct=2', '/Patient?ct=2'], // port
    ['http://10.0.0.7/r4/Patient?ct=2', '/Patient?ct=2'], // internal host
    // HAPI behind a proxy that names the port in both X-Forwarded-Host and X-Forwarded-Port
    ['https://fhir.example.org:8443:8443/r4?_getpages=abc', '?_getpages=abc'],
    ['http://hapi:8080/fhir/Patient?ct=2', '/Patient?ct=2'], // internal base path
    ['http://hapi:8080/fhir?_getpages=abc', '?_getpages=abc'],
    ['//evil.example/r4/Patient?ct=2', '/Patient?ct=2'],
    ['/Patient?ct=2', '/Patient?ct=2'], // base path removed by a proxy
    ['https://ahds/Patient/Patient-1/_history?ct=a', '/Patient/Patient-1/_history?ct=a'],
    ['http://hapi/Patient/fhir/Patient?ct=2', '/Patient?ct=2'],
    ['http://hapi/fhir/Patient/_search?ct=2', '/Patient/_search?ct=2'],
  ])('rewrites the link %s to the configured base', (link, rest) => {
    expect(judgeLink(link, baseUrl, 'Patient')).toEqual({
      verdict: 'mended',
      url: `${baseUrl}${rest}`,
    });
  });

  it.each([
    'https://evil.example/steal?x=1',
    'https://fhir.example.org/other?x',
    'https://fhir.example.org/r4evil/x',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://user:pw@fhir.example.org/r4/Patient',
    'https://user:1:2@fhir.example.org/r4/Patient',
    'https://fhir.example.org:1:2evil.example/r4/Patient',
    'https://good\\@evil/x',
    '/\\evil/x',
    'https://ahds/PatientDefinition?ct=2',
    'https://ahds/MyPatient?ct=2',
    '../../x',
    'https://fhir.example.org/r4/%2e%2e/other',
    'https://fhir.example.org/r4/..%2fother',
    'http://[',
    42,
    null,
    {},
  ])('refuses the link %s', (link) => {
    expect(judgeLink(link, baseUrl, 'Patient')).toEqual({ verdict: 'refused' });
  });

  it('never returns a URL outside the base, whatever the link', () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '..',
      '@',
      ':',
      ':1',
      '//',
      '?',
      '#',
      '%2f',
      'r4',
      'Patient',
      'evil',
      'https:',
      'http:',
      'fhir.example.org',
      '_getpages=1',
      ' ',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string()), { maxLength: 12 }), (pieces) => {
        const judged = judgeLink(pieces.join(''), baseUrl, 'Patient');
        if (judged.verdict === 'refused') return;
        const url = new URL(judged.url);
        expect(url.origin).toBe('https://fhir.example.org');
        expect(/^\/r4(\/|$)/.test(url.pathname)).toBe(true);
        expect(assertPageUrl(judged.url, baseUrl)).toBe(judged.url);
      }),
      { numRuns: 2000 },
    );
  });

  it('reports a refused link, and ends a list whose next page is the current one', () => {
    const refused = nextOf('https://evil.example/steal');
    expect(refused.next).toBeUndefined();
    expect(refused.notices.map(remarkCode)).toEqual(['link-refused']);
    const loop = nextOf(`${baseUrl}/Patient?name=x`);
    expect(loop.next).toBeUndefined();
    expect(loop.notices.map(remarkCode)).toEqual(['link-loop']);
  });

  it('accepts the relations previous and prev', () => {
    for (const relation of ['previous', 'prev']) {
      expect(page({ link: [{ relation, url: '?ct=1' }] }).previous).toBe(`${baseUrl}/Patient?ct=1`);
    }
  });

  it('rejects a page link from the browser history that is not under the base', () => {
    for (const odd of ['https://evil.example/r4/Patient', '/r4/Patient', 7, null, `${baseUrl}x`]) {
      expect(assertPageUrl(odd, baseUrl)).toBeUndefined();
    }
  });
});
