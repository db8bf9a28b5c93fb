import type { FhirResource } from 'fhir/r4';
import { decodeJwt } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Browserless, pkcePair } from './browserless.ts';
import { startEhr, type Ehr } from './ehr.ts';
import type { LaunchContext } from './launch-context.ts';

const APP = 'http://localhost:5999';
const REDIRECT = `${APP}/callback`;
const FHIR = 'http://localhost:5998/fhir';
const SCOPE = 'launch openid fhirUser offline_access patient/*.rs';

const resources: FhirResource[] = [
  { resourceType: 'Practitioner', id: 'dr-1', name: [{ family: 'Okafor', given: ['Ada'] }] },
  { resourceType: 'Patient', id: 'p0001', name: [{ family: 'Lind', given: ['Eva'] }] },
  { resourceType: 'Patient', id: 'p0002', name: [{ family: 'Sato', given: ['Ren'] }] },
];

let ehr: Ehr;

beforeAll(async () => {
  ehr = await startEhr({
    fhirBase: FHIR,
    appOrigins: () => [APP],
    resources: (type) => resources.filter((r) => r.resourceType === type),
  });
});
afterAll(() => ehr.close());
afterEach(() => ehr.control.reset());

function authorizeUrl(
  challenge: string | undefined,
  more: Record<string, string> = {},
  path = '/auth/authorize',
): string {
  const params = new URLSearchParams({
    client_id: ehr.clientId,
    response_type: 'code',
    redirect_uri: REDIRECT,
    scope: SCOPE,
    state: 'state-1',
    aud: FHIR,
    ...(challenge && { code_challenge: challenge, code_challenge_method: 'S256' }),
    ...more,
  });
  return `${ehr.origin}${path}?${params}`;
}

const redeem = (form: Record<string, string>, path = '/auth/token') =>
  new Browserless().send(`${ehr.origin}${path}`, {
    form: { client_id: ehr.clientId, ...form },
    headers: { origin: APP },
  });

async function redirected(url: string): Promise<URLSearchParams> {
  const { url: reached } = await new Browserless().follow(url, APP);
  expect(reached.href).toMatch(/^http:\/\/localhost:5999\/callback\?/);
  return reached.searchParams;
}

async function launched(context: LaunchContext, more: Record<string, string> = {}) {
  const { verifier, challenge } = pkcePair();
  const answer = await redirected(
    authorizeUrl(challenge, { launch: ehr.newLaunch(context), ...more }),
  );
  expect(answer.get('state')).toBe('state-1');
  const response = await redeem({
    grant_type: 'authorization_code',
    code: answer.get('code') ?? '',
    redirect_uri: REDIRECT,
    code_verifier: verifier,
  });
  return { answer, response, body: response.json() };
}

describe('EHR launch', () => {
  it('hands the launch context over in the token response', async () => {
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
    expect(await ehr.claims(String(body.access_token))).toMatchObject({
      aud: FHIR,
      scope: SCOPE,
      patient: 'p0002',
    });
  });

  it('sends the nonce back and knows the trailing slash of aud', async () => {
    const { body } = await launched({ patient: 'p0001' }, { aud: `${FHIR}/`, nonce: 'n-1' });
    expect(decodeJwt(String(body.id_token)).nonce).toBe('n-1');
  });

  it('refuses an unknown launch, a launch without its scope, a foreign aud and a missing aud', async () => {
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
  it('asks who signs in and which patient', async () => {
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

  it('can be cancelled', async () => {
    const browser = new Browserless();
    const url = authorizeUrl(pkcePair().challenge, { scope: 'openid user/Patient.rs' });
    const login = await browser.follow(url, APP);
    const done = await browser.follow(login.url.href, APP, { cancel: 'yes' });
    expect(done.url.searchParams.get('error')).toBe('access_denied');
  });
});

describe('refresh and revocation', () => {
  it('rotates the refresh token and keeps the context', async () => {
    const { body } = await launched({ patient: 'p0001' });
    const form = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    const renewed = (await redeem(form)).json();
    expect(renewed).toMatchObject({ patient: 'p0001', scope: SCOPE });
    expect(renewed.refresh_token).not.toBe(body.refresh_token);
    expect((await redeem(form)).json().error).toBe('invalid_grant');
  });

  it('narrows on request and refuses more than was granted', async () => {
    ehr.control.refresh = 'keep';
    const { body } = await launched({ patient: 'p0001' });
    const form = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    expect((await redeem({ ...form, scope: 'patient/*.rs' })).json().scope).toBe('patient/*.rs');
    expect((await redeem({ ...form, scope: 'user/*.cruds' })).json().error).toBe('invalid_scope');
  });

  it('revokes an access token, opaque ones too', async () => {
    ehr.control.tokenFormat = 'opaque';
    const { body } = await launched({ patient: 'p0001' });
    const token = String(body.access_token);
    expect(await ehr.claims(token)).toMatchObject({ patient: 'p0001' });
    expect((await redeem({ token }, '/auth/revoke')).status).toBe(200);
    expect(await ehr.claims(token)).toBeUndefined();
  });
});

describe('odd servers', () => {
  it('answers as the control says', async () => {
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

  it('sends an error with or without state', async () => {
    ehr.control.authorizeError = { error: 'temporarily_unavailable', withState: false };
    const answer = await redirected(authorizeUrl(pkcePair().challenge));
    expect(Object.fromEntries(answer)).toEqual({ error: 'temporarily_unavailable' });
  });

  it('fails at the token endpoint', async () => {
    ehr.control.tokenFailure = { status: 502, body: '<h1>Bad gateway</h1>', contentType: 'html' };
    const response = await redeem({ grant_type: 'authorization_code' });
    expect(response.status).toBe(502);
    expect(response.headers['content-type']).toContain('text/html');
    ehr.control.tokenFailure = 'drop';
    await expect(redeem({ grant_type: 'authorization_code' })).rejects.toThrow();
  });

  it('plays the AadSmartOnFhirProxy', async () => {
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
          // Another verifier than the challenge's: the proxy drops both.
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
