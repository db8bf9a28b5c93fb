/** What the address of the page asks for, read once and then removed from it. */
export type Entry =
  | { readonly kind: 'launch'; readonly params: URLSearchParams }
  | { readonly kind: 'callback'; readonly params: URLSearchParams }
  | { readonly kind: 'page' };

/** Never left in the address, whatever the page: OAuth 2, OpenID Connect, SMART and fhirclient. */
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
 * Tells a launch and a callback from a page of the app.
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
 * The same address without anything secret: `/launch` and `/callback` lose all of their query, a
 * page loses the parameters of sign-in protocols only.
 */
export function scrubbed(url: URL, entry: Entry): string {
  if (entry.kind !== 'page') return url.pathname;
  const clean = new URL(url);
  for (const name of SECRETS) clean.searchParams.delete(name);
  if (/[#&?](?:code|state|id_token|access_token|error)=/.test(clean.hash)) clean.hash = '';
  return clean.pathname + clean.search + clean.hash;
}
