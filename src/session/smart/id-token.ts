import { decodeJwt, expiryOf } from '../jwt.ts';

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

/**
 * The claims of an id_token that came straight from the token endpoint over TLS, which stands in
 * for its signature (OpenID Connect Core 1.0, 3.1.3.7, point 6). They name the person on screen
 * and decide nothing.
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
  if (expected.nonce !== undefined && claims['nonce'] !== expected.nonce) return undefined;
  const expiry = expiryOf(claims);
  if (expiry === undefined || expiry + SKEW_MS < expected.now) return undefined;
  return claims;
}
