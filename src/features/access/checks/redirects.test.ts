import { afterEach, describe, expect, it, vi } from 'vitest';
import { redirects } from './redirects.ts';
import { envOf, SMART } from './helpers/check-fixture.ts';

afterEach(() => vi.unstubAllGlobals());

const addresses = async (auth: object): Promise<Record<string, unknown>> => {
  vi.stubGlobal('location', { origin: 'https://app.example' });
  const { facts = [] } = await redirects.run(envOf(auth));
  return Object.fromEntries(facts.map(({ label, value }) => [label, value]));
};

describe('URLs to register', () => {
  it('include the post-logout URL if an end-session endpoint is configured', async () => {
    const endSessionEndpoint = 'https://id.example/logout';
    expect(await addresses({ ...SMART, endSessionEndpoint })).toEqual({
      redirectsSmart: 'https://app.example/callback',
      redirectsAfter: 'https://app.example/',
      redirectsOrigin: 'https://app.example',
    });
    expect(await addresses(SMART)).not.toHaveProperty('redirectsAfter');
  });
});
