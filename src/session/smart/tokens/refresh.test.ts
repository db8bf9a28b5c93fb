import { createServer, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetEverything } from '../../tab-storage/storage.ts';
import { dropState, exchange } from '../fhirclient.ts';
import { refresher, renewedScopes } from './refresh.ts';

const KEY = 'x'.repeat(32);
const TOKENS = { access_token: 'first', refresh_token: 'kept', scope: 'online_access' };

type Answer = (res: ServerResponse) => void;

const stored = new Map<string, string>();
const answers: Answer[] = [];
const asked: URLSearchParams[] = [];

const says =
  (status: number, body: string, type = 'application/json'): Answer =>
  (res) =>
    void res.writeHead(status, { 'content-type': type }).end(body);
const json = (status: number, body: object): Answer => says(status, JSON.stringify(body));

const server = createServer((req, res) => {
  const answer = async (): Promise<void> => {
    asked.push(new URLSearchParams(await text(req)));
    answers.shift()?.(res);
  };
  void answer();
});

beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

const noFrame: Record<string, unknown> = { location: { origin: 'https://app.example' } };
vi.stubGlobal('window', noFrame);
vi.stubGlobal('self', noFrame);
vi.stubGlobal('parent', noFrame);
vi.stubGlobal('top', noFrame);
vi.stubGlobal('opener', null);
vi.stubGlobal('location', noFrame['location']);
vi.stubGlobal('sessionStorage', {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
  removeItem: (key: string) => void stored.delete(key),
  clear: () => stored.clear(),
});

/** Returns a session after a reload, with a real fhirclient client that reads the tab's storage. */
async function session() {
  stored.set(
    KEY,
    JSON.stringify({
      key: KEY,
      clientId: 'app',
      serverUrl: 'https://ehr.example/fhir',
      tokenUri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`,
      tokenResponse: TOKENS,
    }),
  );
  const client = await exchange(KEY);
  const kept = (): unknown => JSON.parse(stored.get(KEY) ?? '{}').tokenResponse;
  const over = { ended: false };
  return { client, kept, over, renew: refresher(client, undefined, () => over.ended) };
}

beforeEach(() => {
  forgetEverything();
  answers.length = 0;
  asked.length = 0;
});

describe('requirement 39: renewal of an access token', () => {
  it('replaces the old tokens in memory and in the storage', async () => {
    const { client, kept, renew } = await session();
    answers.push(json(200, { access_token: 'second', refresh_token: 'rotated', expires_in: '60' }));
    expect(await renew()).toBe('renewed');
    const tokens = { access_token: 'second', refresh_token: 'rotated', scope: 'online_access' };
    expect(client.state.tokenResponse).toMatchObject(tokens);
    expect(kept()).toMatchObject(tokens);
    expect((client.state.expiresAt ?? 0) - Date.now() / 1000).toBeLessThan(61);
  });

  it('keeps the scopes of a response that names fewer, and can renew the token again', async () => {
    const { client, renew } = await session();
    answers.push(json(200, { access_token: 'second' }));
    await renew();
    expect(renewedScopes(client)).toBeUndefined(); // as granted before (RFC 6749, 5.1)
    answers.push(json(200, { access_token: 'third', scope: 'openid user/Patient.r' }));
    await renew();
    expect(renewedScopes(client)).toEqual(['openid', 'user/Patient.r']);
    expect(renewedScopes(await exchange(KEY))).toEqual(['openid', 'user/Patient.r']);
    answers.push(json(200, { access_token: 'fourth' }));
    expect(await renew()).toBe('renewed');
    expect(renewedScopes(client)).toEqual(['openid', 'user/Patient.r']);
  });

  it('accepts an opaque token with a dot and sends only the rotated refresh token afterwards', async () => {
    const { client, renew } = await session();
    // Like a token by Google: opaque and of unknown lifetime.
    answers.push(json(200, { access_token: 'ya29.a0AfH6SMBx', refresh_token: 'rotated' }));
    expect(await renew()).toBe('renewed');
    expect(client.state).not.toHaveProperty('expiresAt');
    answers.push(json(200, { access_token: 'third' }));
    await renew();
    expect(asked.map((form) => form.get('refresh_token'))).toEqual(['kept', 'rotated']);
  });

  it('keeps the rotated refresh token of a response with an unusable access token', async () => {
    const { client, renew } = await session();
    const unusable = { access_token: 'second', token_type: 'mac', refresh_token: 'rotated' };
    answers.push(json(200, unusable));
    expect(await renew()).toBe('unreachable');
    expect(client.state.tokenResponse).toMatchObject({ access_token: 'first' });
    expect(client.state).not.toHaveProperty('expiresAt'); // the expiry of the unusable token
    answers.push(json(200, { access_token: 'third' }));
    expect(await renew()).toBe('renewed');
    expect(asked.map((form) => form.get('refresh_token'))).toEqual(['kept', 'rotated']);
  });

  it.each([
    ['cannot be reached', (res: ServerResponse) => void res.destroy()],
    ['is broken', json(503, {})],
    ['is busy', json(429, {})],
    ['took too long', json(408, {})],
    ['answers a page of its own', says(200, '<html>')],
    ['is not there for the moment', json(404, {})],
    ['is behind a proxy that forbids it', says(403, '<html>', 'text/html')],
    [
      'is behind a proxy that forbids it without a body',
      (res: ServerResponse) => void res.writeHead(403).end(),
    ],
  ])('keeps the tokens if the server %s', async (_name, answer) => {
    const { client, kept, renew } = await session();
    answers.push(answer);
    expect(await renew()).toBe('unreachable');
    expect(client.state.tokenResponse).toMatchObject(TOKENS);
    expect(kept()).toMatchObject(TOKENS);
    answers.push(json(200, { access_token: 'second' }));
    expect(await renew()).toBe('renewed');
    expect(asked.map((form) => form.get('refresh_token'))).toEqual(['kept', 'kept']);
  });

  it.each([400, 401, 403])(
    'drops the refresh token if the server refuses it with %i',
    async (status) => {
      const { client, kept, renew } = await session();
      answers.push(json(status, { error: 'invalid_grant' }));
      expect(await renew()).toBe('refused');
      expect(client.state.tokenResponse?.refresh_token).toBeUndefined();
      expect(kept()).not.toHaveProperty('refresh_token');
      expect(await renew()).toBe('refused');
      expect(asked).toHaveLength(1);
    },
  );

  it.each([
    ['fails', (res: ServerResponse) => void res.destroy()],
    ['succeeds', json(200, { access_token: 'second', refresh_token: 'rotated' })],
  ])('restores no token if it %s after signing out', async (_name, answer) => {
    const { client, over, renew } = await session();
    answers.push((res) => {
      over.ended = true;
      dropState(KEY);
      client.state.tokenResponse = {};
      answer(res);
    });
    await renew();
    expect(stored.has(KEY)).toBe(false);
    expect(client.state.tokenResponse).toEqual({});
  });
});
