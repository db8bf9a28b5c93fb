import { afterEach, expect, it, vi } from 'vitest';
import type { CheckEnv } from '../check.ts';
import { cors } from './cors.ts';
import { metadata } from './metadata.ts';
import { envOf, hidden, SMART, stubNetwork } from './test-env.ts';

const STATEMENT = JSON.stringify({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });

const session = { authorization: () => Promise.resolve('Bearer real') } as CheckEnv['session'];

/** A server that says this to whoever asks without a token that it takes. */
const closed =
  (refusal: () => Response) =>
  (_url: string, init: RequestInit): Response =>
    new Headers(init.headers).get('authorization') === 'Bearer real'
      ? new Response(STATEMENT)
      : refusal();

const readable = (status: number) => (): Response => new Response('{}', { status });

/** As a browser shows a redirect that it was told not to follow: a status of 0, and nothing else. */
function redirect(_url: string, init: RequestInit): Response {
  if (init.redirect === 'error') return hidden();
  return Object.defineProperty(new Response(null), 'type', { value: 'opaqueredirect' });
}

const found = async (
  check: typeof metadata,
  answer: Parameters<typeof stubNetwork>[0],
  who: CheckEnv['session'],
): Promise<string> => {
  stubNetwork(answer);
  const { verdict, means } = await check.run(envOf(SMART, { session: who }));
  return `${verdict} ${means}`;
};

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['401', readable(401)],
  ['403', readable(403)],
  ['an answer that CORS hides', hidden],
])(
  'a /metadata that refuses with %s is asked with the token of the session',
  async (_, refusal) => {
    expect(await found(metadata, closed(refusal), session)).toBe('good metadataTokenMeans');
    expect(await found(cors, closed(refusal), session)).toBe('good corsOkMeans');
  },
);

it.each([401, 403])('where nobody is signed in, %d stays what it is', async (status) => {
  const means = 'attention metadataSignInMeans';
  expect(await found(metadata, closed(readable(status)), undefined)).toBe(means);
  expect(await found(metadata, readable(status), session)).toBe(means);
});

it('what gives no answer with the token either is not believed to be closed', async () => {
  expect(await found(metadata, hidden, session)).toMatch(/^bad unreachableMeans/);
  expect(await found(cors, hidden, session)).toMatch(/^bad unreachableMeans/);
});

it('an address that leads elsewhere is told as that, not as CORS', async () => {
  expect(await found(metadata, redirect, undefined)).toMatch(/^bad silentRedirectMeans/);
  expect(await found(cors, redirect, session)).toMatch(/^bad silentRedirectMeans/);
});
