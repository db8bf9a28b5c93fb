import { beforeEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { LaunchError } from '../../errors.ts';
import { finish } from './callback.ts';
import { keepPending, type Pending } from './pending.ts';

const ISSUER = 'https://ehr.example';
const STATE = 's'.repeat(64);

const config = parseConfig({
  servers: [
    {
      id: 'ehr',
      label: 'EHR',
      fhirBaseUrl: `${ISSUER}/fhir`,
      auth: { type: 'smart', clientId: 'app' },
    },
  ],
});

const stored = new Map<string, string>();
vi.stubGlobal('window', { isSecureContext: true });
vi.stubGlobal('sessionStorage', {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
  removeItem: (key: string) => void stored.delete(key),
});

const pending: Pending = {
  state: STATE,
  nonce: undefined,
  server: 'ehr',
  issuer: ISSUER,
  namesIssuer: false,
  revocation: undefined,
  jwks: undefined,
  scopes: [],
  at: Date.now(),
};

/**
 * Returns the failure of a response. `endpoint-not-allowed` means that the response passed, because
 * the token endpoint is not stored.
 */
async function failure(
  query: Record<string, string>,
  more: Partial<Pending> = {},
  repeated?: string,
) {
  keepPending({ ...pending, ...more });
  const params = new URLSearchParams({ code: 'abc', state: STATE, ...query });
  if (repeated !== undefined) params.append(repeated, params.get(repeated) ?? '');
  const error: unknown = await finish(params, config).catch((reason: unknown) => reason);
  return error instanceof LaunchError ? error.failure : error;
}

beforeEach(() => stored.clear());

it('a response is accepted within ten minutes of the launch, even if the clock was changed', async () => {
  const minutes = async (ago: number) => failure({}, { at: Date.now() - ago * 60_000 });
  for (const ago of [9, -1, -9]) expect(await minutes(ago)).toBe('endpoint-not-allowed');
  for (const ago of [11, -11]) expect(await minutes(ago)).toBe('bad-state');
});

describe('requirement 29: authorization response with a repeated parameter', () => {
  const ANSWERS = [
    ['code', { iss: ISSUER }],
    ['state', { iss: ISSUER }],
    ['iss', { iss: ISSUER }],
    ['error', { error: 'access_denied' }],
    ['error_description', { error: 'access_denied', error_description: 'No' }],
  ] as const;

  it.each(ANSWERS)('is refused even if both values of %s are equal', async (name, query) => {
    expect(await failure(query)).not.toBe('bad-state');
    expect(await failure(query, {}, name)).toBe('bad-state');
  });
});

describe('requirement 30: issuer of an authorization response (RFC 9207)', () => {
  it('must match exactly if it is present', async () => {
    expect(await failure({ iss: ISSUER })).toBe('endpoint-not-allowed');
    expect(await failure({ iss: `${ISSUER}/` })).toBe('mix-up');
    expect(await failure({ iss: 'https://evil.test' })).toBe('mix-up');
  });

  it('may be missing unless the server declares that it sends it', async () => {
    expect(await failure({})).toBe('endpoint-not-allowed');
    expect(await failure({}, { namesIssuer: true })).toBe('mix-up');
    expect(await failure({ iss: ISSUER }, { namesIssuer: true })).toBe('endpoint-not-allowed');
  });

  it('must match in an error response too', async () => {
    const denied = { error: 'access_denied' };
    expect(await failure({ ...denied, iss: ISSUER })).toBe('denied');
    expect(await failure({ ...denied, iss: 'https://evil.test' })).toBe('mix-up');
  });
});
