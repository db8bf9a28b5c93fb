import { describe, expect, it } from 'vitest';
import { launchContext, masked, userReference } from './context.ts';
import { readTokenResponse } from './tokens/token-response.ts';

const BASE = 'https://ehr.example/fhir';

describe('launch context', () => {
  it('holds the checked values of the token response and the id_token', () => {
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

  it.each([
    'Practitioner/1',
    'https://ehr.example/fhir/Practitioner/1',
    'https://EHR.example/fhir/Practitioner/1',
    'https://ehr.example:443/fhir/Practitioner/1',
    'https://ehr.example/fhir//Practitioner/1',
  ])('has the fhirUser of %s', (value) => {
    expect(userReference(value, BASE)).toBe('Practitioner/1');
  });

  it.each([
    'https://evil.test/Practitioner/1',
    'http://ehr.example/fhir/Practitioner/1',
    'https://x@ehr.example/fhir/Practitioner/1',
    'https://ehr.example/fhir/Practitioner/1?x',
    'Practitioner/../x',
    'Practitioner/..',
    'Practitioner/.',
    'Practitioner/1/2',
    'Practitioner',
    'Device/1',
    'x',
    undefined,
  ])('has no fhirUser for %j', (value) => {
    expect(userReference(value, BASE)).toBeUndefined();
  });

  it('masks every secret and shortens long values', () => {
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
