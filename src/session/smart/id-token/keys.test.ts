import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fetchKeys } from './keys.ts';

const KEYS = [{ kty: 'RSA', kid: '1' }];
const asked: (string | undefined)[] = [];
let discovered: object = {};

const server = createServer((req, res) => {
  asked.push(req.url);
  const body = req.url?.endsWith('/jwks') ? { keys: KEYS } : discovered;
  res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
});
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());
vi.stubGlobal('window', globalThis);

const origin = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
beforeEach(() => {
  asked.length = 0;
  discovered = { issuer: `${origin()}/tenant/`, jwks_uri: `${origin()}/jwks` };
});

describe('requirement 36: keys that sign id_tokens', () => {
  it('come from the address in the SMART metadata', async () => {
    const jwks = `${origin()}/own/jwks`;
    const issuer = `${origin()}/tenant/`;
    expect(await fetchKeys({ jwks, issuer }, [origin()])).toEqual(KEYS);
    expect(asked).toEqual(['/own/jwks']);
  });

  it("come from the issuer's OpenID metadata if the SMART metadata has no address", async () => {
    const issuer = `${origin()}/tenant/`;
    expect(await fetchKeys({ jwks: undefined, issuer }, [origin()])).toEqual(KEYS);
    expect(asked).toEqual(['/tenant/.well-known/openid-configuration', '/jwks']);
  });

  it.each([
    ['another issuer', { issuer: 'https://evil.test' }],
    ['no issuer', { issuer: undefined }],
    ['keys at another origin', { jwks_uri: 'https://evil.test/jwks' }],
    ['no address of keys', { jwks_uri: undefined }],
  ])('are unknown if the OpenID metadata names %s', async (_name, more) => {
    discovered = { ...discovered, ...more };
    const issuer = `${origin()}/tenant/`;
    expect(await fetchKeys({ jwks: undefined, issuer }, [origin()])).toBeUndefined();
    expect(asked).toEqual(['/tenant/.well-known/openid-configuration']);
  });

  it.each([
    ['https://evil.test/jwks', undefined],
    ['javascript:1', undefined],
    [undefined, undefined],
    [undefined, 'https://evil.test'],
    [undefined, 'not an address'],
  ])('are not requested from another origin: keys at %s, issuer %s', async (jwks, issuer) => {
    const request = vi.spyOn(globalThis, 'fetch');
    expect(await fetchKeys({ jwks, issuer }, [origin()])).toBeUndefined();
    expect(request).not.toHaveBeenCalled();
    request.mockRestore();
  });
});
