import type { EntraAuth } from '#config/schema.ts';

/** Hosts of the Microsoft clouds that MSAL knows. */
const MICROSOFT_HOSTS: readonly string[] = [
  'login.microsoftonline.com',
  'login.microsoftonline.us',
  'login.partner.microsoftonline.cn',
  'login.chinacloudapi.cn',
  'login.windows.net',
  'login.microsoft.com',
  'login.usgovcloudapi.net',
  'sts.windows.net',
];

/** Host suffix of Entra External ID. */
const EXTERNAL = '.ciamlogin.com';

/** Returns the configured authority, or else `https://login.microsoftonline.com/<tenant>`. */
export function authorityOf(auth: EntraAuth): string {
  return auth.authority ?? `https://login.microsoftonline.com/${auth.tenantId ?? 'organizations'}`;
}

const hostIn = (known: string): string => known.replace(/^https:\/\/([^/]+).*$/, '$1');

/**
 * Returns the hosts that MSAL may trust. MSAL asks Microsoft about other hosts, which fails for an
 * External ID or another OpenID Connect authority; naming such an authority in the configuration is
 * sufficient trust.
 */
export function knownAuthorities(auth: EntraAuth): string[] {
  const { host } = new URL(authorityOf(auth));
  const own = MICROSOFT_HOSTS.includes(host) ? [] : [host];
  return [...new Set([...own, ...auth.knownAuthorities.map(hostIn)])];
}

/** Returns the URL of the metadata that MSAL requests for the configured authority. */
export function metadataUrl(auth: EntraAuth): string {
  const { origin, host, pathname } = new URL(authorityOf(auth));
  const path = pathname.replace(/\/+$/, '');
  const tenant =
    path === '' && host.endsWith(EXTERNAL) ? `/${host.split('.')[0]}.onmicrosoft.com` : path;
  const base = auth.protocolMode === 'OIDC' ? tenant : `${tenant.replace(/\/v2\.0$/, '')}/v2.0`;
  return `${origin}${base}/.well-known/openid-configuration`;
}

/**
 * Whether an issuer is valid for the configured authority, by the rules of MSAL: the same host,
 * another host of the Microsoft clouds, the tenant of an External ID, or a configured host.
 */
export function mayIssue(issuer: string, auth: EntraAuth): boolean {
  if (!URL.canParse(issuer)) return false;
  const { host, protocol } = new URL(issuer);
  if (protocol !== 'https:') return false;
  const authority = new URL(authorityOf(auth));
  const oneCloud = [host, authority.host].every((name) => MICROSOFT_HOSTS.includes(name));
  const tenant = host.endsWith(EXTERNAL) ? host.slice(0, -EXTERNAL.length) : undefined;
  // The authority of an External ID contains the tenant name, its issuer the tenant id.
  const external =
    tenant !== undefined &&
    (authority.host.endsWith(EXTERNAL) || authority.pathname.split('/').includes(tenant));
  return host === authority.host || oneCloud || external || knownAuthorities(auth).includes(host);
}
