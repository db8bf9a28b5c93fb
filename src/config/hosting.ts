import type { AppConfig, ServerConfig } from './schema.ts';

/**
 * What a web server must send with this app, computed from its configuration. Pure: the sandbox's
 * host uses it, and the packaging writes the same values into the files of real web servers.
 */

export interface HeaderOptions {
  /** `redirect` is MSAL's redirect page; every other page and file is `app`. */
  readonly page: 'app' | 'redirect';
  /** Whether the app is served over https: only then is HSTS meaningful. */
  readonly https: boolean;
  /**
   * CSP sources of the inline scripts in `index.html` of this very build, such as `'sha256-…'`; see
   * `inlineScripts` in `sandbox/host/index-page.ts`.
   */
  readonly inline: readonly string[];
}

const ENTRA = 'https://login.microsoftonline.com';

/** Other names of Microsoft's clouds; MSAL then asks the name that is preferred (its instance discovery metadata). */
const PREFERRED: Readonly<Record<string, string>> = {
  'https://login.windows.net': ENTRA,
  'https://login.microsoft.com': ENTRA,
  'https://sts.windows.net': ENTRA,
  'https://login.chinacloudapi.cn': 'https://login.partner.microsoftonline.cn',
  'https://login.usgovcloudapi.net': 'https://login.microsoftonline.us',
};

/** Nothing here measures, senses, pays or plays. */
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
 * Response headers for a page or file of the app.
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
    // The redirect page answers the window that opened it, which COOP would cut off.
    ...(o.page === 'app' && { 'Cross-Origin-Opener-Policy': openerPolicy(config) }),
    // Without `includeSubDomains`: the other hosts of the domain are not the app's to decide on.
    ...(o.https && { 'Strict-Transport-Security': 'max-age=31536000' }),
  };
}

/**
 * The policy, exact origins only. https://www.w3.org/TR/CSP3/
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
    // 'self' because a silent renewal's frame ends on the redirect page.
    'frame-src': app && authorities.length > 0 ? ["'self'", ...authorities] : ["'none'"],
    'base-uri': ["'none'"],
    // Whatever the site: forms are read by script, sign-in navigates, nothing is ever submitted.
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
 * extension is one; a FHIR id may hold dots, so everything below `/patients/` is one too.
 *
 * @param path of the URL below the app's base, such as `/patients/1.2.3`
 */
export function isPage(path: string): boolean {
  return PAGE_PATTERN.test(path);
}

/** {@link isPage} for the configuration of web servers: it means the same in JavaScript, PCRE and .NET. */
export const PAGE_PATTERN = /^\/(patients\/.*|(?!assets\/)(.*\/)?[^./]*)$/;

/**
 * How long a browser may keep a file.
 *
 * Pages are never stored, so that no page with patient data comes back from the browser's cache
 * after sign-out; the configuration is asked for each time; built files carry a hash in their name.
 *
 * @param path of the URL below the app's base, such as `/assets/index-a1b2c3.js`
 */
export function cacheControl(path: string): string {
  if (path.startsWith('/assets/')) return 'public, max-age=31536000, immutable';
  return isPage(path) || path.endsWith('.html') ? 'no-store' : 'no-cache';
}

/** Origins the app talks to: FHIR servers, token endpoints, authorities. */
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

/** Origins of the identity providers that MSAL talks to and frames. */
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
  // The picker answers the window that opened it; signing in may lead through any page of the app.
  if (config.picker && config.picker.origins.length > 0) return 'unsafe-none';
  const popup = config.servers.some(
    ({ auth }) => auth.type === 'entra' && auth.interaction === 'popup',
  );
  return popup ? 'same-origin-allow-popups' : 'same-origin';
}

const originOf = (url: string): string => new URL(url).origin;
const distinct = (values: readonly string[]): string[] => [...new Set(values)];
