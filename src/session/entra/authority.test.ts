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
    [
      'another path on the same host (accepted)',
      {},
      `https://login.microsoftonline.com/${TENANT}/v2.0`,
      true,
    ],
    [
      'another host name of the same cloud (accepted)',
      {},
      `https://sts.windows.net/${TENANT}/`,
      true,
    ],
    [
      'the preferred host name of the configured alias (accepted)',
      { authority: `https://login.microsoft.com/${TENANT}` },
      `https://login.microsoftonline.com/${TENANT}/v2.0`,
      true,
    ],
    [
      'the preferred host name in the US government cloud (accepted)',
      { authority: `https://login.usgovcloudapi.net/${TENANT}` },
      `https://login.microsoftonline.us/${TENANT}/v2.0`,
      true,
    ],
    [
      'an External ID host named by the tenant GUID (accepted)',
      { authority: 'https://contoso.ciamlogin.com/' },
      `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`,
      true,
    ],
    [
      'the External ID host of the tenant behind a custom domain (accepted)',
      { authority: `https://login.contoso.example/${TENANT}` },
      `https://${TENANT}.ciamlogin.com/${TENANT}/v2.0`,
      true,
    ],
    [
      'the External ID host of another tenant (refused)',
      { authority: `https://login.contoso.example/${TENANT}` },
      'https://evil.ciamlogin.com/evil/v2.0',
      false,
    ],
    [
      'a host in knownAuthorities (accepted)',
      { knownAuthorities: ['idp.example'] },
      'https://idp.example/x',
      true,
    ],
    [
      'a host in knownAuthorities that is written as a URL (accepted)',
      { knownAuthorities: ['https://idp.example/'] },
      'https://idp.example/x',
      true,
    ],
    [
      'a foreign host that begins with the name of a Microsoft host (refused)',
      {},
      'https://login.microsoftonline.com.evil.example/',
      false,
    ],
    ['http instead of https (refused)', {}, 'http://login.microsoftonline.com/x', false],
    ['a host name without a scheme (refused)', {}, 'login.microsoftonline.com', false],
  ])('accepts only valid issuers: %s', (_name, auth, issuer, expected) => {
    expect(mayIssue(issuer, authOf(auth))).toBe(expected);
  });
});
