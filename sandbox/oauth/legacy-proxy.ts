import type { LaunchContext } from './launch-context.ts';

/**
 * The behaviour of `AadSmartOnFhirProxyController` in Microsoft's open-source FHIR server. It
 * forwards only a few parameters (so PKCE is dropped although S256 is advertised), the launch is
 * base64url JSON that the author of the link chooses, the code is base64url JSON as well, error
 * redirects have no state, and numbers are sent as strings.
 * https://github.com/microsoft/fhir-server (src/Microsoft.Health.Fhir.Shared.Api/Controllers)
 */
export const LEGACY_PATH = '/AadSmartOnFhirProxy';

const FORWARDED = ['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'aud'];

/** The data that the proxy puts into the state for the identity provider. */
interface Inner {
  readonly s: string | undefined;
  readonly l: LaunchContext;
}

/** Returns the reply URL registered with the identity provider: the proxy's, holding the app's. */
export const combinedReplyUrl = (origin: string, redirectUri: string): string =>
  `${origin}${LEGACY_PATH}/callback/${Buffer.from(redirectUri).toString('base64url')}`;

/**
 * Returns the query that the proxy forwards to the identity provider.
 *
 * @returns undefined when the launch parameter cannot be read
 */
export function legacyAuthorize(
  query: URLSearchParams,
  origin: string,
): { query: Record<string, string>; context: LaunchContext } | undefined {
  const context = decodeJson(query.get('launch') ?? 'e30');
  if (!context) return undefined;
  const kept = FORWARDED.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  const inner: Inner = { s: query.get('state') ?? undefined, l: context };
  const passed = {
    ...Object.fromEntries(kept),
    redirect_uri: combinedReplyUrl(origin, query.get('redirect_uri') ?? ''),
    state: encodeJson(inner),
  };
  return { query: passed, context };
}

/**
 * Returns the redirect that the proxy sends to the app.
 *
 * @param path path of the combined reply URL
 * @param redirectUris redirect URIs of the app, the only permitted targets
 */
export function legacyCallback(
  path: string,
  answer: URLSearchParams,
  redirectUris: readonly string[],
): string | undefined {
  const inside = path.slice(`${LEGACY_PATH}/callback/`.length);
  const target = Buffer.from(inside, 'base64url').toString('utf8');
  if (!redirectUris.includes(target)) return undefined;
  const url = new URL(target);
  const error = answer.get('error');
  if (error !== null) {
    url.searchParams.set('error', error);
    url.searchParams.set('error_description', answer.get('error_description') ?? '');
    return url.href; // without state
  }
  const inner = decodeJson(answer.get('state') ?? '') as Partial<Inner> | undefined;
  url.searchParams.set('code', encodeJson({ ...inner?.l, code: answer.get('code') ?? '' }));
  if (inner?.s !== undefined) url.searchParams.set('state', inner.s);
  return url.href;
}

/** Returns the token request that the proxy sends to the identity provider. */
export function legacyTokenRequest(form: URLSearchParams, origin: string): URLSearchParams {
  const passed = new URLSearchParams(form);
  passed.delete('code_verifier');
  const redirectUri = form.get('redirect_uri');
  if (redirectUri !== null) passed.set('redirect_uri', combinedReplyUrl(origin, redirectUri));
  const inner = decodeJson(form.get('code') ?? '');
  if (inner && 'code' in inner) passed.set('code', String(inner.code));
  return passed;
}

export function legacyTokenResponse(
  response: Record<string, unknown>,
  clientId: string,
): Record<string, unknown> {
  const lifetime = response.expires_in;
  const seconds = typeof lifetime === 'number' ? String(lifetime) : '3600';
  const now = Math.floor(Date.now() / 1000);
  return {
    ...response,
    scope: 'user_impersonation',
    expires_in: seconds,
    ext_expires_in: seconds,
    expires_on: String(now + Number(seconds)),
    not_before: String(now),
    client_id: clientId,
  };
}

/** Returns the launch parameter that an EHR makes for the proxy. */
export const legacyLaunch = (context: LaunchContext): string => encodeJson(context);

const encodeJson = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

function decodeJson(text: string): LaunchContext | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
