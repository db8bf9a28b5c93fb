import { afterEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '#config/load.ts';
import type { CheckEnv } from '../check.ts';
import { cors } from './cors.ts';

const config = parseConfig({
  servers: [
    {
      id: 'oracle',
      label: 'Oracle',
      fhirBaseUrl: 'https://fhir.example/r4',
      auth: { type: 'smart', clientId: 'app' },
    },
  ],
});

/** Oracle answers a token that it does not know with 401 and no CORS headers. */
function answer(_url: string, init: RequestInit): Promise<Response> {
  const token = new Headers(init.headers).get('authorization');
  return token === null || token === 'Bearer real'
    ? Promise.resolve(new Response('{}'))
    : Promise.reject(new TypeError('Failed to fetch'));
}

async function finding(session: Partial<CheckEnv['session']>) {
  vi.stubGlobal('fetch', answer);
  vi.stubGlobal('location', { origin: 'https://app.example' });
  const found = await cors.run({
    t: (id: string, values: object = {}) => [id, ...Object.values(values)].join(' '),
    locale: 'en',
    config,
    problems: [],
    server: config.servers[0],
    session: session as CheckEnv['session'],
    fhir: undefined,
    signal: new AbortController().signal,
  });
  return `${found.verdict} ${found.came}`;
}

afterEach(() => vi.unstubAllGlobals());

describe('whether CORS lets the token through', () => {
  it('is tried with the token of the session', async () => {
    expect(await finding({ authorization: () => Promise.resolve('Bearer real') })).toBe(
      'good corsOk',
    );
  });

  it('is tried with a made-up one where there is none to be had', async () => {
    const none = { authorization: () => Promise.reject(new Error('over')) };
    for (const session of [undefined, none]) {
      // oxlint-disable-next-line no-await-in-loop -- both share what is stubbed
      expect(await finding(session as never)).toContain('bad corsBad corsHeader Authorization');
    }
  });
});
