import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBench } from '../client/client-fixture.ts';
import { Unauthorized } from '../errors.ts';
import { auth } from './auth.ts';
import type { Call, Send } from './compose.ts';

const bench = openBench();

/** A session that always has a new token, of which the server thinks what it likes. */
function renewing() {
  const { client, state } = bench().connect({
    renew: async () => {
      state.renewals += 1;
      state.token = `renewed-${state.renewals}`;
      return true;
    },
  });
  const refused = (id: string): Promise<void> =>
    expect(client.read('Patient', id)).rejects.toBeInstanceOf(Unauthorized);
  return { client, state, refused };
}

/** From now on the server takes these tokens only. */
function takes(...tokens: string[]): void {
  bench().valid.clear();
  for (const token of tokens) bench().valid.add(token);
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe('requirement 40: a token that is refused though it was renewed', () => {
  it('is not renewed for every further request', async () => {
    const { refused, state } = renewing();
    takes();
    for (const id of ['p0001', 'p0002', 'p0003', 'p0004']) await refused(id);
    expect(state.renewals).toBe(1);
    expect(bench().server.log).toHaveLength(5);
  });

  it('nor where a page asks for much at once', async () => {
    const { refused, state } = renewing();
    takes();
    await Promise.all(['p0001', 'p0002', 'p0003'].map(refused));
    await Promise.all(['p0004', 'p0005', 'p0006'].map(refused));
    expect(state.renewals).toBe(1);
  });

  it('is after a while: a server may come to its senses', async () => {
    const { client, refused, state } = renewing();
    takes();
    await refused('p0001');
    takes('renewed-2');
    vi.setSystemTime(Date.now() + 6 * 60_000);
    await client.read('Patient', 'p0001');
    expect(state.renewals).toBe(2);
  });

  it('says nothing about another token', async () => {
    const { client, refused, state } = renewing();
    takes();
    await refused('p0001');
    state.token = 'changed-by-itself';
    takes('renewed-2');
    await client.read('Patient', 'p0001');
    expect(state.renewals).toBe(2);
  });

  it('is no reason to refuse what the server answers', async () => {
    const { client, refused, state } = renewing();
    takes();
    await refused('p0001');
    takes('renewed-1');
    await client.read('Patient', 'p0001');
    expect(state.renewals).toBe(1);
  });
});

/** A layer over a server that answers as it is told. */
function layer(o: Partial<Parameters<typeof auth>[0]>, status = 401) {
  const next = vi.fn<Send>(async () => new Response(null, { status }));
  const send = auth({
    baseUrl: 'https://a.example/fhir',
    authorization: async () => 'Bearer t',
    renew: async () => false,
    timeout: 60_000,
    ...o,
  })(next);
  return { next, send };
}
const request = { method: 'GET', headers: {}, body: undefined, signal: undefined } as const;
const change: Call = { ...request, method: 'PUT', url: 'https://a.example/fhir/Patient/1' };
const never = () => new Promise<never>(() => {});

describe('an identity provider that never answers', () => {
  it('is waited for as long as a server is, and nothing was written', async () => {
    const timeout = { kind: 'network', reason: 'timeout', wrote: false };
    const token = layer({ authorization: never, timeout: 20 });
    await expect(token.send(change)).rejects.toMatchObject(timeout);
    expect(token.next).not.toHaveBeenCalled();
    const renewal = layer({ renew: never, timeout: 20 });
    await expect(renewal.send(change)).rejects.toMatchObject(timeout);
    expect(renewal.next).toHaveBeenCalledOnce();
  });

  it('is not waited for once the call was given up', async () => {
    for (const o of [{ authorization: never }, { renew: never }]) {
      const controller = new AbortController();
      const { send } = layer(o);
      const sent = send({ ...change, signal: controller.signal });
      controller.abort();
      await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
    }
  });

  it('keeps no later call from the token that comes after all', async () => {
    let answer: (token: string) => void = () => {};
    const late = new Promise<string>((resolve) => (answer = resolve));
    const { send } = layer({ authorization: () => late, timeout: 20 }, 200);
    await expect(send(change)).rejects.toMatchObject({ reason: 'timeout' });
    answer('Bearer late');
    expect(await send(change)).toMatchObject({ status: 200 });
  });
});

it('requirement 37: outside of the base no token is added', async () => {
  const { next, send } = layer({});
  await send({ ...request, url: 'https://b.example/fhir/Patient' });
  await send({ ...request, url: 'https://a.example/fhir/Patient' });
  const sent = next.mock.calls.map(([asked]) => JSON.stringify(asked).includes('Bearer'));
  expect(sent).toEqual([false, true]);
});
