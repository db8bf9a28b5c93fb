import { describe, expect, it } from 'vitest';
import { LaunchError } from '../../errors.ts';
import { readTokenResponse } from './token-response.ts';

const NOW = 1_800_000_000_000;
const read = (more: object = {}) =>
  readTokenResponse({ access_token: 'at', token_type: 'Bearer', expires_in: 3600, ...more }, NOW);
const seconds = (more: object): number | undefined => {
  const { expiresAt } = read(more);
  return expiresAt && (expiresAt - NOW) / 1000;
};

describe('requirement 34: token response', () => {
  it.each([
    [3599, 3599],
    ['3599', 3599],
    [undefined, undefined],
    [0, undefined],
    [-1, undefined],
    ['abc', undefined],
    [1e99, 86_400],
    [Number.NaN, undefined],
    [null, undefined],
    [{}, undefined],
  ])('expires_in %o means %s seconds', (given, expected) => {
    expect(seconds({ expires_in: given })).toBe(expected);
  });

  it('uses the expiry in the token if expires_in is missing', () => {
    const part = (value: object): string => btoa(JSON.stringify(value)).replaceAll('=', '');
    const jwt = `${part({ alg: 'RS256' })}.${part({ exp: NOW / 1000 + 900 })}.x`;
    expect(seconds({ access_token: jwt, expires_in: undefined })).toBe(900);
  });

  it.each([
    [{ access_token: undefined }],
    [{ access_token: '' }],
    [{ access_token: 42 }],
    [{ access_token: 'a\nb' }],
    [{ token_type: 'mac' }],
    [{ token_type: {} }],
  ])('refuses %j', (more) => {
    expect(() => read(more)).toThrow(LaunchError);
  });

  it.each([[null], [[]], ['text'], [7], [undefined]])('refuses %j as a whole', (value) => {
    expect(() => readTokenResponse(value, NOW)).toThrow(LaunchError);
  });

  it.each([
    ['p-1.2', 'p-1.2'],
    [12, '12'],
    ['../Observation', undefined],
    ['a?b', undefined],
    ['.', undefined],
    ['..', undefined],
    ['a'.repeat(65), undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('an id %j is read as %j', (given, expected) => {
    const { patient, encounter, practitioner } = read({
      patient: given,
      encounter: given,
      practitioner: given,
    });
    expect([patient, encounter, practitioner]).toEqual([expected, expected, expected]);
  });

  it.each([
    [true, true],
    [false, false],
    ['true', true],
    ['false', false],
    [undefined, true],
    ['nonsense', true],
  ])('need_patient_banner %j is read as %j', (given, expected) => {
    expect(read({ need_patient_banner: given }).needPatientBanner).toBe(expected);
  });

  it('accepts a token without a type, and "bearer" in any case', () => {
    expect(read({ token_type: undefined }).accessToken).toBe('at');
    expect(read({ token_type: 'bEARER' }).accessToken).toBe('at');
  });

  it('has no scope if the server omits it', () => {
    expect(read().scope).toBeUndefined();
  });
});
