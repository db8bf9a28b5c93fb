import { decodeJwt } from 'jose';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Browserless, pkcePair } from '../browserless.ts';
import { APP, FHIR, REDIRECT, SCOPE, startTestEhr } from './test-ehr.ts';

const { ehr, authorizeUrl, launched, redeem, redirected } = await startTestEhr();

afterAll(() => ehr.close());
afterEach(() => ehr.control.reset());

describe('EHR launch', () => {
  it('returns the launch context in the token response', async () => {
    const { answer, response, body } = await launched({
      patient: 'p0002',
      encounter: 'e1',
      practitioner: 'dr-1',
      need_patient_banner: false,
      smart_style_url: ehr.styleUrl,
      intent: 'reconcile-medications',
    });
    expect(answer.get('iss')).toBe(ehr.origin);
    expect(response.headers['access-control-allow-origin']).toBe(APP);
    expect(body).toMatchObject({
      token_type: 'Bearer',
      expires_in: 3600,
      scope: SCOPE,
      patient: 'p0002',
      encounter: 'e1',
      practitioner: 'dr-1',
      need_patient_banner: false,
      smart_style_url: ehr.styleUrl,
      intent: 'reconcile-medications',
      fhirUser: 'Practitioner/dr-1',
    });
    expect(decodeJwt(String(body.id_token))).toMatchObject({
      aud: ehr.clientId,
      iss: ehr.origin,
      fhirUser: `${FHIR}/Practitioner/dr-1`,
      name: 'Okafor, Ada',
    });
    const { sub } = decodeJwt(String(body.id_token));
    expect(sub).not.toContain('dr-1');
    expect(await ehr.claims(String(body.access_token))).toMatchObject({
      sub,
      aud: FHIR,
      scope: SCOPE,
      patient: 'p0002',
    });
  });

  it('returns the nonce, and accepts an aud with a trailing slash', async () => {
    const { body } = await launched({ patient: 'p0001' }, { aud: `${FHIR}/`, nonce: 'n-1' });
    expect(decodeJwt(String(body.id_token)).nonce).toBe('n-1');
  });

  it('refuses an unknown launch, a launch without its scope, a wrong or missing aud', async () => {
    const { challenge } = pkcePair();
    const unknown = await redirected(authorizeUrl(challenge, { launch: 'nobody-made-this' }));
    expect(unknown.get('error')).toBe('invalid_request');
    const launch = ehr.newLaunch({});
    const scope = await redirected(authorizeUrl(challenge, { launch, scope: 'patient/*.rs' }));
    expect(scope.get('error')).toBe('invalid_scope');
    const aud = await redirected(authorizeUrl(challenge, { aud: 'https://evil.example/fhir' }));
    expect(aud.get('error')).toBe('invalid_request');
    const none = await redirected(authorizeUrl(challenge, { aud: '' }));
    expect(none.get('error')).toBe('invalid_request');
  });

  it('refuses a request without PKCE, and a wrong verifier', async () => {
    const launch = ehr.newLaunch({ patient: 'p0001' });
    expect((await redirected(authorizeUrl(undefined, { launch }))).get('error')).toBe(
      'invalid_request',
    );
    const answer = await redirected(authorizeUrl(pkcePair().challenge, { launch }));
    const response = await redeem({
      grant_type: 'authorization_code',
      code: answer.get('code') ?? '',
      redirect_uri: REDIRECT,
      code_verifier: pkcePair().verifier,
    });
    expect(response.json().error).toBe('invalid_grant');
  });
});

describe('standalone launch', () => {
  it('lets the user choose a practitioner and a patient', async () => {
    const browser = new Browserless();
    const { verifier, challenge } = pkcePair();
    const scope = 'launch/patient openid patient/*.rs';
    const login = await browser.follow(authorizeUrl(challenge, { scope }), APP);
    expect(login.page?.text).toContain('Okafor, Ada');
    const user = 'Practitioner/dr-1';
    const picker = await browser.follow(login.url.href, APP, { user, search: 'sato' });
    expect(picker.page?.text).toContain('Sato, Ren');
    expect(picker.page?.text).not.toContain('Lind, Eva');
    const done = await browser.follow(picker.url.href, APP, { user, patient: 'p0002' });
    const response = await redeem({
      grant_type: 'authorization_code',
      code: done.url.searchParams.get('code') ?? '',
      redirect_uri: REDIRECT,
      code_verifier: verifier,
    });
    expect(response.json()).toMatchObject({ patient: 'p0002', scope });
    expect(response.json().refresh_token).toBeUndefined();
  });

  it('answers access_denied when the user cancels the sign-in', async () => {
    const browser = new Browserless();
    const url = authorizeUrl(pkcePair().challenge, { scope: 'openid user/Patient.rs' });
    const login = await browser.follow(url, APP);
    const done = await browser.follow(login.url.href, APP, { cancel: 'yes' });
    expect(done.url.searchParams.get('error')).toBe('access_denied');
  });
});
