import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AuthError } from '@azure/msal-browser';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { toLaunchError } from './errors.ts';
import { network } from './network.ts';

let answer: (res: ServerResponse) => void;
let asked = 0;
const server = createServer((_req, res) => {
  asked += 1;
  answer(res);
});
const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = 0;
  const page = {};
  vi.stubGlobal('window', Object.assign(page, { self: page, top: page }));
  vi.stubGlobal('navigator', { onLine: true });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const ways = [
  ['get', () => network.sendGetRequestAsync(address())],
  ['post', () => network.sendPostRequestAsync(address(), { body: 'a=b', headers: { x: 'y' } })],
] as const;

describe.each(ways)('MSAL request by %s', (name, ask) => {
  it.each<[string, typeof answer]>([
    ['headers', () => {}],
    ['a body', (res) => void res.writeHead(200).write('{"access_token":')],
  ])('times out if %s never arrive', async (_what, hangs) => {
    answer = hangs;
    const limits: number[] = [];
    const real = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => real(limits.push(ms) * 50));
    const error: unknown = await ask().catch((reason: unknown) => reason);
    expect(error).toMatchObject({ errorCode: `${name}_request_failed` });
    expect(toLaunchError(error)).toMatchObject({ failure: 'authority' });
    expect(limits).toEqual([30_000]);
  });

  it("fails with MSAL's own error codes", async () => {
    answer = (res) => void res.destroy();
    await expect(ask()).rejects.toMatchObject({ errorCode: `${name}_request_failed` });
    vi.stubGlobal('navigator', { onLine: false });
    await expect(ask()).rejects.toMatchObject({ errorCode: 'no_network_connectivity' });
  });

  it('returns a JSON response of any status and rejects other content', async () => {
    answer = (res) => void res.writeHead(400, { 'x-a': 'b' }).end('{"error":"invalid_grant"}');
    const said = await ask();
    expect(said).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    expect(said.headers['x-a']).toBe('b');
    answer = (res) => void res.writeHead(502).end('<html>');
    await expect(ask()).rejects.toMatchObject({ errorCode: 'failed_to_parse_response' });
  });
});

it('a POST is not repeated after a lost response, because its refresh token may be used', async () => {
  answer = (res) => void res.destroy();
  await expect(network.sendPostRequestAsync(address())).rejects.toBeInstanceOf(AuthError);
  expect(asked).toBe(1);
});
