import { afterEach, expect, it, vi } from 'vitest';
import { createClient } from '#fhir/client/create-client.ts';
import { RequestLog } from '#fhir/transport/log.ts';
import type { CheckEnv } from '../check.ts';
import { cors } from './cors.ts';
import { metadata } from './metadata.ts';
import { BASE, envOf, hidden, SMART, stubNetwork } from './helpers/check-fixture.ts';

const STATEMENT = JSON.stringify({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });

const session = {
  authorization: () => Promise.resolve('Bearer real'),
  context: {},
} as CheckEnv['session'];

/** Simulates a server that sends this refusal unless the request has a valid token. */
const closed =
  (refusal: () => Response) =>
  (_url: string, init: RequestInit): Response =>
    new Headers(init.headers).get('authorization') === 'Bearer real'
      ? new Response(STATEMENT)
      : refusal();

const readable = (status: number) => (): Response => new Response('{}', { status });

/** Simulates a redirect that the browser does not follow: status 0 and no content. */
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
  "metadata and CORS checks send the session's token if /metadata is refused with %s",
  async (_, refusal) => {
    expect(await found(metadata, closed(refusal), session)).toBe('good metadataTokenMeans');
    expect(await found(cors, closed(refusal), session)).toBe('good corsOkMeans');
  },
);

it.each([401, 403])('metadata check reports %d if no valid token is available', async (status) => {
  const means = 'attention metadataSignInMeans';
  expect(await found(metadata, closed(readable(status)), undefined)).toBe(means);
  expect(await found(metadata, readable(status), session)).toBe(means);
});

it('metadata and CORS checks report an unreachable server if there is no response even with the token', async () => {
  expect(await found(metadata, hidden, session)).toMatch(/^bad unreachableMeans/);
  expect(await found(cors, hidden, session)).toMatch(/^bad unreachableMeans/);
});

it('metadata and CORS checks report a redirect, not CORS', async () => {
  expect(await found(metadata, redirect, undefined)).toMatch(/^bad silentRedirectMeans/);
  expect(await found(cors, redirect, session)).toMatch(/^bad silentRedirectMeans/);
});

it('metadata check accepts a server without a capability statement if its patients are readable', async () => {
  const statementless = (url: string): Response =>
    url.endsWith('/metadata')
      ? new Response('<html></html>', { status: 404 })
      : new Response('{"resourceType":"Bundle"}', {
          headers: { 'content-type': 'application/fhir+json' },
        });
  expect(await found(metadata, statementless, session)).toBe('bad metadataNotFhirMeans');
  const client = createClient({
    baseUrl: BASE,
    authorization: async () => undefined,
    renew: async () => false,
    log: new RequestLog(),
  });
  const env = envOf(SMART, { session, fhir: { client } as CheckEnv['fhir'] });
  const { verdict, means } = await metadata.run(env);
  expect([verdict, means]).toEqual(['attention', 'metadataSilentMeans']);
});

it.each([
  ['Conformance', '1.0.2'],
  ['CapabilityStatement', '5.0.0'],
])('metadata check of a %s reports FHIR version %s', async (resourceType, fhirVersion) => {
  const answer = (): Response => new Response(JSON.stringify({ resourceType, fhirVersion }));
  expect(await found(metadata, answer, session)).toBe(`attention metadataOther ${fhirVersion}`);
});
