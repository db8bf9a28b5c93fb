/** What the page's URL asks for; read once at start and then removed from the URL. */
export type Entry =
  | { readonly kind: 'launch'; readonly params: URLSearchParams }
  | { readonly kind: 'callback'; readonly params: URLSearchParams }
  | { readonly kind: 'page' };

/** Parameters removed from the URL of every page: OAuth 2, OpenID Connect, SMART and fhirclient. */
const SECRETS = [
  'code',
  'state',
  'error',
  'error_description',
  'error_uri',
  'iss',
  'launch',
  'session_state',
  'client_info',
  'id_token',
  'access_token',
  'refresh_token',
  'fhirServiceUrl',
  'patientId',
  'encounterId',
  'clientId',
  'client_id',
  'complete',
] as const;

/**
 * Returns whether a URL is a launch, a callback or a page of the app.
 *
 * @param base the path under which the app is hosted, with slashes at both ends
 */
export function readEntry(url: URL, base: string): Entry {
  const path = url.pathname.startsWith(base) ? url.pathname.slice(base.length) : url.pathname;
  const name = path.replace(/\/$/, '');
  if (name === 'launch') return { kind: 'launch', params: url.searchParams };
  if (name === 'callback') return { kind: 'callback', params: url.searchParams };
  return { kind: 'page' };
}

/**
 * Returns the path of a URL without secrets: `/launch` and `/callback` lose their whole query,
 * other pages lose only the parameters of sign-in protocols.
 */
export function scrubbed(url: URL, entry: Entry): string {
  if (entry.kind !== 'page') return url.pathname;
  const clean = new URL(url);
  for (const name of SECRETS) clean.searchParams.delete(name);
  if (/[#&?](?:code|state|id_token|access_token|error)=/.test(clean.hash)) clean.hash = '';
  return clean.pathname + clean.search + clean.hash;
}
