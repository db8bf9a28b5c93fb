import type { EntraAuth } from '#config/schema.ts';

/** The clouds that MSAL knows by itself. */
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

/** Entra External ID. */
const EXTERNAL = '.ciamlogin.com';

/** `https://login.microsoftonline.com/<tenant>` unless an authority is configured. */
export function authorityOf(auth: EntraAuth): string {
  return auth.authority ?? `https://login.microsoftonline.com/${auth.tenantId ?? 'organizations'}`;
}

const hostIn = (known: string): string => known.replace(/^https:\/\/([^/]+).*$/, '$1');

/**
 * Hosts that MSAL may trust. It asks Microsoft about a host that it does not know, which an
 * External ID or another OpenID Connect authority is; naming it in the config is trust enough.
 */
export function knownAuthorities(auth: EntraAuth): string[] {
  const { host } = new URL(authorityOf(auth));
  const own = MICROSOFT_HOSTS.includes(host) ? [] : [host];
  return [...new Set([...own, ...auth.knownAuthorities.map(hostIn)])];
}

/** Where MSAL looks for the metadata of the configured authority. */
export function metadataUrl(auth: EntraAuth): string {
  const { origin, host, pathname } = new URL(authorityOf(auth));
  const path = pathname.replace(/\/+$/, '');
  const tenant =
    path === '' && host.endsWith(EXTERNAL) ? `/${host.split('.')[0]}.onmicrosoft.com` : path;
  const base = auth.protocolMode === 'OIDC' ? tenant : `${tenant.replace(/\/v2\.0$/, '')}/v2.0`;
  return `${origin}${base}/.well-known/openid-configuration`;
}

/**
 * Whether an issuer may speak for the configured authority, by the rules of MSAL: the same host,
 * another name of Microsoft's, the tenant of an External ID, or a host that the site lists.
 */
export function mayIssue(issuer: string, auth: EntraAuth): boolean {
  if (!URL.canParse(issuer)) return false;
  const { host, protocol } = new URL(issuer);
  if (protocol !== 'https:') return false;
  const authority = new URL(authorityOf(auth));
  const oneCloud = [host, authority.host].every((name) => MICROSOFT_HOSTS.includes(name));
  const tenant = host.endsWith(EXTERNAL) ? host.slice(0, -EXTERNAL.length) : undefined;
  // The authority of an External ID names the tenant, its issuer the tenant's number.
  const external =
    tenant !== undefined &&
    (authority.host.endsWith(EXTERNAL) || authority.pathname.split('/').includes(tenant));
  return host === authority.host || oneCloud || external || knownAuthorities(auth).includes(host);
}
