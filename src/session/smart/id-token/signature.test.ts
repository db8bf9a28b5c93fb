import { describe, expect, it } from 'vitest';
import { checkIdToken } from './id-token.ts';
import type { KeySet } from './signature.ts';

const NOW = 1_800_000_000_000;
const claims = { iss: 'https://ehr.example', aud: 'app', nonce: 'n', exp: NOW / 1000 + 60 };
const expected = { issuer: claims.iss, clientId: 'app', nonce: 'n', now: NOW };

const encode = (value: Uint8Array | object): string =>
  Buffer.from(value instanceof Uint8Array ? value : JSON.stringify(value)).toString('base64url');

const ALGORITHMS = {
  RS256: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    saltLength: 32,
    namedCurve: 'P-256',
  },
  PS256: {
    name: 'RSA-PSS',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
    saltLength: 32,
    namedCurve: 'P-256',
  },
  ES256: { name: 'ECDSA', hash: 'SHA-256', namedCurve: 'P-256', saltLength: 32 },
} as const;
type Name = keyof typeof ALGORITHMS;

async function signer(alg: Name): Promise<{
  keys: KeySet;
  token: (more?: object, header?: object) => Promise<string>;
}> {
  const algorithm = ALGORITHMS[alg];
  const pair = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  if (!('publicKey' in pair)) throw new Error('no key pair');
  const jwk = { ...(await crypto.subtle.exportKey('jwk', pair.publicKey)), kid: alg, alg };
  return {
    keys: [jwk],
    async token(more = {}, header = {}) {
      const text = `${encode({ alg, kid: alg, ...header })}.${encode({ ...claims, ...more })}`;
      const data = new TextEncoder().encode(text);
      const signature = await crypto.subtle.sign(algorithm, pair.privateKey, data);
      return `${text}.${encode(new Uint8Array(signature))}`;
    },
  };
}

describe('requirement 36: signature of an id_token', () => {
  it.each(['RS256', 'PS256', 'ES256'] as const)(
    '%s: is valid only with the right key and unchanged claims',
    async (alg) => {
      const { keys, token } = await signer(alg);
      const good = await token({ name: 'Dr Good' });
      expect(await checkIdToken(good, expected, keys)).toMatchObject({
        verified: true,
        claims: { name: 'Dr Good' },
      });
      const forged = [good.split('.')[0], encode({ ...claims, name: 'X' }), good.split('.')[2]];
      const nobody = { claims: undefined, verified: false };
      expect(await checkIdToken(forged.join('.'), expected, keys)).toEqual(nobody);
      expect(await checkIdToken(good, expected, (await signer(alg)).keys)).toEqual(nobody);
      expect(await checkIdToken(good, expected, [])).toEqual(nobody);
      expect(await checkIdToken(good, expected, [{ kty: 'RSA', kid: alg }])).toEqual(nobody);
    },
  );

  it('is never verified with a key of another id, use or algorithm', async () => {
    const { keys, token } = await signer('RS256');
    const good = await token();
    for (const change of [{ kid: 'other' }, { use: 'enc' }, { alg: 'PS256' }]) {
      const changed = keys.map((key) => ({ ...key, ...change }));
      expect((await checkIdToken(good, expected, changed)).verified).toBe(false);
    }
    expect((await checkIdToken(await token({}, { kid: undefined }), expected, keys)).verified).toBe(
      true,
    );
  });

  it('leaves the claims unverified if it cannot be checked', async () => {
    const { keys, token } = await signer('RS256');
    const unnamed = { claims, verified: false };
    expect(await checkIdToken(await token(), expected, undefined)).toEqual(unnamed);
    expect(await checkIdToken(await token({}, { alg: 'HS256' }), expected, keys)).toEqual(unnamed);
    expect(await checkIdToken(await token({}, { alg: 'EdDSA' }), expected, keys)).toEqual(unnamed);
  });
});
