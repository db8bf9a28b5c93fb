import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CheckEnv } from '../check.ts';
import { cors } from './cors.ts';
import { envOf, hidden, SMART, stubNetwork } from './helpers/check-fixture.ts';

const tokenOf = (init: RequestInit): string | null =>
  new Headers(init.headers).get('authorization');

/** Oracle answers a token that it does not know, and a change without one, with a 401 that has no CORS headers. */
function oracle(_url: string, init: RequestInit): Response {
  const token = tokenOf(init);
  const plain = token === null && (init.method ?? 'GET') === 'GET';
  return plain || token === 'Bearer real' ? new Response('{}') : hidden();
}

/** A server whose CORS settings lack some headers or methods; its refusals can be read. */
const without =
  (...missing: string[]) =>
  (_url: string, init: RequestInit): Response =>
    missing.some((name) => init.method === name || new Headers(init.headers).has(name))
      ? hidden()
      : new Response('{}', { status: tokenOf(init) === null ? 401 : 200 });

const sessionOf = (token: string | undefined) =>
  ({ authorization: () => Promise.resolve(token) }) as CheckEnv['session'];

async function finding(
  answer: typeof oracle,
  session: CheckEnv['session'],
  auth: object = SMART,
): Promise<string> {
  stubNetwork(answer);
  const found = await cors.run(envOf(auth, { session }));
  return `${found.verdict} ${found.came}`;
}

const ALL = 'header Authorization, method POST, method PUT, and method DELETE'
  .replaceAll('header', 'corsHeader')
  .replaceAll('method', 'corsMethod');

afterEach(() => vi.unstubAllGlobals());

describe('a server whose refusals have no CORS headers', () => {
  it('is asked with the token of the session, changes too', async () => {
    expect(await finding(oracle, sessionOf('Bearer real'))).toBe('good corsOk');
  });

  it('is not said to forbid what it refuses to somebody without a token', async () => {
    expect(await finding(oracle, undefined)).toBe(`attention corsUnsure ${ALL}`);
  });

  it('nor where /metadata is open to every token', async () => {
    const open = (url: string, init: RequestInit): Response =>
      init.method ? oracle(url, init) : new Response('{}');
    const methods = ALL.replace('corsHeader Authorization, ', '');
    expect(await finding(open, sessionOf('Bearer other'))).toBe(`attention corsUnsure ${methods}`);
    expect(await finding(open, sessionOf('Bearer real'))).toBe('good corsOk');
  });

  it('nor what it refuses to a token that it does not take', async () => {
    expect(await finding(oracle, sessionOf('Bearer other'))).toBe(`attention corsUnsure ${ALL}`);
    const over = { authorization: () => Promise.reject(new Error('over')) } as CheckEnv['session'];
    expect(await finding(oracle, over)).toBe(`attention corsUnsure ${ALL}`);
  });
});

describe('what CORS does not allow', () => {
  it.each([
    ['If-Match', undefined, 'corsHeader If-Match'],
    ['Authorization', undefined, 'corsHeader Authorization'],
    ['Authorization', sessionOf('Bearer real'), 'corsHeader Authorization'],
    ['PUT', undefined, 'corsMethod PUT'],
    ['DELETE', sessionOf('Bearer real'), 'corsMethod DELETE'],
  ])('%s', async (missing, session, expected) => {
    expect(await finding(without(missing), session)).toBe(`bad corsBad ${expected}`);
  });

  it('of an open server, which refuses nobody', async () => {
    expect(await finding(without('POST', 'PUT', 'DELETE'), undefined, { type: 'open' })).toBe(
      'bad corsBad corsMethod POST, corsMethod PUT, and corsMethod DELETE',
    );
  });

  it('is said beside what cannot be told', async () => {
    const both = (url: string, init: RequestInit): Response =>
      new Headers(init.headers).has('Prefer') ? hidden() : oracle(url, init);
    expect(await finding(both, undefined)).toBe(
      `bad corsBad corsHeader Prefer · corsUnsure ${ALL}`,
    );
  });
});
