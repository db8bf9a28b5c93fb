import { describe, expect, it } from 'vitest';
import { parseConfig } from '#config/load.ts';
import type { EntraAuth } from '#config/schema.ts';
import { mayIssue, metadataUrl } from './authority.ts';

const TENANT = '11111111-2222-3333-4444-555555555555';

function authOf(more: Record<string, unknown>): EntraAuth {
  const [server] = parseConfig({
    servers: [
      {
        id: 'a',
        label: 'A',
        fhirBaseUrl: 'https://fhir.example',
        auth: {
          type: 'entra',
          clientId: 'app',
          ...(!more['authority'] && { tenantId: 'organizations' }),
          ...more,
        },
      },
    ],
  }).servers;
  if (server?.auth.type !== 'entra') throw new Error('not Entra');
  return server.auth;
}

describe('metadata URL of an authority, as MSAL builds it', () => {
  it.each([
    [{}, 'https://login.microsoftonline.com/organizations/v2.0'],
    [{ tenantId: TENANT }, `https://login.microsoftonline.com/${TENANT}/v2.0`],
    [
      { authority: `https://login.microsoftonline.us/${TENANT}/v2.0/` },
      `https://login.microsoftonline.us/${TENANT}/v2.0`,
    ],
    [
      { authority: 'https://contoso.ciamlogin.com/' },
      'https://contoso.ciamlogin.com/contoso.onmicrosoft.com/v2.0',
    ],
    [
      { authority: `https://contoso.ciamlogin.com/${TENANT}` },
      `https://contoso.ciamlogin.com/${TENANT}/v2.0`,
    ],
    [{ authority: 'https://idp.example/realm', protocolMode: 'OIDC' }, 'https://idp.example/realm'],
  ])('is built from %j', (auth, base) => {
    expect(metadataUrl(authOf(auth))).toBe(`${base}/.well-known/openid-configuration`);
  });
});

describe('mayIssue', () => {
  it.each([
    ['another path', {}, `https://login.microsoftonline.com/${TENANT}/v2.0`, true],
    ['another name of the cloud', {}, `https://sts.windows.net/${TENANT}/`, true],
    [
      'the name that is preferred to the configured one',
      { authority: `https://login.microsoft.com/${TENANT}` },
      `https://login.microsoftonline.com/${TENANT}/v2.0`,
      true,
    ],
    [
      'and that of the cloud of the US government',
      { authority: `https://login.usgovcloudapi.net/${TENANT}` },
      `https://login.microsoftonline.us/${TENANT}/v2.0`,
      true,
    ],
    [
      'External ID by its tenant',
      { authority: 'https://contoso.ciamlogin.com/' },
      `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`,
      true,
    ],
    [
      'External ID behind a name of its own',
      { authority: `https://login.contoso.example/${TENANT}` },
      `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`,
      true,
    ],
    [
      'another tenant of External ID',
      { authority: `https://login.contoso.example/${TENANT}` },
      'https://evil.ciamlogin.com/evil/v2.0',
      false,
    ],
    ['a known authority', { knownAuthorities: ['idp.example'] }, 'https://idp.example/x', true],
    [
      'a known authority, written as an address',
      { knownAuthorities: ['https://idp.example/'] },
      'https://idp.example/x',
      true,
    ],
    ['a stranger', {}, 'https://login.microsoftonline.com.evil.example/', false],
    ['in the clear', {}, 'http://login.microsoftonline.com/x', false],
    ['no address', {}, 'login.microsoftonline.com', false],
  ])('accepts only valid issuers: %s', (_name, auth, issuer, expected) => {
    expect(mayIssue(issuer, authOf(auth))).toBe(expected);
  });
});
