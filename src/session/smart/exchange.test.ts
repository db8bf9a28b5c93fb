import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { LaunchError } from '../errors.ts';
import { forgetEverything } from '../storage.ts';
import { finish } from './callback.ts';
import { keepPending } from './pending.ts';

const FIRST = 'a'.repeat(64);

const stored = new Map<string, string>();
const asked: URLSearchParams[] = [];
const patients = new Map<string | null, string>();
let answer: { status: number; body: object } = { status: 200, body: {} };

const server = createServer((req, res) => {
  const respond = async (): Promise<void> => {
    const form = new URLSearchParams(await text(req));
    asked.push(form);
    const patient = patients.get(form.get('code'));
    res.writeHead(answer.status, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ ...answer.body, ...(patient ? { patient } : {}) }));
  };
  void respond();
});
const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

const noFrame: Record<string, unknown> = { isSecureContext: true, fetch: globalThis.fetch };
vi.stubGlobal('window', noFrame);
vi.stubGlobal('self', noFrame);
vi.stubGlobal('parent', noFrame);
vi.stubGlobal('top', noFrame);
vi.stubGlobal('opener', null);
vi.stubGlobal('location', { origin: 'https://app.example' });
vi.stubGlobal('sessionStorage', {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
  removeItem: (key: string) => void stored.delete(key),
  clear: () => stored.clear(),
});

const config = (legacyAzureProxy = false) =>
  parseConfig({
    smartLaunch: {
      issuers: [{ iss: `${origin()}/fhir`, label: 'EHR', clientId: 'app', legacyAzureProxy }],
    },
  });

/** A launch whose answer is awaited, as `leaveFor` and fhirclient leave it behind. */
function launched(state: string): void {
  keepPending({
    state,
    nonce: undefined,
    server: `launch:${origin()}/fhir`,
    issuer: undefined,
    namesIssuer: false,
    revocation: undefined,
    jwks: undefined,
    scopes: ['launch'],
    at: Date.now(),
  });
  stored.set(
    state,
    JSON.stringify({
      key: state,
      clientId: 'app',
      serverUrl: `${origin()}/fhir`,
      redirectUri: 'https://app.example/callback',
      tokenUri: `${origin()}/token`,
      completeInTarget: true,
    }),
  );
}

const take = (query: Record<string, string>, site = config()) =>
  finish(new URLSearchParams(query), site);

async function failure(query: Record<string, string>, site = config()): Promise<LaunchError> {
  launched(FIRST);
  const error: unknown = await take({ state: FIRST, ...query }, site).catch((e: unknown) => e);
  if (!(error instanceof LaunchError)) throw new Error('There was no error', { cause: error });
  return error;
}

beforeEach(() => {
  forgetEverything();
  patients.clear();
  asked.length = 0;
  answer = { status: 200, body: { access_token: 'at', token_type: 'bearer', expires_in: 60 } };
});

describe('requirement 34: a token that does not say how long it lives', () => {
  it.each([
    ['opaque, with a dot in it', 'ya29.a0AfH6SMBx'],
    ['a JSON Web Token with letters of base64url', 'e30.eyJ4IjoiPz8-PiJ9.x'],
  ])('is used: %s', async (_name, access_token) => {
    launched(FIRST);
    answer.body = { access_token, token_type: 'bearer', patient: 'p1' };
    const done = await take({ code: 'c', state: FIRST });
    const { expiresAt = 0 } = (await done?.session.inspect()) ?? {};
    expect(done?.session.context.patient).toBe('p1');
    expect((expiresAt - Date.now()) / 1000).toBeCloseTo(300, -1);
  });
});

describe('requirement 33: what the token endpoint says', () => {
  it.each([
    [401, { error: 'invalid_client' }, 'invalid_client'],
    [400, { error: 'invalid_scope', error_description: 'no: not that' }, 'invalid_scope'],
    [503, { error: 'temporarily_unavailable' }, 'temporarily_unavailable'],
    [400, { error: 'invalid_request', error_description: 'AADSTS9002325: PKCE' }, 'AADSTS9002325'],
    [401, { error: 'invalid_client', error_description: 'AADSTS7000218: x' }, 'AADSTS7000218'],
    [500, { message: 'invalid_scope' }, 'HTTP 500'],
    [400, { error: { code: 'invalid_scope' } }, 'HTTP 400'],
  ])('%i %j is known by %s', async (status, body, code) => {
    answer = { status, body };
    expect(await failure({ code: 'c' })).toMatchObject({ failure: 'token-response', code });
  });

  it('is known to come from behind the legacy Azure proxy, which wants another registration', async () => {
    answer = { status: 401, body: { error: 'invalid_client' } };
    expect(await failure({ code: 'c' })).toMatchObject({ legacyAzureProxy: false });
    expect(await failure({ code: 'c' }, config(true))).toMatchObject({ legacyAzureProxy: true });
  });
});

describe('requirement 32: what the authorization server says', () => {
  it.each(['AADSTS65004', 'AADSTS65001', 'AADSTS50105', 'AADSTS700016', 'AADB2C90091'])(
    'Microsoft’s own number says more than access_denied: %s',
    async (code) => {
      const error = { error: 'access_denied', error_description: `${code}: because` };
      expect(await failure(error)).toMatchObject({ failure: 'denied', code });
      expect(await failure({ error: 'access_denied' })).toMatchObject({ code: 'access_denied' });
    },
  );
});
