import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JSONWebKeySet } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { anyOf, jwtVerifier } from './tokens.ts';

describe('jwtVerifier', () => {
  let key: CryptoKey;
  let jwks: JSONWebKeySet;
  beforeAll(async () => {
    const pair = await generateKeyPair('RS256');
    key = pair.privateKey;
    jwks = { keys: [{ ...(await exportJWK(pair.publicKey)), alg: 'RS256', kid: '1' }] };
  });
  const sign = (
    claims: Record<string, unknown>,
    o: { aud?: string; iss?: string; exp?: string } = {},
  ): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader({ alg: 'RS256', kid: '1' })
      .setSubject('someone')
      .setIssuer(o.iss ?? 'https://issuer.example')
      .setAudience(o.aud ?? 'https://fhir.example')
      .setExpirationTime(o.exp ?? '5m')
      .sign(key);

  it('accepts only valid tokens that the issuer signed for this audience', async () => {
    const verify = jwtVerifier({
      jwks,
      issuer: 'https://issuer.example',
      audience: 'https://fhir.example',
    });
    expect(await verify(await sign({ scope: 'patient/*.rs openid', patient: 'p0001' }))).toEqual({
      subject: 'someone',
      scopes: ['patient/*.rs', 'openid'],
      patient: 'p0001',
    });
    expect(
      await verify(
        await sign({ roles: ['FHIR Data Reader'], scp: 'user_impersonation', oid: 'o' }),
      ),
    ).toEqual({ subject: 'o', roles: ['FHIR Data Reader'], scopes: ['user_impersonation'] });
    expect(await verify(await sign({}, { aud: 'https://other.example' }))).toBeUndefined();
    expect(await verify(await sign({}, { iss: 'https://other.example' }))).toBeUndefined();
    expect(await verify(await sign({}, { exp: '-1m' }))).toBeUndefined();
    const token = await sign({ roles: ['FHIR Data Reader'] });
    expect(await verify(`${token.slice(0, -6)}AAAAAA`)).toBeUndefined();
    expect(await verify('not-a-token')).toBeUndefined();
  });

  it('accepts a token when one of several verifiers does', async () => {
    const other = jwtVerifier({ jwks: { keys: [] }, issuer: 'x', audience: 'y' });
    const verify = anyOf(
      other,
      jwtVerifier({ jwks, issuer: 'https://issuer.example', audience: 'https://fhir.example' }),
    );
    expect(await verify(await sign({}))).toEqual({ subject: 'someone' });
  });
});
