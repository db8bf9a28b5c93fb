import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CheckEnv } from '../check.ts';
import { cors } from './cors.ts';
import { envOf, hidden, SMART, stubNetwork } from './helpers/check-fixture.ts';

const tokenOf = (init: RequestInit): string | null =>
  new Headers(init.headers).get('authorization');

/**
 * Simulates Oracle, which returns 401 without CORS headers for an unknown token, and for a change
 * without a token.
 */
function oracle(_url: string, init: RequestInit): Response {
  const token = tokenOf(init);
  const plain = token === null && (init.method ?? 'GET') === 'GET';
  return plain || token === 'Bearer real' ? new Response('{}') : hidden();
}

/**
 * Simulates a server whose CORS settings lack some headers or methods, but whose refusals are
 * readable.
 */
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

describe('CORS check of a server whose refusals have no CORS headers', () => {
  it("sends the session's token, also with changes", async () => {
    expect(await finding(oracle, sessionOf('Bearer real'))).toBe('good corsOk');
  });

  it('reports unsure results without a token', async () => {
    expect(await finding(oracle, undefined)).toBe(`attention corsUnsure ${ALL}`);
  });

  it('reports unsure methods if /metadata accepts every token', async () => {
    const open = (url: string, init: RequestInit): Response =>
      init.method ? oracle(url, init) : new Response('{}');
    const methods = ALL.replace('corsHeader Authorization, ', '');
    expect(await finding(open, sessionOf('Bearer other'))).toBe(`attention corsUnsure ${methods}`);
    expect(await finding(open, sessionOf('Bearer real'))).toBe('good corsOk');
  });

  it('reports unsure results for a token that the server refuses', async () => {
    expect(await finding(oracle, sessionOf('Bearer other'))).toBe(`attention corsUnsure ${ALL}`);
    const over = { authorization: () => Promise.reject(new Error('over')) } as CheckEnv['session'];
    expect(await finding(oracle, over)).toBe(`attention corsUnsure ${ALL}`);
  });
});

describe('CORS check of missing headers and methods', () => {
  it.each([
    ['If-Match', 'out', undefined, 'corsHeader If-Match'],
    ['Authorization', 'out', undefined, 'corsHeader Authorization'],
    ['Authorization', 'in', sessionOf('Bearer real'), 'corsHeader Authorization'],
    ['PUT', 'out', undefined, 'corsMethod PUT'],
    ['DELETE', 'in', sessionOf('Bearer real'), 'corsMethod DELETE'],
  ])('reports missing %s, signed %s', async (missing, _, session, expected) => {
    expect(await finding(without(missing), session)).toBe(`bad corsBad ${expected}`);
  });

  it('reports every method that an open server does not allow', async () => {
    expect(await finding(without('POST', 'PUT', 'DELETE'), undefined, { type: 'open' })).toBe(
      'bad corsBad corsMethod POST, corsMethod PUT, and corsMethod DELETE',
    );
  });

  it('reports missing headers separately from unsure results', async () => {
    const both = (url: string, init: RequestInit): Response =>
      new Headers(init.headers).has('Prefer') ? hidden() : oracle(url, init);
    expect(await finding(both, undefined)).toBe(
      `bad corsBad corsHeader Prefer · corsUnsure ${ALL}`,
    );
  });
});
