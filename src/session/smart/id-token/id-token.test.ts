import { describe, expect, it } from 'vitest';
import { claimsOfIdToken, type ExpectedIdToken } from './id-token.ts';

const NOW = 1_800_000_000_000;
const expected: ExpectedIdToken = {
  issuer: 'https://ehr.example',
  clientId: 'app',
  nonce: 'n',
  now: NOW,
};
const good = { iss: expected.issuer, aud: 'app', nonce: 'n', exp: NOW / 1000 + 60, sub: 'u' };

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: object, header: object = { alg: 'RS256' }): string =>
  `${part(header)}.${part(claims)}.c2ln`;
const accepted = (claims: object, header?: object): boolean =>
  claimsOfIdToken(token(claims, header), expected) !== undefined;

describe('requirement 36: check of id_token claims (OpenID Connect Core 1.0, 3.1.3.7)', () => {
  it.each([
    ['all claims as expected', {}, true],
    ['another issuer', { iss: 'https://ehr.example/' }, false],
    ['another audience', { aud: 'other' }, false],
    ['another nonce', { nonce: 'm' }, false],
    ['no nonce', { nonce: undefined }, false],
    ['expired, but within the allowed clock difference', { exp: NOW / 1000 - 200 }, true],
    ['expired', { exp: NOW / 1000 - 400 }, false],
    ['no expiry', { exp: undefined }, false],
    ['a list of one audience', { aud: ['app'] }, true],
    ['several audiences with this app as azp', { aud: ['app', 'api'], azp: 'app' }, true],
    ['several audiences without azp', { aud: ['app', 'api'] }, false],
    ['another app as azp', { azp: 'other' }, false],
  ])('accepts only valid claims: %s', (_name, more, fine) => {
    expect(accepted({ ...good, ...more })).toBe(fine);
  });

  it.each(['a.b', 'a.b.c', undefined])('refuses a damaged or missing token: %j', (text) => {
    expect(claimsOfIdToken(text, expected)).toBeUndefined();
  });

  it.each(['none', 'None', undefined])('refuses a token signed with %j', (alg) => {
    expect(accepted(good, { alg })).toBe(false);
  });
});
