import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseConfig } from '#config/load.ts';
import { endSessionAddress } from './end-session.ts';
import { siteOfIssuer } from './site.ts';

beforeEach(() => vi.stubGlobal('location', { origin: 'https://app.example' }));
afterEach(() => vi.unstubAllGlobals());

const config = (more: object) =>
  parseConfig({
    servers: [
      {
        id: 'a',
        label: 'A',
        fhirBaseUrl: 'https://fhir.example',
        auth: { type: 'smart', clientId: 'the app', ...more },
      },
    ],
    smartLaunch: { issuers: [{ iss: 'https://ehr.example', label: 'EHR', clientId: 'b' }] },
  });
const END = 'https://id.example/logout';

describe('end-session URL', () => {
  it('contains the client id and the return URL, but no token', () => {
    const [server] = config({ endSessionEndpoint: END }).servers;
    const url = new URL(endSessionAddress(server!) ?? '');
    expect(url.origin + url.pathname).toBe(END);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'the app',
      post_logout_redirect_uri: 'https://app.example/',
    });
  });

  it('is undefined without configuration and for a session launched by an EHR', () => {
    const { servers, smartLaunch } = config({});
    expect(endSessionAddress(servers[0]!)).toBeUndefined();
    expect(endSessionAddress(siteOfIssuer(smartLaunch.issuers[0]!).server)).toBeUndefined();
  });

  it.each(['http://id.example/logout', 'javascript:alert(1)', '/logout'])(
    'is rejected by the configuration if it is %s',
    (address) => expect(() => config({ endSessionEndpoint: address })).toThrow('servers[0].auth'),
  );
});
