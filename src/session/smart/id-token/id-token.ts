import { decodeJwt, expiryOf } from '../../jwt.ts';
import { checkSignature, type KeySet } from './signature.ts';

type Claims = Readonly<Record<string, unknown>>;

export interface ExpectedIdToken {
  /** Of the metadata; undefined where the server declares none. */
  readonly issuer: string | undefined;
  readonly clientId: string;
  /** As sent; undefined where none could be. */
  readonly nonce: string | undefined;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const SKEW_MS = 300_000;

/** What an id_token says of the person; it names them on screen and decides nothing. */
export interface Identity {
  /** Undefined where the token is wrong in any way: then it says nothing at all. */
  readonly claims: Claims | undefined;
  /** Whether its signature was checked and is right. Otherwise nobody is named. */
  readonly verified: boolean;
}

/**
 * Checks an id_token (OpenID Connect Core 1.0, 3.1.3.7). Never rejects: a sign-in without a name is
 * still one.
 *
 * @param keys of the authorization server; undefined where they could not be had
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
 * The claims of an id_token, its signature aside.
 *
 * @returns undefined where issuer, audience, nonce or time is wrong: then nobody is named
 */
export function claimsOfIdToken(
  token: string | undefined,
  expected: ExpectedIdToken,
): Claims | undefined {
  const jwt = token === undefined ? undefined : decodeJwt(token);
  if (!jwt) return undefined;
  const { header, claims } = jwt;
  if (typeof header['alg'] !== 'string' || header['alg'].toLowerCase() === 'none') return undefined;
  if (expected.issuer !== undefined && claims['iss'] !== expected.issuer) return undefined;
  const audience: unknown[] = Array.isArray(claims['aud']) ? claims['aud'] : [claims['aud']];
  if (!audience.includes(expected.clientId)) return undefined;
  // Points 4 and 5: a token for several is issued to one of them, and says so.
  const party = claims['azp'] ?? (audience.length > 1 ? undefined : expected.clientId);
  if (party !== expected.clientId) return undefined;
  if (expected.nonce !== undefined && claims['nonce'] !== expected.nonce) return undefined;
  const expiry = expiryOf(claims);
  if (expiry === undefined || expiry + SKEW_MS < expected.now) return undefined;
  return claims;
}
