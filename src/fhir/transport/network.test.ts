import { afterEach, expect, test, vi } from 'vitest';
import { send } from './network.ts';

afterEach(() => vi.unstubAllGlobals());

test.each(['GET', 'POST', 'PUT', 'DELETE'] as const)(
  'requirement 49: %s is sent without cookies, referrer or cache, and follows no redirect',
  async (method) => {
    const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>();
    fetch.mockResolvedValue(new Response('{}'));
    vi.stubGlobal('fetch', fetch);
    const headers = { accept: 'application/fhir+json', authorization: 'Bearer t' };
    await send({
      url: 'https://fhir.example/Patient',
      method,
      headers,
      body: undefined,
      signal: undefined,
    });
    expect(fetch.mock.lastCall?.[1]).toMatchObject({
      method,
      headers,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      redirect: 'manual',
    });
  },
);
