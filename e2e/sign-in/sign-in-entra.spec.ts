import { expect, test } from '../fixtures.ts';
import { LABELS } from '../support/app.ts';
import { UNAUTHORIZED } from '../support/records.ts';
import { settled } from '../support/settled.ts';
import { s256, exchange } from '../support/sign-in.ts';
import { withoutMathRandom } from '../support/without-math-random.ts';

test.describe('Entra ID', () => {
  test('requirements 8, 11, 21, 26: sign-in uses PKCE, state and nonce, redeems once and returns to its page', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    await app.open('/patients/p0001', 'entra');
    await expect(app.chart.banner).toBeVisible();
    await expect(page).toHaveURL(/\/patients\/p0001$/);
    const { asked, redeemed } = exchange(sandbox.entra.log);
    expect(asked['response_type']).toBe('code');
    expect(asked['client_id']).toBe(sandbox.entra.clientId);
    expect(asked['redirect_uri']).toBe(`${stage.appOrigin}/redirect.html`);
    expect(asked['scope']?.split(' ')).toContain(`${sandbox.entra.audience}/user_impersonation`);
    expect(asked['code_challenge_method']).toBe('S256');
    expect(asked['state']).toBeTruthy();
    expect(asked['nonce']?.length ?? 0).toBeGreaterThanOrEqual(22);
    expect(redeemed['code_verifier']).toMatch(/^[A-Za-z0-9\-._~]{43,128}$/);
    expect(s256(redeemed['code_verifier'] ?? '')).toBe(asked['code_challenge']);
    expect(redeemed['client_secret']).toBeUndefined();
    const read = sandbox.fhir.log.find(
      ({ method, path }) => method === 'GET' && path.endsWith('/Patient/p0001'),
    );
    expect(read?.status).toBe(200);
    await page.reload();
    await expect(app.chart.banner).toBeVisible();
    expect(sandbox.entra.log.filter(({ kind }) => kind === 'token')).toHaveLength(1);
  });

  test('requirement 20: the state holds 122 random bits of the app, different each time', async ({
    app,
    page,
    sandbox,
  }) => {
    await withoutMathRandom(page);
    const states: string[] = [];
    for (let i = 0; i < 3; i++) {
      sandbox.entra.log.length = 0;
      await page.goto('/');
      await app.shell.signInTo(LABELS.entra).click();
      await expect(page.getByRole('button', { name: 'Dr Casey Moreau' })).toBeVisible();
      states.push(
        sandbox.entra.log.find(({ kind }) => kind === 'authorize')?.params['state'] ?? '',
      );
      await page.goto('/');
      await page.evaluate(() => sessionStorage.clear());
    }
    expect(new Set(states).size).toBe(3);
    const own = states.map((state) => state.split('|')[1] ?? '');
    expect(new Set(own).size).toBe(3);
    for (const part of own) expect(part.length).toBeGreaterThanOrEqual(22);
  });

  test('the sandbox refuses a sign-in without PKCE, so that a sign-in proves PKCE', async ({
    playwright,
    sandbox,
    stage,
  }) => {
    const url = new URL(`${sandbox.entra.authority}/oauth2/v2.0/authorize`);
    url.search = new URLSearchParams({
      client_id: sandbox.entra.clientId,
      response_type: 'code',
      response_mode: 'fragment',
      redirect_uri: `${stage.appOrigin}/redirect.html`,
      scope: `openid ${sandbox.entra.audience}/user_impersonation`,
      state: 'x',
      nonce: 'y',
    }).toString();
    const request = await playwright.request.newContext({ ignoreHTTPSErrors: true });
    const answer = await request.get(url.href, { maxRedirects: 0 });
    expect(`${answer.headers()['location']}${await answer.text()}`).toMatch(/code_challenge|PKCE/);
    await request.dispose();
  });

  test('requirement 36: an id token with a wrong nonce does not sign in', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.entra.control.idToken = (claims) => ({ ...claims, nonce: 'another' });
    await page.goto('/patients');
    await app.shell.signInTo(LABELS.entra).click();
    await page.getByRole('button', { name: 'Dr Casey Moreau' }).click();
    await expect(app.shell.alert).toBeVisible();
    await expect(app.shell.signOut).toHaveCount(0);
    await expect(app.list.patients).toHaveCount(0);
    expect(sandbox.fhir.log.filter(({ path }) => /\/Patient/.test(path))).toEqual([]);
  });

  test('requirement 25: a forged response sends no token request and does not sign in', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.goto('/redirect.html#code=FORGED&state=FORGED');
    await page.goto('/');
    await expect(app.shell.signInTo(LABELS.entra)).toBeVisible();
    expect(sandbox.entra.log.filter(({ kind }) => kind === 'token')).toEqual([]);
  });

  test('requirement 25: a forged response during a sign-in sends no token request, and sign-in still works', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.goto('/patients');
    await app.shell.signInTo(LABELS.entra).click();
    await expect(page.getByRole('button', { name: 'Dr Casey Moreau' })).toBeVisible();
    await page.goto('/redirect.html#code=FORGED&state=FORGED');
    await expect(app.shell.signInTo(LABELS.entra)).toBeVisible();
    await expect(app.shell.signOut).toHaveCount(0);
    expect(sandbox.entra.log.filter(({ kind }) => kind === 'token')).toEqual([]);
    await app.signIn('entra');
    await app.listIsFilled();
    expect(sandbox.entra.log.filter(({ kind }) => kind === 'token')).toHaveLength(1);
  });

  test('requirement 25: a forged response in a signed-in tab sends no token request, and the session goes on', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList('entra');
    await page.goto('/redirect.html#code=FORGED&state=FORGED');
    await app.listIsFilled();
    await expect(app.shell.user).toHaveText('Dr Casey Moreau');
    expect(sandbox.entra.log.filter(({ kind }) => kind === 'token')).toHaveLength(1);
  });

  test('a token for another audience shows an error and does not loop', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.entra.control.audience = 'https://another.example';
    await page.goto('/patients');
    await app.shell.signInTo(LABELS.entra).click();
    await page.getByRole('button', { name: 'Dr Casey Moreau' }).click();
    await expect(app.shell.alert.or(page.getByRole('alertdialog')).first()).toBeVisible();
    await expect(app.list.patients).toHaveCount(0);
    expect(sandbox.fhir.log.some(({ status }) => status === 401)).toBe(true);
    await settled(page, sandbox); // a loop would not settle
    expect(sandbox.entra.log.filter(({ kind }) => kind === 'token').length).toBeLessThanOrEqual(2);
    expect(sandbox.entra.log.filter(({ kind }) => kind === 'authorize').length).toBeLessThanOrEqual(
      2,
    );
    await app.shell.alert.getByRole('button', { name: 'Try again' }).click();
    await expect
      .poll(() => sandbox.fhir.log.filter(({ status }) => status === 401).length)
      .toBeGreaterThan(2);
    expect(sandbox.entra.log.filter(({ kind }) => kind === 'token').length).toBeLessThanOrEqual(2);
    await app.shell.alert.getByRole('button', { name: 'Sign in again' }).click();
    await expect(page.getByRole('button', { name: 'Robin Adeyemi' })).toBeVisible();
    const asked = sandbox.entra.log.findLast(({ kind }) => kind === 'authorize')?.params ?? {};
    expect(asked['prompt']).toBe('select_account');
  });

  test('a user without a role sees the 403 explained, with a link to the access check, and stays signed in', async ({
    app,
  }) => {
    await app.open('/patients', 'entra', 'Noor Lindqvist');
    await expect(app.shell.alert).toContainText('You are not allowed');
    await expect(app.shell.alert.getByRole('link', { name: /access check/i })).toBeVisible();
    await expect(app.shell.signOut).toBeVisible();
  });

  test('requirement 32: a sign-in cancelled at the identity provider is reported and can be tried again', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.goto('/patients');
    await app.shell.signInTo(LABELS.entra).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(app.shell.main).toContainText(
      /cancel|not completed|could not be completed|declined/i,
    );
    expect(sandbox.entra.log.filter(({ kind }) => kind === 'token')).toEqual([]);
    await page.goto('/patients');
    await app.signIn('entra');
    await app.listIsFilled();
  });

  test('requirement 34: a token response without an access token does not sign in', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.entra.control.mutate = (response) => ({ ...response, access_token: undefined });
    await page.goto('/patients');
    await app.shell.signInTo(LABELS.entra).click();
    await page.getByRole('button', { name: 'Dr Casey Moreau' }).click();
    await expect(
      app.shell.main.getByRole('alert').or(app.shell.signInTo(LABELS.entra)).first(),
    ).toBeVisible();
    await expect(app.list.patients).toHaveCount(0);
  });

  test('requirement 40: a save fails with a message if the token endpoint never answers, and the next one works', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/net::ERR|401|abort/i);
    await app.open('/patients/awkward-inactive/edit', 'entra');
    await app.form.given.fill('Held');
    // Shortens the limit of 30 seconds to one: Playwright's clock does not move it.
    await page.evaluate(() => {
      const real = AbortSignal.timeout.bind(AbortSignal);
      AbortSignal.timeout = (ms) => real(ms === 30_000 ? 1_000 : ms);
    });
    await page.route(/\/token\?/, () => {});
    sandbox.fhir.faults.add({ method: 'PUT', times: 1, ...UNAUTHORIZED });
    await app.form.save.click();
    await expect(app.form.alert).toContainText('could not be completed');
    await expect(app.form.given).toHaveValue('Held');
    await page.unroute(/\/token\?/);
    await app.form.save.click();
    await expect(app.chart.banner).toContainText('Held');
  });

  test('requirement 36: an id token that is expired, foreign or for another app names no user', async ({
    afresh,
    app,
    page,
    sandbox,
  }) => {
    for (const change of [
      { aud: 'somebody-else' },
      { iss: 'https://evil.example/v2.0' },
      { exp: Math.floor(Date.now() / 1000) - 3600 },
    ]) {
      await afresh(Object.entries(change).join(), async () => {
        sandbox.entra.control.idToken = (claims) => ({ ...claims, ...change });
        await app.openList('entra');
        await expect(app.shell.user).toHaveCount(0);
        await page.reload();
        await app.listIsFilled();
        await expect(app.shell.user).toHaveCount(0);
      });
    }
  });

  test('requirement 36: roles in the id token grant nothing', async ({ app, page, sandbox }) => {
    sandbox.entra.control.idToken = (claims) => ({ ...claims, roles: ['FHIR Data Contributor'] });
    await app.open('/patients', 'entra', 'Robin Adeyemi');
    await app.listIsFilled();
    await expect(app.shell.user).toHaveText('Robin Adeyemi');
    await expect(app.list.newPatient.and(page.locator('a[href]'))).toHaveCount(0);
    await page.reload();
    await app.listIsFilled();
    await expect(app.shell.user).toHaveText('Robin Adeyemi');
  });
});
