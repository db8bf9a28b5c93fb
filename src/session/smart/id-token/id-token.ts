import type { Json } from '#lib/narrow.ts';
import { decodeJwt, expiryOf } from '../../jwt.ts';
import { checkSignature, type KeySet } from './signature.ts';

export interface ExpectedIdToken {
  /** Issuer in the metadata; undefined if the server declares none. */
  readonly issuer: string | undefined;
  readonly clientId: string;
  /** Nonce of the request; undefined if none was sent. */
  readonly nonce: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const SKEW_MS = 300_000;

/** Identity from an id_token. Only displayed; never used to grant anything. */
export interface Identity {
  /** Undefined if any check of the token fails. */
  readonly claims: Json | undefined;
  /** Whether the signature is valid. Without a valid signature no user is shown. */
  readonly verified: boolean;
}

/**
 * Checks an id_token (OpenID Connect Core 1.0, 3.1.3.7). Never rejects, because a sign-in is
 * complete without a name.
 *
 * @param keys of the authorization server; undefined if they are not available
 */
export async function checkIdToken(
  token: string | undefined,
  expected: ExpectedIdToken,
  keys: KeySet | undefined,
): Promise<Identity> {
  const claims = claimsOfIdToken(token, expected);
  const header = token === undefined ? undefined : decodeJwt(token)?.header;
  if (token === undefined || !claims || !header) return { claims: undefined, verified: false };
  const verdict = await checkSignature(token, header, keys);
  if (verdict === 'invalid') return { claims: undefined, verified: false };
  return { claims, verified: verdict === 'valid' };
}

/**
 * Checks the claims of an id_token, but not its signature.
 *
 * @returns undefined if issuer, audience, nonce or time is wrong
 */
export function claimsOfIdToken(
  token: string | undefined,
  expected: ExpectedIdToken,
): Json | undefined {
  const jwt = token === undefined ? undefined : decodeJwt(token);
  if (!jwt) return undefined;
  const { header, claims } = jwt;
  if (typeof header['alg'] !== 'string' || header['alg'].toLowerCase() === 'none') return undefined;
  if (expected.issuer !== undefined && claims['iss'] !== expected.issuer) return undefined;
  const audience: unknown[] = Array.isArray(claims['aud']) ? claims['aud'] : [claims['aud']];
  if (!audience.includes(expected.clientId)) return undefined;
  // Points 4 and 5: a token for several audiences names in `azp` the client it was issued to.
  const party = claims['azp'] ?? (audience.length > 1 ? undefined : expected.clientId);
  if (party !== expected.clientId) return undefined;
  if (expected.nonce !== undefined && claims['nonce'] !== expected.nonce) return undefined;
  const expiry = expiryOf(claims);
  if (expiry === undefined || expiry + SKEW_MS < expected.now) return undefined;
  return claims;
}
