import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  SignJWT,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
} from 'jose';

/** The RS256 key of an authorization server, generated at each start. */
export interface SigningKey {
  /** The keys with their private part, for oidc-provider. */
  readonly privateJwks: { readonly keys: JWK[] };
  /** The published keys. */
  readonly publicJwks: JSONWebKeySet;
  /** The same keys for `jwtVerify`, which cannot fetch them through a self-signed certificate. */
  readonly keySet: ReturnType<typeof createLocalJWKSet>;
  sign(claims: JWTPayload, typ?: string): Promise<string>;
}

export async function makeSigningKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = crypto.randomUUID();
  const marks = { kid, alg: 'RS256', use: 'sig' };
  const publicJwks = { keys: [{ ...(await exportJWK(publicKey)), ...marks }] };
  return {
    privateJwks: { keys: [{ ...(await exportJWK(privateKey)), ...marks }] },
    publicJwks,
    keySet: createLocalJWKSet(publicJwks),
    sign: (claims, typ = 'JWT') =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid, typ }).sign(privateKey),
  };
}
