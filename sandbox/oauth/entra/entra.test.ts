import { decodeJwt, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Browserless, pkcePair } from '../browserless.ts';
import { makeCertificate, type Certificate } from '../certificate.ts';
import { startEntra, type Entra } from './entra.ts';
import { ENTRA_USERS } from './entra-users.ts';

const APP = 'http://localhost:5999';
const REDIRECT = `${APP}/redirect.html`;
const FHIR = 'http://localhost:5998/fhir';
const [contributor, , noRole] = ENTRA_USERS;

let certificate: Certificate;
let entra: Entra;

beforeAll(async () => {
  certificate = await makeCertificate();
  entra = await startEntra({ certificate, audience: FHIR, appOrigins: () => [APP] });
});
afterAll(() => entra.close());
afterEach(() => entra.control.reset());

const endpoint = (name: string): string => `${entra.authority}/oauth2/v2.0/${name}`;

function authorizeUrl(challenge: string | undefined, more: Record<string, string> = {}): string {
  const params = new URLSearchParams({
    client_id: entra.clientId,
    response_type: 'code',
    response_mode: 'fragment',
    redirect_uri: REDIRECT,
    scope: `${FHIR}/user_impersonation openid profile offline_access`,
    state: 'state-1',
    nonce: 'nonce-1',
    ...(challenge && { code_challenge: challenge, code_challenge_method: 'S256' }),
    ...more,
  });
  return `${endpoint('authorize')}?${params}`;
}

/** Signs in by choosing a user (or Cancel). Resolves to the parameters of the redirect. */
async function signIn(
  browser: Browserless,
  url: string,
  choice: Record<string, string>,
): Promise<URLSearchParams> {
  const first = await browser.follow(url, APP);
  if (!first.page) return new URLSearchParams(first.url.hash.slice(1));
  expect(first.page.status).toBe(200);
  const second = await browser.follow(first.url.href, APP, choice);
  return new URLSearchParams(second.url.hash.slice(1));
}

const redeem = (browser: Browserless, form: Record<string, string>) =>
  browser.send(endpoint('token'), {
    form: { client_id: entra.clientId, ...form },
    headers: { origin: APP },
  });

async function tokens(userId: string = contributor!.id) {
  const browser = new Browserless(certificate.cert);
  const { verifier, challenge } = pkcePair();
  const answer = await signIn(browser, authorizeUrl(challenge), { user: userId });
  expect(answer.get('state')).toBe('state-1');
  const response = await redeem(browser, {
    grant_type: 'authorization_code',
    code: answer.get('code') ?? '',
    redirect_uri: REDIRECT,
    code_verifier: verifier,
  });
  return { browser, response, body: response.json() };
}

describe('sign-in', () => {
  it('issues an access token for the FHIR server with the claims of Entra', async () => {
    const { response, body } = await tokens();
    expect(response.status).toBe(200);
    expect(response.headers['access-control-allow-origin']).toBe(APP);
    const { payload } = await jwtVerify(String(body.access_token), entra.identity.key.keySet, {
      audience: FHIR,
      issuer: entra.issuer,
    });
    expect(payload).toMatchObject({
      tid: entra.tenant,
      oid: contributor!.id,
      roles: ['FHIR Data Contributor'],
      scp: 'user_impersonation',
      ver: '2.0',
    });
    const idToken = await jwtVerify(String(body.id_token), entra.identity.key.keySet, {
      audience: entra.clientId,
    });
    expect(idToken.payload).toMatchObject({ nonce: 'nonce-1', name: 'Dr Casey Moreau' });
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect(body.client_info).toBeTypeOf('string');
    expect(entra.log.find((e) => e.kind === 'authorize')?.params).toMatchObject({
      code_challenge_method: 'S256',
      state: 'state-1',
      nonce: 'nonce-1',
    });
  });

  it('issues a token without roles to a user without a role', async () => {
    const { body } = await tokens(noRole!.id);
    expect(decodeJwt(String(body.access_token)).roles).toEqual([]);
  });

  it('refuses a request without PKCE', async () => {
    const browser = new Browserless(certificate.cert);
    const answer = await signIn(browser, authorizeUrl(undefined), {});
    expect(answer.get('error')).toBe('invalid_request');
    expect(answer.get('error_description')).toContain('PKCE');
  });

  it('refuses a wrong PKCE verifier', async () => {
    const browser = new Browserless(certificate.cert);
    const answer = await signIn(browser, authorizeUrl(pkcePair().challenge), {
      user: contributor!.id,
    });
    const response = await redeem(browser, {
      grant_type: 'authorization_code',
      code: answer.get('code') ?? '',
      redirect_uri: REDIRECT,
      code_verifier: pkcePair().verifier,
    });
    expect(response.status).toBe(400);
    expect(response.json().error).toBe('invalid_grant');
  });

  it('answers AADSTS65004 with the state when the user cancels', async () => {
    const browser = new Browserless(certificate.cert);
    const answer = await signIn(browser, authorizeUrl(pkcePair().challenge), { cancel: 'yes' });
    expect(answer.get('error')).toBe('access_denied');
    expect(answer.get('error_description')).toContain('AADSTS65004');
    expect(answer.get('state')).toBe('state-1');
  });

  it('refuses a scope of another API and an unregistered redirect address', async () => {
    const browser = new Browserless(certificate.cert);
    const { challenge } = pkcePair();
    const scope = 'https://graph.microsoft.com/User.Read openid';
    const answer = await signIn(browser, authorizeUrl(challenge, { scope }), {});
    expect(answer.get('error')).toBe('invalid_scope');
    const url = authorizeUrl(challenge, { redirect_uri: 'https://evil.example/' });
    expect((await browser.send(url)).status).toBe(400);
  });

  it('answers prompt=none from the session, or with login_required', async () => {
    const { browser } = await tokens();
    const silent = authorizeUrl(pkcePair().challenge, { prompt: 'none' });
    expect((await signIn(browser, silent, {})).get('code')).toBeTruthy();
    const stranger = new Browserless(certificate.cert);
    expect((await signIn(stranger, silent, {})).get('error')).toBe('login_required');
    entra.control.interactionRequired = true;
    expect((await signIn(browser, silent, {})).get('error')).toBe('interaction_required');
  });
});

describe('refresh', () => {
  it('rotates the refresh token and refuses the old one', async () => {
    const { browser, body } = await tokens();
    const form = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    const renewed = await redeem(browser, form);
    expect(renewed.status).toBe(200);
    expect(renewed.json().refresh_token).not.toBe(body.refresh_token);
    expect((await redeem(browser, form)).json().error).toBe('invalid_grant');
  });

  it('is refused when the control says so', async () => {
    const { browser, body } = await tokens();
    const form = { grant_type: 'refresh_token', refresh_token: String(body.refresh_token) };
    entra.control.refuseRefresh = true;
    expect((await redeem(browser, form)).json().error).toBe('invalid_grant');
    entra.control.refuseRefresh = false;
    expect((await redeem(browser, form)).status).toBe(200);
  });
});

describe('the server', () => {
  it('publishes metadata and keys on its own origin', async () => {
    const browser = new Browserless(certificate.cert);
    const metadata = (
      await browser.send(`${entra.issuer}/.well-known/openid-configuration`)
    ).json();
    expect(metadata).toMatchObject({
      issuer: entra.issuer,
      authorization_endpoint: endpoint('authorize'),
      token_endpoint: endpoint('token'),
      end_session_endpoint: endpoint('logout'),
    });
    const keys = (await browser.send(String(metadata.jwks_uri))).json();
    expect(keys.keys).toHaveLength(1);
  });

  it('signs out and redirects to a registered address only', async () => {
    const { browser } = await tokens();
    const back = (uri: string): string =>
      `${endpoint('logout')}?post_logout_redirect_uri=${encodeURIComponent(uri)}&state=s`;
    expect((await browser.send(back('https://evil.example/'))).headers.location).toBeUndefined();
    // Entra ID redirects only to a registered redirect URI, not to other pages of the app.
    expect((await browser.send(back(`${APP}/`))).headers.location).toBeUndefined();
    expect((await browser.send(back(REDIRECT))).headers.location).toBe(`${REDIRECT}?state=s`);
    const silent = authorizeUrl(pkcePair().challenge, { prompt: 'none' });
    expect((await signIn(browser, silent, {})).get('error')).toBe('login_required');
  });

  it('changes tokens and responses as the control says', async () => {
    entra.control.audience = 'https://other.example';
    entra.control.dropNonce = true;
    entra.control.tokenLifetime = 5;
    entra.control.mutate = (response) => ({ ...response, scope: 'narrow' });
    const { body } = await tokens();
    const claims = decodeJwt(String(body.access_token));
    expect(claims.aud).toBe('https://other.example');
    expect(claims.exp! - claims.iat!).toBe(5);
    expect(decodeJwt(String(body.id_token)).nonce).toBeUndefined();
    expect(body.scope).toBe('narrow');
  });
});

it('uses another host name in all addresses when one is set', async () => {
  const mapped = await startEntra({
    certificate,
    audience: FHIR,
    appOrigins: () => [APP],
    host: 'login.microsoftonline.com',
  });
  const browser = new Browserless(certificate.cert);
  const path = `/${mapped.tenant}/v2.0/.well-known/openid-configuration`;
  const metadata = await browser.send(`https://localhost:${mapped.port}${path}`, {
    headers: { host: 'login.microsoftonline.com' },
  });
  expect(metadata.json()).toMatchObject({
    issuer: `https://login.microsoftonline.com/${mapped.tenant}/v2.0`,
    token_endpoint: `https://login.microsoftonline.com/${mapped.tenant}/oauth2/v2.0/token`,
  });
  await mapped.close();
});
