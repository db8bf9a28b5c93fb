import {
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  SignJWT,
  type JSONWebKeySet,
  type JWK,
  type JWTPayload,
} from 'jose';

/** The RS256 key of one authorization server, made anew at each start. */
export interface SigningKey {
  /** With the private part, for oidc-provider. */
  readonly privateJwks: { readonly keys: JWK[] };
  /** What the server publishes. */
  readonly publicJwks: JSONWebKeySet;
  /** For `jwtVerify`: the same keys without a round trip to an address with a self-signed certificate. */
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
