import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBench } from '../client/client-fixture.ts';
import { Unauthorized } from '../errors.ts';
import { auth } from './auth.ts';
import type { Call, Send } from './compose.ts';

const bench = openBench();

/** Connects with a session that always gets a new token, which the server may refuse. */
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

/** Makes the server accept only these tokens from now on. */
function takes(...tokens: string[]): void {
  bench().valid.clear();
  for (const token of tokens) bench().valid.add(token);
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe('requirement 40: a renewed token that the server refuses', () => {
  it('is not renewed again by each further request', async () => {
    const { refused, state } = renewing();
    takes();
    for (const id of ['p0001', 'p0002', 'p0003', 'p0004']) await refused(id);
    expect(state.renewals).toBe(1);
    expect(bench().server.log).toHaveLength(5);
  });

  it('is not renewed again by several simultaneous requests', async () => {
    const { refused, state } = renewing();
    takes();
    await Promise.all(['p0001', 'p0002', 'p0003'].map(refused));
    await Promise.all(['p0004', 'p0005', 'p0006'].map(refused));
    expect(state.renewals).toBe(1);
  });

  it('is renewed again after a pause, and a request can then succeed', async () => {
    const { client, refused, state } = renewing();
    takes();
    await refused('p0001');
    takes('renewed-2');
    vi.setSystemTime(Date.now() + 6 * 60_000);
    await client.read('Patient', 'p0001');
    expect(state.renewals).toBe(2);
  });

  it('does not prevent the renewal of another token', async () => {
    const { client, refused, state } = renewing();
    takes();
    await refused('p0001');
    state.token = 'changed-by-itself';
    takes('renewed-2');
    await client.read('Patient', 'p0001');
    expect(state.renewals).toBe(2);
  });

  it('is used without a renewal as soon as the server accepts it', async () => {
    const { client, refused, state } = renewing();
    takes();
    await refused('p0001');
    takes('renewed-1');
    await client.read('Patient', 'p0001');
    expect(state.renewals).toBe(1);
  });
});

/** Returns the auth layer over a stub that answers every call with one status. */
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
  it('ends a call with a timeout that is known not to have written', async () => {
    const timeout = { kind: 'network', reason: 'timeout', wrote: false };
    const token = layer({ authorization: never, timeout: 20 });
    await expect(token.send(change)).rejects.toMatchObject(timeout);
    expect(token.next).not.toHaveBeenCalled();
    const renewal = layer({ renew: never, timeout: 20 });
    await expect(renewal.send(change)).rejects.toMatchObject(timeout);
    expect(renewal.next).toHaveBeenCalledOnce();
  });

  it('does not delay the abort of a call', async () => {
    for (const o of [{ authorization: never }, { renew: never }]) {
      const controller = new AbortController();
      const { send } = layer(o);
      const sent = send({ ...change, signal: controller.signal });
      controller.abort();
      await expect(sent).rejects.toMatchObject({ name: 'AbortError' });
    }
  });

  it('does not block a later call that gets the late token', async () => {
    let answer: (token: string) => void = () => {};
    const late = new Promise<string>((resolve) => (answer = resolve));
    const { send } = layer({ authorization: () => late, timeout: 20 }, 200);
    await expect(send(change)).rejects.toMatchObject({ reason: 'timeout' });
    answer('Bearer late');
    expect(await send(change)).toMatchObject({ status: 200 });
  });
});

it('requirement 37: the token is not added to a request outside the base', async () => {
  const { next, send } = layer({});
  await send({ ...request, url: 'https://b.example/fhir/Patient' });
  await send({ ...request, url: 'https://a.example/fhir/Patient' });
  const sent = next.mock.calls.map(([asked]) => JSON.stringify(asked).includes('Bearer'));
  expect(sent).toEqual([false, true]);
});
