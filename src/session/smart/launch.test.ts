import { beforeEach, expect, test, vi } from 'vitest';
import { launch } from './launch.ts';
import { answer, config, stored } from './test-stage.ts';

const METADATA = { code_challenge_methods_supported: ['S256'] };
const replace = vi.fn<(url: string) => void>();
beforeEach(() => {
  replace.mockClear();
  vi.stubGlobal('location', { origin: 'https://app.example', replace });
});

/** Launches the app; the address that the person is sent to and the one that the code will go to. */
async function leave(metadata: object) {
  answer.body = { ...METADATA, ...metadata };
  const site = config();
  const base = site.smartLaunch.issuers[0]!.iss;
  await launch(new URLSearchParams({ iss: base, launch: 'l' }), site, () => {});
  const url = new URL(replace.mock.calls[0]![0]);
  const state = JSON.parse(stored.get(url.searchParams.get('state') ?? '') ?? '{}');
  return { base, url, tokenUri: (state as { tokenUri?: string }).tokenUri };
}

test('requirement 14: endpoints that are relative to the FHIR base are used', async () => {
  const { base, url, tokenUri } = await leave({
    authorization_endpoint: '/auth/authorize',
    token_endpoint: 'auth/token',
  });
  expect(url.origin + url.pathname).toBe(`${new URL(base).origin}/auth/authorize`);
  expect(url.searchParams.get('code_challenge_method')).toBe('S256');
  expect(url.searchParams.get('aud')).toBe(base);
  expect(tokenUri).toBe(`${base}/auth/token`);
});

test('an authorization endpoint keeps the query that it has (RFC 6749, 3.1)', async () => {
  const { url } = await leave({
    authorization_endpoint: '/authorize?policy=a',
    token_endpoint: '/token',
  });
  expect(url.searchParams.get('policy')).toBe('a');
  expect(url.searchParams.get('response_type')).toBe('code');
});
