import { afterEach, expect, test, vi } from 'vitest';
import { openBench, REQUESTS } from './client-fixture.ts';

const GOOGLE = 'https://healthcare.googleapis.com/v1/projects/p/datasets/d/fhirStores/s/fhir';
const bench = openBench();
afterEach(() => vi.unstubAllGlobals());

/** Connects to the test server under the URL of Google's server. */
function connect(searchMethod: 'get' | 'post') {
  const real = fetch;
  vi.stubGlobal('fetch', (url: string, init: RequestInit) =>
    real(url.replace(GOOGLE, bench().server.baseUrl), init),
  );
  return bench().connect({ baseUrl: GOOGLE, requests: { ...REQUESTS, searchMethod } }).client;
}

test.each([
  ['get', 'GET'],
  // The site's setting has priority: it keeps names out of URLs.
  ['post', 'POST'],
] as const)(
  'a long search with searchMethod %s is sent to Google by %s',
  async (searchMethod, method) => {
    const ids = Array.from({ length: 300 }, (_, i) => `p${String(i).padStart(4, '0')}`).join(',');
    const { items } = await connect(searchMethod).search('Patient', { _id: ids, _count: 5 });
    expect(items).toHaveLength(5);
    expect(bench().server.log.map((entry) => entry.method)).toEqual([method]);
  },
);
