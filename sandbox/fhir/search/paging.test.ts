import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  bundleOf,
  idsOf,
  issuesOf,
  linkOf,
  startTestServer,
  type TestAnswer,
  type TestServer,
} from '../test-server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(() => server.reset());

async function pages(first: string): Promise<TestAnswer[]> {
  const list: TestAnswer[] = [];
  for (let url: string | undefined = first; url !== undefined;) {
    const answer: TestAnswer = await server.send('GET', url);
    list.push(answer);
    url = linkOf(answer, 'next');
  }
  return list;
}

describe('paging like Azure', () => {
  it('pages by ten, with self and next links only, and returns each patient once', async () => {
    const all = await pages('Patient?_sort=family');
    const ids = all.flatMap(idsOf);
    expect(idsOf(all[0] as TestAnswer)).toHaveLength(10);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBe(bundleOf(await server.send('GET', 'Patient?_summary=count')).total);
    for (const page of all) {
      const relations = bundleOf(page).link?.map((l) => l.relation);
      expect(relations?.every((r) => r === 'self' || r === 'next')).toBe(true);
    }
    expect(linkOf(all[0] as TestAnswer, 'next')).toMatch(
      /\/fhir\/Patient\?_sort=family&ct=[\w%+/=]+$/,
    );
  });

  it('caps _count at 1000 with an informational entry', async () => {
    const answer = await server.send('GET', 'Patient?_count=5000');
    expect(issuesOf(answer)).toMatchObject([{ severity: 'information', code: 'informational' }]);
  });

  it('gives the same next page when a patient of the first page is deleted', async () => {
    const first = await server.send('GET', 'Patient?_count=5');
    const [gone = ''] = idsOf(first);
    const expected = idsOf(await server.send('GET', linkOf(first, 'next') ?? ''));
    await server.send('DELETE', `Patient/${gone}`);
    expect(idsOf(await server.send('GET', linkOf(first, 'next') ?? ''))).toEqual(expected);
  });

  it('refuses a continuation token that is invalid or belongs to another search', async () => {
    const next = linkOf(await server.send('GET', 'Patient?gender=female'), 'next') ?? '';
    expect((await server.send('GET', next.replace('gender=female', 'gender=male'))).status).toBe(
      400,
    );
    expect((await server.send('GET', 'Patient?ct=nonsense')).status).toBe(400);
  });
});

describe('paging like HAPI', () => {
  it('links by _getpages, also backwards, and answers 410 for expired results', async () => {
    server.setMode('hapi');
    const first = await server.send('GET', 'Patient?_count=5');
    const next = linkOf(first, 'next') ?? '';
    expect(next.startsWith(`${server.baseUrl}?_getpages=`)).toBe(true);
    const second = await server.send('GET', next);
    expect(idsOf(await server.send('GET', linkOf(second, 'previous') ?? ''))).toEqual(idsOf(first));
    server.behaviour.pagesExpired = true;
    expect((await server.send('GET', next)).status).toBe(410);
  });

  it('puts a wrong origin into page links when wrongLinkOrigin is set', async () => {
    server.setMode('hapi');
    server.behaviour.wrongLinkOrigin = 'https://internal.example:8443';
    expect(linkOf(await server.send('GET', 'Patient'), 'next')).toMatch(
      /^https:\/\/internal\.example:8443\/fhir\?_getpages=/,
    );
  });

  it('refuses an unknown search parameter', async () => {
    server.setMode('hapi');
    expect((await server.send('GET', 'Patient?nonsense=1')).status).toBe(400);
  });
});

describe('searching like Oracle Health', () => {
  it('refuses a search without a supported parameter, in plain text', async () => {
    server.setMode('oracle');
    const answer = await server.send('GET', 'Patient?_count=5');
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([
      400,
      'No supported search parameters provided',
      'text/plain',
    ]);
    expect((await server.send('GET', 'Patient?name=a')).status).toBe(200);
  });

  it('refuses to repeat a parameter of Patient or to give it two values', async () => {
    server.setMode('oracle');
    const status = async (query: string) => (await server.send('GET', `Patient?${query}`)).status;
    expect(await status('name=anna&name=smith')).toBe(400);
    expect(await status('phone=816,818')).toBe(400);
    expect(await status('family=a%5C,b&given=c&birthdate=ge1970&birthdate=le1980')).toBe(200);
    server.setMode('azure');
    expect(await status('name=anna&name=smith&phone=816,818')).toBe(200);
  });
});
