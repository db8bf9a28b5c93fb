import { createHash } from 'node:crypto';
import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import type { App } from './support/app.ts';
import { LABELS } from './support/app.ts';
import { searchAfterExpiry, UNAUTHORIZED } from './support/records.ts';

/** Strings that a page keeps for the length of the tab. */
const kept = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify(sessionStorage));

const s256 = (verifier: string): string =>
  createHash('sha256').update(verifier).digest('base64url');

/** The one authorize and the one token request of a sign-in. */
function exchange(log: App['stage']['sandbox']['entra']['log']) {
  const authorize = log.filter(({ kind }) => kind === 'authorize');
  const token = log.filter(({ kind, method }) => kind === 'token' && method === 'POST');
  expect(authorize).toHaveLength(1);
  expect(token).toHaveLength(1);
  return { asked: authorize[0]?.params ?? {}, redeemed: token[0]?.params ?? {}, token: token[0] };
}

test.describe('Entra ID', () => {
  test('requirements 8, 11, 21, 26: full round trip with PKCE, state and nonce, back to the page asked for, once', async ({
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

  test('requirement 20: the state holds 122 random bits of our own, different each time', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.addInitScript(() => {
      Math.random = () => 0.5;
    });
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

  test('the sandbox refuses a sign-in without PKCE, so that the round trip proves it', async ({
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

  test('requirement 36: a wrong nonce: not signed in', async ({ app, page, sandbox }) => {
    sandbox.entra.control.idToken = (claims) => ({ ...claims, nonce: 'another' });
    await page.goto('/patients');
    await app.shell.signInTo(LABELS.entra).click();
    await page.getByRole('button', { name: 'Dr Casey Moreau' }).click();
    await expect(app.shell.alert).toBeVisible();
    await expect(app.shell.signOut).toHaveCount(0);
    await expect(app.list.patients).toHaveCount(0);
    expect(sandbox.fhir.log.filter(({ path }) => /\/Patient/.test(path))).toEqual([]);
  });

  test('requirement 25: a forged answer: no token request, not signed in', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.goto('/redirect.html#code=FORGED&state=FORGED');
    await page.goto('/');
    await expect(app.shell.signInTo(LABELS.entra)).toBeVisible();
    expect(sandbox.entra.log.filter(({ kind }) => kind === 'token')).toEqual([]);
  });

  test('requirement 25: a forged answer while a sign-in is pending: no token request', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.goto('/');
    await app.shell.signInTo(LABELS.entra).click();
    await expect(page.getByRole('button', { name: 'Dr Casey Moreau' })).toBeVisible();
    await page.goto('/redirect.html#code=FORGED&state=FORGED');
    await page.goto('/');
    await expect(app.shell.signOut).toHaveCount(0);
    await expect(app.shell.main).toContainText(/sign in/i);
    expect(sandbox.entra.log.filter(({ kind }) => kind === 'token')).toEqual([]);
  });

  test('a token for another audience: 401 is explained, and nothing loops', async ({
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
    await page.waitForTimeout(1_500);
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

  test('someone without a role: 403 is said in words, with the access check, and no sign-out', async ({
    app,
  }) => {
    await app.open('/patients', 'entra', 'Noor Lindqvist');
    await expect(app.shell.alert).toContainText('You are not allowed');
    await expect(app.shell.alert.getByRole('link', { name: /access check/i })).toBeVisible();
    await expect(app.shell.signOut).toBeVisible();
  });

  test('requirement 32: cancelled at the identity provider: said, and one may try again', async ({
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

  test('requirement 34: an answer without an access token is not a sign-in', async ({
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

  test('requirement 36: an id token that is not for us names nobody, also after a reload', async ({
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

  test('requirement 36: what an id token says of roles decides nothing', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.entra.control.idToken = (claims) => ({ ...claims, roles: ['FHIR Data Contributor'] });
    await app.open('/patients', 'entra', 'Robin Adeyemi');
    await app.listIsFilled();
    await expect(app.shell.user).toHaveText('Robin Adeyemi');
    await expect(app.list.newPatient.and(page.locator('a[href]'))).toHaveCount(0);
    await page.reload();
    await app.listIsFilled();
    await expect(app.shell.user).toHaveText('Robin Adeyemi');
  });

  test('requirement 32: what Entra ID refuses is said in words, with the way on', async ({
    afresh,
    app,
    page,
    sandbox,
  }) => {
    test.setTimeout(120_000);
    for (const [code, said] of [
      ['AADSTS50020', 'does not belong to the organisation'],
      ['AADSTS65001', 'An administrator must first allow this app'],
      ['AADSTS50105', 'has not been assigned to this app'],
      ['AADSTS53003', 'rules do not allow this sign-in'],
      ['AADSTS50011', 'redirect address of this site is not registered'],
      ['AADSTS700016', 'does not know this app'],
      ['AADSTS50057', 'locked or disabled'],
      ['AADB2C90091', 'The sign-in was cancelled'],
    ] as const) {
      await afresh(code, async () => {
        const description = `${code}: <img src=x onerror=globalThis.__xss=1> Trace ID: 1`;
        sandbox.entra.control.deny = { error: 'access_denied', description };
        await page.goto('/patients');
        await app.shell.signInTo(LABELS.entra).click();
        await expect(app.shell.alert).toContainText(said);
        await expect(app.shell.alert).toContainText(code);
        await expect(app.shell.alert.locator('img[src="x"]')).toHaveCount(0);
        await expect(app.shell.alert.getByRole('link', { name: 'Access check' })).toBeVisible();
        await page.getByRole('button', { name: 'Start over' }).click();
        await expect(app.shell.signInTo(LABELS.entra)).toBeVisible();
      });
    }
    sandbox.entra.control.deny = undefined;
    await app.signIn('entra');
    await app.listIsFilled();
  });

  test('a clock that is a day ahead: signed in, and nothing loops', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.clock.install({ time: Date.now() + 26 * 3_600_000 });
    await app.openList('entra');
    await page.reload();
    await app.listIsFilled();
    expect(sandbox.entra.log.filter(({ kind }) => kind === 'authorize')).toHaveLength(1);
    expect(
      sandbox.entra.log.filter(({ kind, method }) => kind === 'token' && method === 'POST').length,
    ).toBeLessThanOrEqual(2);
  });

  test('an identity provider that cannot be reached: said, with what to look at', async ({
    app,
    guard,
    page,
    sandbox,
    stage,
  }) => {
    guard.allowError(/net::ERR|fetch|endpoints_resolution|ClientAuthError/i);
    const config = sandbox.appConfig();
    const authority = 'https://localhost:9/11111111-2222-3333-4444-555555555555';
    stage.host.setConfig({
      ...config,
      servers: config.servers.map((server) =>
        server.id === 'entra'
          ? { ...server, auth: { ...server.auth, authority, knownAuthorities: ['localhost:9'] } }
          : server,
      ),
    });
    guard.allowOrigin('https://localhost:9');
    await page.goto('/patients');
    await app.shell.signInTo(LABELS.entra).click();
    await expect(app.shell.alert).toContainText('identity provider could not be reached');
    await expect(app.shell.alert).toContainText('certificate');
    await expect(app.shell.signInTo(LABELS.entra)).toBeEnabled();
  });

  test('cookies and storage blocked in a tab: explained before anything is sent', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'sessionStorage', {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
    });
    await page.goto('/patients');
    for (const server of ['entra', 'ehr'] as const) {
      await app.shell.signInTo(LABELS[server]).click();
      await expect(app.shell.alert.last()).toContainText('does not let this page keep anything');
    }
    expect([...sandbox.entra.log, ...sandbox.ehr.log]).toEqual([]);
  });

  test('the sign-in of the day is over: masked, and again in place with what was searched for', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/interaction_required|login_required|BrowserAuthError|frame/i);
    await app.openList('entra');
    await app.list.box.fill('Methusa');
    await app.list.searchButton.click();
    await expect(app.list.rows).toHaveCount(1);
    sandbox.entra.control.refuseRefresh = true; // AADSTS700084, after 24 hours
    await page.context().clearCookies(); // and the provider knows nobody any more
    const again = sandbox.fhir.faults.add({
      method: 'GET',
      path: /\/fhir\/[A-Z]/,
      ...UNAUTHORIZED,
    });
    await app.list.patient(/methusa/i).click();
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toContainText('Your session has ended');
    await expect(app.list.patients).toBeHidden();
    await expect(app.chart.banner).toBeHidden();
    again();
    const address = page.url();
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('button', { name: 'Dr Casey Moreau' }).click();
    await expect(app.chart.banner).toBeVisible();
    expect(page.url()).toBe(address);
  });

  test('what a policy asks for on top goes into the next sign-in', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/interaction_required|BrowserAuthError|frame/i);
    await app.openList('entra');
    sandbox.entra.control.interactionRequired = true;
    const again = sandbox.fhir.faults.add({ method: 'GET', path: /Patient/, ...UNAUTHORIZED });
    await app.list.box.fill('Methusa');
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toBeVisible();
    again();
    sandbox.entra.log.length = 0;
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('button', { name: 'Dr Casey Moreau' }).click();
    await expect(app.list.patient(/methusa/i)).toBeVisible();
    await expect(app.list.box).toHaveValue('Methusa');
    const asked = sandbox.entra.log.find(({ kind }) => kind === 'authorize')?.params ?? {};
    expect(asked['claims']).toContain('"acrs"');
  });

  test('a token that the server never takes: four sign-ins in a minute are called a loop', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    test.setTimeout(120_000);
    guard.allowError(/interaction_required|BrowserAuthError|frame/i);
    await app.openList('entra');
    sandbox.entra.control.interactionRequired = true;
    sandbox.entra.control.signInAs = sandbox.entra.users[0]?.id;
    sandbox.fhir.faults.add({ method: 'GET', path: /Patient/, ...UNAUTHORIZED });
    await app.list.box.fill('Methusa');
    const dialog = page.getByRole('alertdialog');
    for (let i = 0; i < 2; i++) {
      const arrived = page.waitForEvent('load');
      await dialog.getByRole('button', { name: 'Sign in again' }).click();
      await arrived;
      await expect(dialog).toContainText('Your session has ended', { timeout: 20_000 });
    }
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await expect(dialog).toContainText('back and forth');
    await expect(dialog).toContainText('three times in a minute');
    await expect(dialog.getByRole('link', { name: 'Access check' }).first()).toBeVisible();
  });

  test('another account of the same person: chosen, switched to, and kept over a reload', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList('entra');
    await expect(app.shell.user).toHaveText('Dr Casey Moreau');
    await app.shell.accessCheck.click();
    sandbox.entra.log.length = 0;
    const choose = page.getByRole('button', { name: /account/i });
    // A sign-in that cannot be started is said: here because of three in the last minute.
    await page.evaluate(() => {
      sessionStorage.setItem('/pb.redirects', JSON.stringify([1, 2, 3].map(() => Date.now())));
    });
    await choose.click();
    await expect(app.shell.alert).toContainText('could not be completed');
    await page.evaluate(() => sessionStorage.removeItem('/pb.redirects'));
    // One that is cancelled is said as well, and the session is still there.
    await choose.click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(app.shell.alert).toContainText('declined');
    await expect(app.shell.main).not.toContainText('Nobody is signed in');
    await page.getByRole('button', { name: 'Back to the open session' }).click();
    await expect(app.shell.user).toHaveText('Dr Casey Moreau');
    sandbox.entra.log.length = 0;
    await choose.click();
    const other = page.getByRole('button', { name: 'Robin Adeyemi' });
    await expect(other).toBeVisible();
    // Requirement 43: however long it takes, what is completed is a new session and not an idle one.
    await page.clock.install({ time: Date.now() + 16 * 60_000 });
    await other.click();
    await expect(app.shell.user).toHaveText('Robin Adeyemi');
    const asked = sandbox.entra.log.find(({ kind }) => kind === 'authorize')?.params ?? {};
    expect(asked['prompt']).toBe('select_account');
    await page.reload();
    await expect(app.shell.user).toHaveText('Robin Adeyemi');
    await app.shell.patients.click();
    await app.listIsFilled();
    await expect(app.list.newPatient.and(page.locator('a[href]'))).toHaveCount(0);
    await app.shell.signOut.click();
    await expect(app.shell.signInTo(LABELS.entra)).toBeVisible();
    expect(await kept(page), 'no account is left').not.toMatch(/eyJ|Robin|Casey/);
  });

  test('requirement 43: a sign-in that was begun and left is no use of the session: Back finds it idle', async ({
    app,
    page,
  }) => {
    await app.openList('entra');
    await app.shell.accessCheck.click();
    await page.getByRole('button', { name: /account/i }).click();
    await expect(page.getByRole('button', { name: 'Robin Adeyemi' })).toBeVisible();
    await page.clock.install({ time: Date.now() + 16 * 60_000 }); // somebody else comes along
    await page.goBack();
    await expect(page.getByText('not used for a while')).toBeVisible();
    await expect(app.shell.signInTo(LABELS.entra)).toBeVisible();
    expect(await kept(page)).not.toMatch(/eyJ/);
  });

  test('requirement 38: signing out in one tab ends the Entra session of all', async ({
    app,
    context,
  }) => {
    await app.openList('entra');
    const other = app.in(await context.newPage());
    await other.openList('entra');
    const third = app.in(await context.newPage());
    await third.openList('ehr');
    await app.shell.signOut.click();
    for (const tab of [app, other, third]) {
      await expect(tab.shell.signInTo(LABELS.entra)).toBeVisible();
      await expect(tab.list.patients).toHaveCount(0);
      expect(await kept(tab.page)).not.toMatch(/eyJ/);
    }
  });

  test('requirement 38: signing out clears storage, ends the session at the provider, and Back shows nothing', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList('entra');
    expect(await kept(page)).toMatch(/eyJ/);
    await app.shell.signOut.click();
    await expect.poll(() => sandbox.entra.log.some(({ kind }) => kind === 'logout')).toBe(true);
    await expect(app.shell.signInTo(LABELS.entra)).toBeVisible();
    expect(await kept(page)).not.toMatch(/eyJ|p0001|accesstoken|refreshtoken/i);
    await page.goBack().catch(() => null);
    await expect(app.list.patients).toHaveCount(0);
  });

  test('requirement 38: signing out in one tab signs out the other', async ({
    app,
    context,
    page,
  }) => {
    await app.openList('token');
    const other = app.in(await context.newPage());
    await other.openList('token');
    await app.shell.signOut.click();
    await expect(app.shell.signInTo(LABELS.open)).toBeVisible();
    await expect(other.shell.signInTo(LABELS.open)).toBeVisible();
    await expect(other.list.patients).toHaveCount(0);
    await expect(page).toHaveURL(/\/$|\/patients$/);
  });
});

test.describe('SMART, standalone', () => {
  test('requirements 2, 3, 4, 5, 6, 7, 8, 9, 10, 11: full round trip with PKCE, state, nonce and aud', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    await app.open('/patients', 'ehr');
    await app.listIsFilled();
    await expect(page).toHaveURL(/\/patients$/);
    const { asked, redeemed, token } = exchange(sandbox.ehr.log);
    expect(asked['response_type']).toBe('code');
    expect(asked['client_id']).toBe(sandbox.ehr.clientId);
    expect(asked['redirect_uri']).toBe(`${stage.appOrigin}/callback`);
    expect(asked['aud']).toBe(sandbox.ehr.iss);
    expect(asked['launch']).toBeUndefined();
    expect(asked['scope']).toContain('openid');
    expect(asked['scope']?.split(' ')).not.toContain('*');
    expect(asked['state']?.length ?? 0).toBeGreaterThanOrEqual(22);
    expect(asked['nonce']?.length ?? 0).toBeGreaterThanOrEqual(22);
    expect(asked['code_challenge_method']).toBe('S256');
    expect(redeemed['grant_type']).toBe('authorization_code');
    expect(redeemed['redirect_uri']).toBe(asked['redirect_uri']);
    expect(redeemed['client_id']).toBe(sandbox.ehr.clientId);
    expect(redeemed['client_secret']).toBeUndefined();
    expect(token?.headers['authorization']).toBeUndefined();
    expect(redeemed['code_verifier']).toMatch(/^[A-Za-z0-9\-._~]{43,128}$/);
    expect(s256(redeemed['code_verifier'] ?? '')).toBe(asked['code_challenge']);
  });

  test('requirements 19, 20: state and verifier do not come from Math.random', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.addInitScript(() => {
      Math.random = () => 0.5;
    });
    const values: string[] = [];
    for (let i = 0; i < 3; i++) {
      sandbox.ehr.log.length = 0;
      await page.goto('/');
      await app.shell.signInTo(LABELS.ehr).click();
      await expect(page.getByRole('button', { name: /Practitioner/ }).first()).toBeVisible();
      const asked = sandbox.ehr.log.find(({ kind }) => kind === 'authorize')?.params ?? {};
      values.push(asked['state'] ?? '', asked['code_challenge'] ?? '', asked['nonce'] ?? '');
    }
    expect(new Set(values).size).toBe(values.length);
  });

  test('requirement 18: a server that does not advertise S256 is refused', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.ehr.control.advertiseS256 = false;
    await page.goto('/');
    await app.shell.signInTo(LABELS.ehr).click();
    await expect(app.shell.alert).toContainText(/PKCE|S256/);
    expect(sandbox.ehr.log.filter(({ kind }) => kind === 'authorize')).toEqual([]);
  });

  test('requirement 36: an id token with a wrong nonce names nobody', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.ehr.control.idToken = (claims) => ({
      ...claims,
      nonce: 'another',
      name: 'Forged Person',
    });
    await app.open('/patients', 'ehr');
    await app.listIsFilled();
    await expect(page.getByText('Forged Person')).toHaveCount(0);
  });

  test('requirement 36: who signed in is named where the server signed the id token, and only there', async ({
    app,
    guard,
    sandbox,
  }) => {
    test.setTimeout(120_000);
    guard.allowError(/net::ERR|CORS|fetch/i);
    await app.openList('ehr');
    const who = sandbox.ehr.directory.practitioners[0]?.name ?? '';
    await expect(app.shell.user).toHaveText(who);
    for (const change of [
      { foreignKey: true },
      { keysReachable: false },
      { idToken: (claims: Record<string, unknown>) => ({ ...claims, aud: 'another' }) },
      { idToken: (claims: Record<string, unknown>) => ({ ...claims, iss: 'https://other.test' }) },
      { idToken: (claims: Record<string, unknown>) => ({ ...claims, exp: 1 }) },
      { omit: ['id_token'] },
    ]) {
      await app.shell.signOut.click();
      await expect(app.shell.signInTo(LABELS.ehr)).toBeVisible();
      sandbox.ehr.control.reset();
      Object.assign(sandbox.ehr.control, change);
      await app.openList('ehr'); // the sign-in goes on
      await expect(app.shell.user).toHaveCount(0);
    }
  });

  test('requirement 22: exactly the scopes of the site, as the server spells them', async ({
    afresh,
    app,
    sandbox,
  }) => {
    for (const [declared, expected] of [
      [['permission-v1', 'permission-v2'], 'openid fhirUser offline_access user/*.cruds'],
      [['permission-v2'], 'openid fhirUser offline_access user/*.cruds'],
      [['permission-v1'], 'openid fhirUser offline_access user/*.*'],
    ] as const) {
      await afresh(declared.join(' and '), async () => {
        sandbox.ehr.control.metadata = (metadata) => ({
          ...metadata,
          capabilities: ['launch-standalone', 'client-public', ...declared],
        });
        await app.openList('ehr');
        const asked = sandbox.ehr.log.find(({ kind }) => kind === 'authorize')?.params ?? {};
        expect(asked['scope']).toBe(expected);
      });
    }
  });

  test('opaque tokens, a textual expires_in and no scope in the answer: works, also after a reload', async ({
    app,
    page,
    sandbox,
  }) => {
    Object.assign(sandbox.ehr.control, {
      tokenFormat: 'opaque',
      expiresIn: 'string',
      omit: ['scope', 'id_token'],
    });
    await app.openList('ehr');
    await page.reload();
    await app.listIsFilled();
    await searchAfterExpiry(app, 'Methusa');
    await app.list.searchButton.click();
    await expect(app.list.patient(/methusa/i)).toBeVisible();
  });

  test('requirement 38: signing out while offline clears everything here', async ({
    app,
    context,
    guard,
    page,
  }) => {
    guard.allowError(/net::ERR_INTERNET_DISCONNECTED/);
    await app.openList('ehr');
    await context.setOffline(true);
    await app.shell.signOut.click();
    await expect(app.shell.signInTo(LABELS.ehr)).toBeVisible();
    await expect(app.list.patients).toHaveCount(0);
    expect(await kept(page)).not.toMatch(/eyJ|access_token|SMART_KEY/);
    await context.setOffline(false);
  });

  test('requirement 38: signing out clears everything, revokes the token and ends the session at the provider', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    const config = sandbox.appConfig();
    for (const { auth } of config.servers)
      if (auth.type === 'smart')
        Object.assign(auth, { endSessionEndpoint: sandbox.ehr.endSessionEndpoint });
    stage.host.setConfig(config);
    await app.openList('ehr');
    await app.shell.signOut.click();
    await expect(app.shell.signInTo(LABELS.ehr)).toBeVisible();
    expect(await kept(page)).not.toMatch(/eyJ|access_token|SMART_KEY/);
    const revoked = sandbox.ehr.log.filter(
      ({ kind, method }) => kind === 'revoke' && method === 'POST',
    );
    expect(revoked).toHaveLength(1);
    expect(revoked[0]?.params['client_id']).toBe(sandbox.ehr.clientId);
    await expect(page.getByText('You are signed out')).toBeVisible();
    const ended = sandbox.ehr.log.filter(({ kind }) => kind === 'logout');
    // No id_token_hint: an address is no place for a token.
    expect(ended.map(({ status, params }) => [status, params])).toEqual([
      [302, { client_id: sandbox.ehr.clientId, post_logout_redirect_uri: `${stage.appOrigin}/` }],
    ]);
    const cookies = await page.context().cookies();
    expect(cookies.filter(({ name }) => name === 'ehr_session')).toEqual([]);
  });
});

test.describe('open server and pasted token', () => {
  test('an open server: no Authorization header at all', async ({ app, page }) => {
    const asked = page.waitForRequest(/\/Patient/);
    await app.openList('open');
    expect((await asked).headers()['authorization']).toBeUndefined();
  });

  test('a pasted token signs in, is sent to the FHIR server only and is stored nowhere', async ({
    app,
    page,
    sandbox,
  }) => {
    const token = await sandbox.entra.accessToken();
    const asked = page.waitForRequest((r) => /\/Patient/.test(r.url()) && r.method() === 'GET');
    await app.open('/patients', 'token', token);
    await app.listIsFilled();
    expect((await asked).headers()['authorization']).toBe(`Bearer ${token}`);
    expect(await kept(page)).not.toMatch(/eyJ/);
    await page.reload();
    await expect(app.shell.signInTo(LABELS.token).or(app.shell.token).first()).toBeVisible();
    await expect(app.list.patients).toHaveCount(0);
  });

  test('requirement 36: a pasted token of another audience: 401 is explained', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.entra.control.audience = 'https://another.example';
    const token = await sandbox.entra.accessToken();
    await page.goto('/patients');
    await app.trySignIn('token', token);
    await expect(app.shell.alert.or(page.getByRole('alertdialog')).first()).toBeVisible();
    expect(sandbox.fhir.log.some(({ status }) => status === 401)).toBe(true);
    await expect(app.list.patients).toHaveCount(0);
  });

  test('text that is no token is refused before any request', async ({ app, page, sandbox }) => {
    await page.goto('/patients');
    await app.trySignIn('token', 'not a token!');
    await expect(page.getByText('This is not an access token.')).toBeVisible();
    await expect(app.shell.signOut).toHaveCount(0);
    expect(sandbox.fhir.log.filter(({ path }) => /\/Patient/.test(path))).toEqual([]);
  });
});
