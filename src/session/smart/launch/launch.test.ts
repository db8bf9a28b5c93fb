import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { launch } from './launch.ts';
import {
  afterReload,
  answer,
  config,
  FIRST,
  launched,
  patients,
  stored,
  take,
} from '../smart-fixture.ts';

const METADATA = { code_challenge_methods_supported: ['S256'] };
const replace = vi.fn<(url: string) => void>();
beforeEach(() => {
  replace.mockClear();
  vi.stubGlobal('location', { origin: 'https://app.example', replace });
});

/**
 * Launches the app and returns the authorization URL and the stored state with the token endpoint.
 */
async function leave(metadata: object, issuer: object = {}) {
  answer.body = { ...METADATA, ...metadata };
  const site = config(false, issuer);
  const base = site.smartLaunch.issuers[0]!.iss;
  await launch(new URLSearchParams({ iss: base, launch: 'l' }), site, () => {});
  const url = new URL(replace.mock.calls[0]![0]);
  const state = JSON.parse(stored.get(url.searchParams.get('state') ?? '') ?? '{}');
  return { base, url, ...(state as { tokenUri?: string; codeVerifier?: string }) };
}

test('requirement 14: a launch resolves endpoints relative to the FHIR base', async () => {
  const { base, url, tokenUri } = await leave({
    authorization_endpoint: '/auth/authorize',
    token_endpoint: 'auth/token',
  });
  expect(url.origin + url.pathname).toBe(`${new URL(base).origin}/auth/authorize`);
  expect(url.searchParams.get('code_challenge_method')).toBe('S256');
  expect(url.searchParams.get('aud')).toBe(base);
  expect(tokenUri).toBe(`${base}/auth/token`);
});

const ENDPOINTS = { authorization_endpoint: '/authorize', token_endpoint: '/token' };

describe.each([
  ['names no method of PKCE', {}],
  ['names none that it supports', { code_challenge_methods_supported: [] }],
  ['names only plain', { code_challenge_methods_supported: ['plain'] }],
])('requirement 18: a server that %s', (_says, methods) => {
  const metadata = { ...ENDPOINTS, code_challenge_methods_supported: undefined, ...methods };

  test('is refused by default', async () => {
    await expect(leave(metadata)).rejects.toMatchObject({ failure: 'no-pkce' });
    expect(replace).not.toHaveBeenCalled();
  });

  test('receives an S256 challenge if the configuration says so', async () => {
    const { url, codeVerifier } = await leave(metadata, { pkce: 'unadvertised' });
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(codeVerifier).toMatch(/^[A-Za-z0-9\-._~]{43,128}$/);
    const challenge = createHash('sha256').update(codeVerifier!).digest('base64url');
    expect(url.searchParams.get('code_challenge')).toBe(challenge);
  });
});

test('an authorization endpoint keeps its own query (RFC 6749, 3.1)', async () => {
  const { url } = await leave({
    authorization_endpoint: '/authorize?policy=a',
    token_endpoint: '/token',
  });
  expect(url.searchParams.get('policy')).toBe('a');
  expect(url.searchParams.get('response_type')).toBe('code');
});

test.each(['iss=ISS&iss=https://b.example&launch=l', 'iss=ISS&launch=l&launch=m'])(
  'requirement 15: a launch with the repeated parameters %s is refused',
  async (query) => {
    answer.body = { ...METADATA, authorization_endpoint: '/a', token_endpoint: '/t' };
    const site = config();
    const said = query.replace('ISS', site.smartLaunch.issuers[0]!.iss);
    const asked = launch(new URLSearchParams(said), site, () => {});
    await expect(asked).rejects.toMatchObject({ failure: 'bad-launch' });
    expect(replace).not.toHaveBeenCalled();
  },
);

test('requirement 44: starting a launch ends the session of the previous patient', async () => {
  patients.set('c1', 'first');
  launched(FIRST);
  await take({ code: 'c1', state: FIRST });
  expect(await afterReload()).toBe('first');
  await leave({ authorization_endpoint: '/a', token_endpoint: '/t' });
  expect(await afterReload()).toBeUndefined();
  expect([...stored.values()].join()).not.toContain('access_token');
});

test('a stored session has no code verifier', async () => {
  launched(FIRST);
  const pending = JSON.parse(stored.get(FIRST)!) as object;
  stored.set(FIRST, JSON.stringify({ ...pending, codeVerifier: 'VERIFIER', codeChallenge: 'c' }));
  await take({ code: 'c1', state: FIRST });
  expect([...stored.values()].join()).not.toContain('VERIFIER');
});

test.each([
  ['https://other.example/fhir', 'https://other.example/fhir'],
  ['Your account is locked. Call +1-555-0100.', undefined],
  ['https://x Your account is locked', undefined],
  ['Your-account:is-locked', undefined],
])('an unknown issuer is quoted only if it is a URL: %s', async (iss, detail) => {
  const asked = launch(new URLSearchParams({ iss, launch: 'l' }), config(), () => {});
  await expect(asked).rejects.toMatchObject({ failure: 'issuer-not-allowed', detail });
});
