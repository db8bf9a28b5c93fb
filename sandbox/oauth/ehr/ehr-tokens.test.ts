import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { pkcePair } from '../browserless.ts';
import { REDIRECT, SCOPE, startTestEhr } from './test-ehr.ts';

const { ehr, authorizeUrl, launched, redeem, redirected } = await startTestEhr();

afterAll(() => ehr.close());
afterEach(() => ehr.control.reset());

describe('refresh and revocation', () => {
  it('rotates the refresh token and keeps the launch context', async () => {
    const { body } = await launched({ patient: 'p0001' });
    const form = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    const renewed = (await redeem(form)).json();
    expect(renewed).toMatchObject({ patient: 'p0001', scope: SCOPE });
    expect(renewed.refresh_token).not.toBe(body.refresh_token);
    expect((await redeem(form)).json().error).toBe('invalid_grant');
  });

  it('narrows the scope of a refresh on request, and refuses a wider one', async () => {
    ehr.control.refresh = 'keep';
    const { body } = await launched({ patient: 'p0001' });
    const form = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    expect((await redeem({ ...form, scope: 'patient/*.rs' })).json().scope).toBe('patient/*.rs');
    expect((await redeem({ ...form, scope: 'user/*.cruds' })).json().error).toBe('invalid_scope');
  });

  it('revokes an opaque access token', async () => {
    ehr.control.tokenFormat = 'opaque';
    const { body } = await launched({ patient: 'p0001' });
    const token = String(body.access_token);
    expect(await ehr.claims(token)).toMatchObject({ patient: 'p0001' });
    expect((await redeem({ token }, '/auth/revoke')).status).toBe(200);
    expect(await ehr.claims(token)).toBeUndefined();
  });
});

describe('an EHR that a test has changed', () => {
  it('changes the redirect and the token response as the control says', async () => {
    Object.assign(ehr.control, {
      expiresIn: 'string',
      booleansAsStrings: true,
      omit: ['patient', 'id_token'],
      grantScope: 'launch',
      responseIssuer: 'https://other.example',
      tokenLifetime: 60,
    });
    const { answer, body } = await launched({ patient: 'p0001', need_patient_banner: true });
    expect(answer.get('iss')).toBe('https://other.example');
    expect(body).toMatchObject({
      expires_in: '60',
      need_patient_banner: 'true',
      scope: 'launch',
    });
    expect(body.patient).toBeUndefined();
    expect(body.id_token).toBeUndefined();
  });

  it('answers an authorize request with an error without state', async () => {
    ehr.control.authorizeError = { error: 'temporarily_unavailable', withState: false };
    const answer = await redirected(authorizeUrl(pkcePair().challenge));
    expect(Object.fromEntries(answer)).toEqual({ error: 'temporarily_unavailable' });
  });

  it('answers the token endpoint with an error page, or drops the connection', async () => {
    ehr.control.tokenFailure = { status: 502, body: '<h1>Bad gateway</h1>', contentType: 'html' };
    const response = await redeem({ grant_type: 'authorization_code' });
    expect(response.status).toBe(502);
    expect(response.headers['content-type']).toContain('text/html');
    ehr.control.tokenFailure = 'drop';
    await expect(redeem({ grant_type: 'authorization_code' })).rejects.toThrow();
  });

  it('imitates the AadSmartOnFhirProxy', async () => {
    ehr.control.legacyProxy = true;
    const launch = ehr.newLaunch({ patient: 'p0001', need_patient_banner: true });
    const path = '/AadSmartOnFhirProxy/authorize';
    const answer = await redirected(authorizeUrl(pkcePair().challenge, { launch }, path));
    const code = answer.get('code') ?? '';
    expect(JSON.parse(Buffer.from(code, 'base64url').toString())).toMatchObject({
      patient: 'p0001',
    });
    const body = (
      await redeem(
        {
          grant_type: 'authorization_code',
          code,
          redirect_uri: REDIRECT,
          // This verifier does not match the challenge: the proxy drops both.
          code_verifier: pkcePair().verifier,
        },
        '/AadSmartOnFhirProxy/token',
      )
    ).json();
    expect(body).toMatchObject({
      expires_in: '3600',
      scope: 'user_impersonation',
      patient: 'p0001',
      client_id: ehr.clientId,
    });
  });
});
