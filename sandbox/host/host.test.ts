import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startHost, type Host } from './host.ts';

const config = {
  servers: [
    { id: 'a', label: 'A', fhirBaseUrl: 'https://fhir.example/r4', auth: { type: 'open' } },
  ],
};
let host: Host;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'host-test-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>app</title>');
  writeFileSync(join(folder, 'redirect.html'), '<!doctype html><title>redirect</title>');
  writeFileSync(join(folder, 'assets', 'index-a1.js'), `// ${'x'.repeat(2000)}`);
  host = await startHost({ dist: folder, config });
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, init?: RequestInit) => fetch(`${host.origin}${path}`, init);

it('answers page addresses with the app, also when an id contains a dot', async () => {
  for (const path of ['/', '/launch?iss=x', '/patients/1.2.3', '/access']) {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>app');
    expect(response.headers.get('cache-control')).toBe('no-store');
  }
});

it('answers 404 with the security headers for a missing file', async () => {
  const response = await get('/assets/gone-a1.js');
  expect(response.status).toBe(404);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});

it('sends the app and the redirect page each with its own policy', async () => {
  const app = (await get('/')).headers;
  expect(app.get('content-security-policy')).toContain("connect-src 'self' https://fhir.example;");
  expect(app.get('cross-origin-opener-policy')).toBe('same-origin');
  const redirect = (await get('/redirect.html')).headers;
  expect(redirect.get('content-security-policy')).toContain("connect-src 'none'");
  expect(redirect.get('cross-origin-opener-policy')).toBeNull();
});

it('compresses files, and answers 304 when the browser has the current version', async () => {
  const response = await get('/assets/index-a1.js', { headers: { 'accept-encoding': 'br' } });
  expect(response.headers.get('content-encoding')).toBe('br');
  expect((await response.text()).length).toBe(2003);
  const etag = response.headers.get('etag') ?? '';
  const ask = (encoding: string, tag: string) =>
    get('/assets/index-a1.js', { headers: { 'accept-encoding': encoding, 'if-none-match': tag } });
  expect((await ask('br', etag)).status).toBe(304);
  expect((await ask('br', `"other", W/${etag}`)).status).toBe(304);
  // The same file in another coding is another representation (RFC 9110, 8.8.3.3).
  const plain = await ask('identity', etag);
  expect(plain.status).toBe(200);
  expect(plain.headers.get('etag')).not.toBe(etag);
});

it('serves the configuration that was set last, even a broken or a missing one', async () => {
  expect(await (await get('/config.json')).json()).toEqual(config);
  host.setConfig('{ not json');
  expect(await (await get('/config.json')).text()).toBe('{ not json');
  expect((await get('/')).headers.get('content-security-policy')).toContain("connect-src 'self';");
  host.setConfig(undefined);
  expect((await get('/config.json')).status).toBe(404);
  host.setConfig(config);
});

it('refuses POST, and paths outside of its folder', async () => {
  expect((await get('/', { method: 'POST' })).status).toBe(405);
  expect((await get('/..%2f..%2fetc%2fhosts.txt')).status).toBe(404);
});
