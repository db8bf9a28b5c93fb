import { fromBase64Url } from '../../base64-url.ts';

/** JSON Web Keys as a server publishes them (RFC 7517, 5). */
export type KeySet = readonly Readonly<Record<string, unknown>>[];

/** `unknown` if the signature could not be checked: no keys, or an unsupported algorithm. */
export type Verdict = 'valid' | 'invalid' | 'unknown';

type Algorithm = RsaHashedImportParams & RsaPssParams & EcKeyImportParams & EcdsaParams;

/**
 * Returns the WebCrypto parameters of a public-key signature (RFC 7518, 3.1). MACs are not
 * supported, because every holder of the key could forge one.
 */
function algorithmOf(alg: unknown): (Algorithm & { readonly kty: string }) | undefined {
  const [, family = '', bits = ''] =
    (typeof alg === 'string' && /^(RS|PS|ES)(256|384)$/.exec(alg)) || [];
  const hash = `SHA-${bits}`;
  const common = { hash, saltLength: Number(bits) / 8, namedCurve: `P-${bits}` };
  switch (family) {
    case 'RS':
      return { name: 'RSASSA-PKCS1-v1_5', kty: 'RSA', ...common };
    case 'PS':
      return { name: 'RSA-PSS', kty: 'RSA', ...common };
    case 'ES':
      return { name: 'ECDSA', kty: 'EC', ...common };
    default:
      return undefined;
  }
}

/**
 * Checks the signature of a JSON Web Token (RFC 7515, 5.2) with WebCrypto.
 *
 * @param header of the token, decoded
 * @param keys of the server that should have signed it
 */
export async function checkSignature(
  token: string,
  header: Readonly<Record<string, unknown>>,
  keys: KeySet | undefined,
): Promise<Verdict> {
  const { alg, kid } = header;
  if (typeof alg !== 'string' || alg.toLowerCase() === 'none') return 'invalid';
  const algorithm = algorithmOf(alg);
  if (!algorithm || !keys) return 'unknown';
  const fitting = keys.filter(
    (key) =>
      key['kty'] === algorithm.kty &&
      (key['use'] ?? 'sig') === 'sig' &&
      (key['alg'] ?? alg) === alg &&
      (kid === undefined || key['kid'] === undefined || key['kid'] === kid),
  );
  const end = token.lastIndexOf('.');
  const data = new TextEncoder().encode(token.slice(0, end));
  for (const key of fitting) {
    try {
      const imported = await crypto.subtle.importKey('jwk', { ...key }, algorithm, false, [
        'verify',
      ]);
      const signature = fromBase64Url(token.slice(end + 1));
      if (await crypto.subtle.verify(algorithm, imported, signature, data)) return 'valid';
    } catch {
      // A damaged key or a signature that is not base64url does not verify the token.
    }
  }
  return 'invalid';
}
