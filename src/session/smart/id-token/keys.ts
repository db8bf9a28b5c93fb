import { isRecord } from '#lib/narrow.ts';
import { isAllowedEndpoint } from '../discovery.ts';
import { hardenedFetch } from '../shims/fetch.ts';
import type { KeySet } from './signature.ts';

/** Maximum milliseconds to wait for the keys, which are needed only to show the user's name. */
const TIMEOUT_MS = 5000;

/** Where a server may publish its keys, as its SMART metadata declares. */
interface Publisher {
  /** `jwks_uri` */
  readonly jwks: string | undefined;
  readonly issuer: string | undefined;
}

/**
 * Returns the keys of an authorization server; undefined if they are not available. Never rejects,
 * because a sign-in can complete without the keys. SMART metadata without `jwks_uri` leaves it to
 * the OpenID metadata of its issuer (SMART App Launch 2.2, "Scopes for requesting identity data").
 *
 * @param origins that the endpoints of the server may have; nothing is requested from others
 */
export async function fetchKeys(
  { jwks, issuer }: Publisher,
  origins: readonly string[],
): Promise<KeySet | undefined> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const read = async (address: unknown): Promise<unknown> => {
    if (typeof address !== 'string' || !isAllowedEndpoint(address, origins)) return undefined;
    const response = await hardenedFetch(address, {
      headers: { accept: 'application/json' },
      signal,
    });
    return response.json();
  };
  try {
    const set = await read(jwks ?? (issuer && (await jwksUriOf(issuer, read))));
    const keys: unknown = isRecord(set) ? set['keys'] : undefined;
    return Array.isArray(keys) ? keys.filter(isRecord) : undefined;
  } catch {
    return undefined;
  }
}

/** Returns the `jwks_uri` of OpenID metadata (OpenID Connect Discovery 1.0, 4). */
async function jwksUriOf(
  issuer: string,
  read: (address: string) => Promise<unknown>,
): Promise<unknown> {
  const found = await read(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  // Otherwise one issuer could vouch for the tokens of another (4.3).
  return isRecord(found) && found['issuer'] === issuer ? found['jwks_uri'] : undefined;
}
