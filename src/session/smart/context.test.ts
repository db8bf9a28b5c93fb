import { describe, expect, it } from 'vitest';
import { claimsOfIdToken } from './id-token.ts';
import { launchContext, masked, userReference } from './context.ts';
import { readTokenResponse } from './token-response.ts';

const BASE = 'https://ehr.example/fhir';
const NOW = 1_800_000_000_000;

const idToken = (claims: object, header: object = { alg: 'RS256' }): string =>
  [header, claims].map((p) => btoa(JSON.stringify(p)).replaceAll('=', '')).join('.') + '.sig';

const good = { iss: 'https://ehr.example', aud: 'app', nonce: 'n', exp: NOW / 1000 + 60 };
const expected = { issuer: good.iss, clientId: 'app', nonce: 'n', now: NOW };

describe('requirement 36: the id_token', () => {
  it('names somebody when everything fits', () => {
    expect(claimsOfIdToken(idToken(good), expected)?.['aud']).toBe('app');
    expect(claimsOfIdToken(idToken({ ...good, aud: ['x', 'app'] }), expected)).toBeDefined();
  });

  it.each([
    ['nonce', { ...good, nonce: 'other' }],
    ['missing nonce', { ...good, nonce: undefined }],
    ['audience', { ...good, aud: 'other' }],
    ['issuer', { ...good, iss: 'https://evil.test' }],
    ['expiry', { ...good, exp: NOW / 1000 - 3600 }],
    ['missing expiry', { ...good, exp: undefined }],
  ])('names nobody with a wrong %s', (_, claims) => {
    expect(claimsOfIdToken(idToken(claims), expected)).toBeUndefined();
  });

  it('names nobody when it is unsigned, damaged or missing', () => {
    expect(claimsOfIdToken(idToken(good, { alg: 'none' }), expected)).toBeUndefined();
    expect(claimsOfIdToken('a.b', expected)).toBeUndefined();
    expect(claimsOfIdToken(undefined, expected)).toBeUndefined();
  });
});

describe('the launch context', () => {
  it('is read from the response and the id_token, each value checked', () => {
    const response = readTokenResponse({
      access_token: 'secret',
      patient: 'p1',
      encounter: 'e1',
      need_patient_banner: 'false',
    });
    const context = launchContext(response, { fhirUser: `${BASE}/Practitioner/dr-1` }, BASE);
    expect(context).toMatchObject({
      patient: 'p1',
      encounter: 'e1',
      fhirUser: 'Practitioner/dr-1',
      needPatientBanner: false,
    });
    expect(JSON.stringify(context)).not.toContain('secret');
  });

  it.each(['https://evil.test/Practitioner/1', 'Practitioner/../x', 'Device/1', 'x', undefined])(
    'takes no fhirUser from %j',
    (value) => {
      expect(userReference(value, BASE)).toBeUndefined();
    },
  );

  it('masks every secret and cuts what is endless', () => {
    const shown = masked({
      access_token: 'CANARY-AT',
      refresh_token: 'CANARY-RT',
      id_token: 'CANARY-ID',
      client_secret: 'CANARY-CS',
      token_type: 'Bearer',
      patient: 'p1',
      long: 'x'.repeat(10_000),
    });
    expect(JSON.stringify(shown)).not.toContain('CANARY');
    expect(shown['token_type']).toBe('Bearer');
    expect(JSON.stringify(shown).length).toBeLessThan(1500);
  });
});
