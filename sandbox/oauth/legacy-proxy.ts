import type { LaunchContext } from './launch-context.ts';

/**
 * The manners of `AadSmartOnFhirProxyController` in Microsoft's open-source FHIR server: it knows
 * only a few parameters (so PKCE is dropped although S256 is advertised), the launch is base64url
 * JSON chosen by whoever built the link, the code is base64url JSON as well, error redirects carry
 * no state, and numbers come as strings.
 * https://github.com/microsoft/fhir-server (src/Microsoft.Health.Fhir.Shared.Api/Controllers)
 */
export const LEGACY_PATH = '/AadSmartOnFhirProxy';

const FORWARDED = ['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'aud'];

/** The query that the proxy passes on, and the launch context it read. Undefined: a launch it cannot read. */
export function legacyAuthorize(
  query: URLSearchParams,
): { query: Record<string, string>; context: LaunchContext } | undefined {
  const context = decodeJson(query.get('launch') ?? 'e30');
  if (!context) return undefined;
  const kept = FORWARDED.flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return { query: Object.fromEntries(kept), context };
}

/** The redirect as the proxy sends it on. */
export function legacyRedirect(location: URL, context: LaunchContext): void {
  const code = location.searchParams.get('code');
  if (code !== null) location.searchParams.set('code', encodeJson({ ...context, code }));
  if (location.searchParams.has('error')) location.searchParams.delete('state');
  location.searchParams.delete('iss');
}

/** The token request that reaches the identity provider. */
export function legacyTokenRequest(form: URLSearchParams): URLSearchParams {
  const passed = new URLSearchParams(form);
  passed.delete('code_verifier');
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

/** A launch parameter as an EHR in front of the proxy makes it. */
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
