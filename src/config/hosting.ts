import type { AppConfig, ServerConfig } from './schema.ts';

/**
 * Headers and cache rules that a web server must send with this app, derived from its
 * configuration. Pure functions: the sandbox's host uses them, and the packaging writes the same
 * values into the configuration files of web servers.
 */

export interface HeaderOptions {
  /** `redirect` is MSAL's redirect page; every other page and file is `app`. */
  readonly page: 'app' | 'redirect';
  /** Whether the app is served over https. HSTS has no effect otherwise. */
  readonly https: boolean;
  /**
   * CSP sources of the inline scripts in this build's `index.html`, such as `'sha256-…'`; see
   * `inlineScripts` in `sandbox/host/index-page.ts`.
   */
  readonly inline: readonly string[];
}

const ENTRA = 'https://login.microsoftonline.com';

/**
 * Aliases of Microsoft's clouds, for which MSAL requests the preferred host (its instance discovery
 * metadata).
 */
const PREFERRED: Readonly<Record<string, string>> = {
  'https://login.windows.net': ENTRA,
  'https://login.microsoft.com': ENTRA,
  'https://sts.windows.net': ENTRA,
  'https://login.chinacloudapi.cn': 'https://login.partner.microsoftonline.cn',
  'https://login.usgovcloudapi.net': 'https://login.microsoftonline.us',
};

/** Browser features that the app does not use. */
const PERMISSIONS = [
  'accelerometer',
  'autoplay',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'sync-xhr',
  'usb',
  'xr-spatial-tracking',
];

/**
 * Returns the response headers for a page or file of the app.
 *
 * @param config as checked by `parseConfig`
 */
export function securityHeaders(config: AppConfig, o: HeaderOptions): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(config, o.page, o.inline),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'Permissions-Policy': PERMISSIONS.map((name) => `${name}=()`).join(', '),
    'Cross-Origin-Resource-Policy': 'same-origin',
    // The redirect page responds to its opener, which COOP would disconnect.
    ...(o.page === 'app' && { 'Cross-Origin-Opener-Policy': openerPolicy(config) }),
    // No `includeSubDomains`, because other hosts of the domain may not be served over https.
    ...(o.https && { 'Strict-Transport-Security': 'max-age=31536000' }),
  };
}

/**
 * Returns the Content-Security-Policy, with exact origins only. https://www.w3.org/TR/CSP3/
 *
 * @param page see {@link HeaderOptions}
 * @param inline see {@link HeaderOptions}
 */
export function contentSecurityPolicy(
  config: AppConfig,
  page: HeaderOptions['page'],
  inline: readonly string[],
): string {
  const app = page === 'app';
  const authorities = authorityOrigins(config);
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'", ...(app ? inline : [])],
    'style-src': ["'self'"],
    'img-src': app ? ["'self'", 'data:', 'blob:'] : ["'none'"],
    'font-src': ["'self'"],
    'connect-src': app ? ["'self'", ...connectOrigins(config)] : ["'none'"],
    // 'self' because the frame of a silent renewal ends on the redirect page.
    'frame-src': app && authorities.length > 0 ? ["'self'", ...authorities] : ["'none'"],
    'base-uri': ["'none'"],
    // Never needed: scripts read the forms, and sign-in navigates.
    'form-action': ["'none'"],
    'object-src': ["'none'"],
    'manifest-src': ["'self'"],
    'frame-ancestors': ["'self'", ...(app ? config.embedding.frameAncestors : [])],
    'require-trusted-types-for': ["'script'"],
    'trusted-types': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}

/**
 * Whether a path is a page of the app, which gets `index.html`, and not a file. A path without an
 * extension is a page. So is every path below `/patients/`, because FHIR ids may contain dots.
 *
 * @param path of the URL below the app's base, such as `/patients/1.2.3`
 */
export function isPage(path: string): boolean {
  return PAGE_PATTERN.test(path);
}

/** Pattern of {@link isPage} for web servers. Equivalent in JavaScript, PCRE and .NET. */
export const PAGE_PATTERN = /^\/(patients\/.*|(?!assets\/)(.*\/)?[^./]*)$/;

/**
 * Returns the `Cache-Control` value of a path.
 *
 * Pages are not stored, so that the browser cache shows no patient data after sign-out. The
 * configuration is revalidated each time. Built files have a hash in their name.
 *
 * @param path of the URL below the app's base, such as `/assets/index-a1b2c3.js`
 */
export function cacheControl(path: string): string {
  if (path.startsWith('/assets/')) return 'public, max-age=31536000, immutable';
  return isPage(path) || path.endsWith('.html') ? 'no-store' : 'no-cache';
}

/**
 * Returns the origins that the app sends requests to: FHIR servers, token endpoints, authorities.
 */
export function connectOrigins(config: AppConfig): string[] {
  const { servers, smartLaunch } = config;
  return distinct([
    ...servers.map((server) => originOf(server.fhirBaseUrl)),
    ...servers.flatMap((server) =>
      server.auth.type === 'smart' ? server.auth.endpointOrigins.map(originOf) : [],
    ),
    ...smartLaunch.issuers.flatMap((issuer) =>
      [issuer.iss, ...issuer.endpointOrigins].map(originOf),
    ),
    ...authorityOrigins(config),
  ]);
}

/** Returns the origins of the identity providers that MSAL sends requests to and frames. */
export function authorityOrigins(config: AppConfig): string[] {
  return distinct(config.servers.flatMap(authoritiesOf));
}

function authoritiesOf({ auth }: ServerConfig): string[] {
  if (auth.type !== 'entra') return [];
  const named = [
    auth.authority ? originOf(auth.authority) : ENTRA,
    ...auth.knownAuthorities.map((host) => originOf(`https://${host.replace(/^https:\/\//, '')}`)),
  ];
  return named.flatMap((origin) => [origin, PREFERRED[origin] ?? origin]);
}

function openerPolicy(config: AppConfig): string {
  // The picker responds to its opener, and a sign-in may pass through any page of the app.
  if (config.picker && config.picker.origins.length > 0) return 'unsafe-none';
  const popup = config.servers.some(
    ({ auth }) => auth.type === 'entra' && auth.interaction === 'popup',
  );
  return popup ? 'same-origin-allow-popups' : 'same-origin';
}

const originOf = (url: string): string => new URL(url).origin;
const distinct = (values: readonly string[]): string[] => [...new Set(values)];
