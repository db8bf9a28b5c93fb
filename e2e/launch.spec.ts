import { expect, test } from './fixtures.ts';
import type { LaunchContext } from '#sandbox/oauth/launch-context.ts';
import type { App } from './support/app.ts';
import { rememberedBy } from './support/guard.ts';

const PATIENT = 'p0001';

/** What must stand in no address: of the app's own, and the EHR's are not ours to scrub. */
const ANSWER = /\/(?:launch|callback|patients)[^ ]*[?#&](?:code|state|error|iss|launch)=/;

const authorizeOf = (app: App) =>
  app.stage.sandbox.ehr.log.filter(({ kind }) => kind === 'authorize');
const tokensOf = (app: App) =>
  app.stage.sandbox.ehr.log.filter(({ kind, method }) => kind === 'token' && method === 'POST');

/** An EHR launch asks nothing: its user is known. */
async function launched(app: App, context: LaunchContext = { patient: PATIENT }): Promise<void> {
  await app.page.goto(app.stage.launchUrl(context));
}

/** Launches, and takes the answer from the EHR before the page gets it: the launch stays pending. */
async function intercepted(app: App): Promise<string> {
  let next = '';
  const pattern = '**/auth/authorize?*';
  await app.page.route(pattern, (route) => {
    next = route.request().url();
    return route.fulfill({ status: 204 });
  });
  await app.page.goto(app.stage.launchUrl({ patient: PATIENT })).catch(() => undefined);
  await expect.poll(() => next).not.toBe('');
  await app.page.unroute(pattern);
  for (let i = 0; i < 5 && !next.startsWith(app.stage.appOrigin); i++) {
    const answer = await app.page.request.get(next, { maxRedirects: 0 });
    next = new URL(answer.headers()['location'] ?? '', next).href;
  }
  expect(next).toContain('/callback?code=');
  return next;
}

test.describe('EHR launch', () => {
  test('requirements 5, 7, 13, 14: opens the patient in context; launch is echoed, aud is the iss', async ({
    app,
    page,
    sandbox,
  }) => {
    const url = app.stage.launchUrl({ patient: PATIENT });
    await page.goto(url);
    await expect(app.chart.banner).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/patients/${PATIENT}$`));
    const asked = authorizeOf(app)[0]?.params ?? {};
    expect(asked['launch']).toBe(new URL(url).searchParams.get('launch'));
    expect(asked['aud']).toBe(sandbox.ehr.iss);
    expect(asked['code_challenge_method']).toBe('S256');
    expect(asked['nonce']).toBeTruthy();
    expect(asked['scope']).toBe('launch openid fhirUser offline_access patient/*.rs');
    expect(tokensOf(app)).toHaveLength(1);
    const read = sandbox.fhir.log.find(
      ({ method, path }) => method === 'GET' && path.endsWith(`/Patient/${PATIENT}`),
    );
    expect(read).toMatchObject({ authorized: true, status: 200 });
    const metadata = sandbox.fhir.log.filter(
      ({ method, path }) => method === 'GET' && path.endsWith('/smart-configuration'),
    );
    expect(metadata.length).toBeGreaterThan(0);
    for (const { authorized, headers } of metadata) {
      expect(authorized).toBe(false);
      expect(headers['accept']).toContain('application/json');
      expect(headers['cookie']).toBeUndefined();
      expect(headers['referer']).toBeUndefined();
    }
  });

  test('requirements 5, 7: launch and iss are echoed byte for byte, a trailing slash included', async ({
    app,
    page,
    sandbox,
  }) => {
    const launch = 'a+b/c=d%20e&f~"é';
    sandbox.ehr.parts.launches.set(launch, { patient: PATIENT });
    const iss = `${sandbox.ehr.iss}/`;
    await page.goto(`/launch?${new URLSearchParams({ iss, launch })}`);
    await expect(app.chart.banner).toBeVisible();
    const asked = authorizeOf(app)[0]?.params ?? {};
    expect(asked['launch']).toBe(launch);
    expect(asked['aud']).toBe(iss);
  });

  test('requirements 3, 4, 16: parameters in the launch address override nothing', async ({
    app,
    attacker,
    page,
    sandbox,
  }) => {
    const url = new URL(app.stage.launchUrl({ patient: PATIENT }));
    for (const [name, value] of Object.entries({
      clientId: 'evil-client',
      client_id: 'evil-client',
      patientId: 'p0002',
      scope: 'user/*.cruds',
      redirect_uri: attacker.origin,
      redirectUri: attacker.origin,
      fhirServiceUrl: `${attacker.origin}/fhir`,
      code: 'X',
      state: 'Y',
    }))
      url.searchParams.set(name, value);
    await page.goto(url.href);
    await expect(app.chart.banner).toBeVisible();
    const asked = authorizeOf(app)[0]?.params ?? {};
    expect(asked['client_id']).toBe(sandbox.ehr.clientId);
    expect(asked['redirect_uri']).toBe(`${app.stage.appOrigin}/callback`);
    expect(asked['scope']).not.toContain('cruds');
    expect(attacker.visits).toEqual([]);
    await expect(page).toHaveURL(new RegExp(`/patients/${PATIENT}$`));
  });

  test('requirement 15: an issuer that is not on the list: nothing is fetched, nothing is followed', async ({
    app,
    attacker,
    page,
    sandbox,
  }) => {
    const good = sandbox.ehr.iss;
    const { host, port } = new URL(good);
    const hostile = [
      `${attacker.origin}/fhir`,
      `${good}.evil.test`,
      `${good}.evil`,
      `${good}/../x`,
      good.replace('://', '://user@'),
      good.replace(host, `${host}@localhost:${new URL(attacker.origin).port}`),
      good.replace(`:${port}`, `:${Number(port) + 1}`),
      good.replace('http:', 'https:'),
      good.toUpperCase(),
      good.replace('localhost', 'localhost.'),
      'javascript:globalThis.__xss=1',
      'data:text/html,x',
      `//localhost:${new URL(attacker.origin).port}/fhir`,
      '',
      `${good}?${'x'.repeat(10_000)}`,
    ];
    for (const iss of hostile) {
      sandbox.fhir.log.length = 0;
      await page.goto(`/launch?${new URLSearchParams({ iss, launch: 'CANARYLAUNCH' })}`);
      await expect(app.shell.alert, iss.slice(0, 80)).toBeVisible();
      expect(new URL(page.url()).origin).toBe(app.stage.appOrigin);
      expect(page.url()).not.toContain('CANARYLAUNCH');
      await expect(
        app.shell.main.locator(`a[href*="${new URL(attacker.origin).port}"]`),
      ).toHaveCount(0);
      expect(sandbox.fhir.log, iss.slice(0, 80)).toEqual([]);
    }
    expect(attacker.visits).toEqual([]);
    expect(sandbox.ehr.log.filter(({ kind }) => kind === 'authorize')).toEqual([]);
  });

  test('requirement 15: two iss, no iss, fhirServiceUrl instead of iss: refused', async ({
    app,
    attacker,
    page,
    sandbox,
  }) => {
    for (const query of [
      `iss=${sandbox.ehr.iss}&iss=${attacker.origin}/fhir&launch=x`,
      'launch=x',
      `fhirServiceUrl=${attacker.origin}/fhir&patientId=x`,
    ]) {
      await page.goto(`/launch?${query}`);
      await expect(app.shell.alert, query).toBeVisible();
      await expect(app.shell.signOut).toHaveCount(0);
    }
    expect(attacker.visits).toEqual([]);
    expect(sandbox.ehr.log).toEqual([]);
  });

  test('requirement 17: tampered metadata of an allowed issuer', async ({
    afresh,
    app,
    attacker,
    page,
    sandbox,
  }) => {
    for (const change of [
      { authorization_endpoint: 'javascript:globalThis.__xss=1' },
      { authorization_endpoint: 'data:text/html,x' },
      { authorization_endpoint: `${attacker.origin}/authorize` },
      { token_endpoint: `${attacker.origin}/token` },
    ]) {
      await afresh(JSON.stringify(change), async () => {
        sandbox.ehr.control.metadata = (metadata) => ({ ...metadata, ...change });
        await launched(app);
        await expect(app.shell.alert).toBeVisible();
        expect(new URL(page.url()).origin).toBe(app.stage.appOrigin);
        expect(attacker.visits).toEqual([]);
        expect(tokensOf(app)).toEqual([]);
      });
    }
  });

  test('requirement 17: metadata that is answered with a redirect is not followed', async ({
    app,
    attacker,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/net::ERR|redirect|fetch|CORS/i);
    sandbox.fhir.faults.add({
      path: /smart-configuration/,
      status: 302,
      headers: { Location: `${attacker.origin}/smart.json` },
      body: '',
    });
    await page.goto(app.stage.launchUrl({ patient: PATIENT }));
    await expect(app.shell.alert).toBeVisible();
    expect(attacker.visits).toEqual([]);
    expect(authorizeOf(app)).toEqual([]);
  });

  test('requirements 7, 32: metadata that cannot be had for a moment: tried again, with the same launch', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/503/);
    const launch = 'a+b/c=d%20e&f~"é';
    sandbox.ehr.parts.launches.set(launch, { patient: PATIENT });
    sandbox.fhir.faults.add({ path: /smart-configuration/, status: 503, times: 2, body: '' });
    await page.goto(`/launch?${new URLSearchParams({ iss: sandbox.ehr.iss, launch })}`);
    const again = page.getByRole('button', { name: 'Try again' });
    for (let i = 0; i < 2; i++) {
      await expect(app.shell.alert).toContainText('does not say how to sign in');
      expect(page.url()).not.toContain('launch=');
      await again.click();
    }
    await expect(page).toHaveURL(new RegExp(`/patients/${PATIENT}$`));
    await expect(app.chart.banner).toBeVisible();
    expect(authorizeOf(app).map(({ params }) => params['launch'])).toEqual([launch]);
  });

  test('an EHR that refuses again and again: stopped after three times in a minute, and said', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.ehr.control.authorizeError = { error: 'access_denied', withState: true };
    for (let i = 0; i < 3; i++) {
      await launched(app);
      await expect(app.shell.alert).toContainText('The sign-in was refused');
    }
    await launched(app);
    await expect(app.shell.alert).toContainText('sending you back and forth');
    await expect(app.shell.alert).toContainText('stopped after three times in a minute');
    expect(authorizeOf(app)).toHaveLength(3);
    sandbox.ehr.control.authorizeError = undefined;
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect(app.shell.signInTo('Example EHR (SMART)')).toBeVisible();
    await launched(app);
    await expect(app.chart.banner).toBeVisible();
  });

  test('five launches in a minute that are all completed are no loop', async ({ app }) => {
    test.setTimeout(90_000);
    for (const patient of ['p0001', 'p0002', 'p0003', 'p0004', 'p0005']) {
      await launched(app, { patient });
      await expect(app.page).toHaveURL(new RegExp(`/patients/${patient}$`));
      await expect(app.chart.banner).toBeVisible();
    }
  });

  test('requirement 24: a double click asks once', async ({ app, page }) => {
    await page.goto('/');
    await app.shell.signInTo('Example EHR (SMART)').dblclick();
    await app.stage.answerEhr(page);
    await expect(app.shell.signOut).toBeVisible();
    expect(authorizeOf(app)).toHaveLength(1);
    expect(tokensOf(app)).toHaveLength(1);
  });

  test('requirement 23: read-only scopes: no New patient, no Edit, and no POST', async ({
    app,
    sandbox,
  }) => {
    await launched(app);
    await expect(app.chart.banner).toBeVisible();
    await expect(app.chart.edit.and(app.page.locator('a[href]'))).toHaveCount(0);
    expect(sandbox.fhir.log.filter(({ method }) => method === 'POST' || method === 'PUT')).toEqual(
      [],
    );
  });

  test('requirements 24, 44: two tabs with different launches each end with their own patient', async ({
    app,
    context,
  }) => {
    await launched(app);
    const other = app.in(await context.newPage());
    await launched(other, { patient: 'p0002' });
    await expect(other.chart.banner).toBeVisible();
    await expect(other.page).toHaveURL(/\/patients\/p0002$/);
    await app.page.reload();
    await expect(app.chart.banner).toBeVisible();
    await expect(app.page).toHaveURL(new RegExp(`/patients/${PATIENT}$`));
    const mine = await app.chart.name();
    const theirs = await other.chart.name();
    expect(mine).not.toBe(theirs);
  });

  test('requirement 44: a launch for another patient replaces the first one completely', async ({
    app,
  }) => {
    // A sign-in that was begun at another patient, and left, is no place to come back to.
    await app.page.goto('/patients/p0003');
    await app.shell.signInTo('Example EHR (SMART)').click();
    await expect(app.page.getByRole('button', { name: /Practitioner/ }).first()).toBeVisible();
    await launched(app);
    await expect(app.chart.banner).toBeVisible();
    const first = await app.chart.name();
    await launched(app, { patient: 'p0002' });
    await expect(app.page).toHaveURL(/\/patients\/p0002$/);
    await expect(app.chart.banner).toBeVisible();
    await expect(app.page.getByText(first, { exact: true })).toHaveCount(0);
    await app.page.reload();
    await expect(app.chart.banner).toBeVisible();
    await expect(app.page).toHaveURL(/\/patients\/p0002$/);
  });

  test('requirement 35: need_patient_banner false: a thin strip, as a text too; missing: the banner', async ({
    app,
    sandbox,
  }) => {
    await launched(app, { patient: PATIENT, need_patient_banner: false });
    await expect(app.chart.identity).toBeVisible();
    await expect(app.chart.banner).toHaveCount(0);
    await launched(app, { patient: PATIENT, need_patient_banner: true });
    await expect(app.chart.banner).toBeVisible();
    await expect(app.chart.identity).toHaveCount(0);
    sandbox.ehr.control.booleansAsStrings = true;
    await launched(app, { patient: PATIENT, need_patient_banner: false });
    await expect(app.chart.identity).toBeVisible();
  });

  test('requirement 35: the EHR shows no banner of a patient that it has not open', async ({
    app,
    page,
  }) => {
    const config = app.stage.sandbox.appConfig();
    for (const issuer of config.smartLaunch.issuers) issuer.scope = 'launch openid user/*.rs';
    app.stage.host.setConfig(config);
    await launched(app, { patient: PATIENT, need_patient_banner: false });
    await expect(app.chart.identity).toBeVisible();
    await page.goto('/patients/p0002');
    await expect(app.chart.banner).toContainText('No known allergies');
    await expect(app.chart.identity).toHaveCount(0);
    await page.getByRole('link', { name: 'Open the EHR’s patient' }).click();
    await expect(app.chart.identity).toBeVisible();
    await expect(app.chart.banner).toHaveCount(0);
  });

  test('a launch without a patient goes to the list', async ({ app }) => {
    await launched(app, {});
    await expect(app.list.heading.or(app.shell.alert).first()).toBeVisible();
    await expect(app.chart.banner).toHaveCount(0);
  });
});

test.describe('token response', () => {
  test('requirement 34: a patient that is no id never reaches an address', async ({
    afresh,
    app,
    sandbox,
  }) => {
    for (const patient of ['../Observation', 'a?b', 42, 'x'.repeat(10_000), '<script>']) {
      await afresh(JSON.stringify(patient).slice(0, 20), async () => {
        sandbox.ehr.control.mutate = (response) => ({ ...response, patient });
        await launched(app);
        await expect(app.list.heading.or(app.shell.alert).first()).toBeVisible();
        expect(
          sandbox.fhir.log.filter(({ path, query }) =>
            /Observation|a\?b|a%3Fb|xxxxx|script/.test(`${path}?${query}`),
          ),
        ).toEqual([]);
      });
    }
  });

  test('requirement 34: an odd expires_in works, and is not renewed for every request', async ({
    afresh,
    app,
    sandbox,
  }) => {
    const odd = [0, -1, 1e99, 'abc', null, '3599'].map((value) => ({ value }));
    for (const expiresIn of [...odd, 'string', 'absent'] as const) {
      await afresh(JSON.stringify(expiresIn), async () => {
        sandbox.ehr.control.expiresIn = expiresIn;
        await launched(app);
        await expect(app.chart.banner).toBeVisible();
        await app.page.waitForLoadState('networkidle');
        expect(tokensOf(app)).toHaveLength(1);
      });
    }
  });

  test('requirement 33: a token endpoint that never answers: said after half a minute', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/net::ERR|fetch|abort/i);
    // Half a minute passes in a second: the page's own clock does not move this limit.
    await page.addInitScript(() => {
      const real = AbortSignal.timeout.bind(AbortSignal);
      AbortSignal.timeout = (ms) => real(ms === 30_000 ? 1_000 : ms);
    });
    sandbox.ehr.control.tokenDelay = 20_000;
    await launched(app);
    await expect(app.shell.alert).toBeVisible();
    await expect(app.shell.signOut).toHaveCount(0);
    expect(tokensOf(app)).toHaveLength(1);
  });

  test('requirement 34: an answer without a token to use: refused, and nothing is kept', async ({
    afresh,
    app,
    page,
    sandbox,
  }) => {
    for (const change of [
      { access_token: undefined },
      { access_token: '' },
      { token_type: 'mac' },
    ]) {
      await afresh(Object.entries(change).join(), async () => {
        sandbox.ehr.control.mutate = (response) => ({ ...response, ...change });
        await launched(app);
        await expect(app.shell.alert).toBeVisible();
        await expect(app.shell.signOut).toHaveCount(0);
        expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toMatch(
          /eyJ|refresh_token/,
        );
      });
    }
  });

  const FAILURES = [
    // First: on a connection that was used before, the browser would ask again by itself.
    ['a dropped connection', 'drop'],
    ['400 invalid_grant', { status: 400, body: { error: 'invalid_grant' } }],
    ['401', { status: 401, body: { error: 'invalid_client' } }],
    ['403', { status: 403, body: { error: 'access_denied' } }],
    ['500', { status: 500, body: 'oops' }],
    [
      'HTML',
      {
        status: 200,
        body: '<html><script>globalThis.__xss=1</script></html>',
        contentType: 'text/html',
      },
    ],
    ['an empty body', { status: 200, body: '' }],
    ['a JSON array', { status: 200, body: [1, 2] }],
    ['30 MB', { status: 200, body: `{"access_token":"${'x'.repeat(30_000_000)}"}` }],
  ] as const;
  test('requirement 33: a token endpoint that fails in any way: an error, never half signed in', async ({
    afresh,
    app,
    guard,
    sandbox,
  }) => {
    guard.allowError(/net::ERR|CORS|fetch/i);
    for (const [name, failure] of FAILURES) {
      await afresh(name, async () => {
        sandbox.ehr.control.tokenFailure = failure;
        await launched(app);
        await expect(app.shell.alert).toBeVisible();
        await expect(app.shell.signOut).toHaveCount(0);
        // What is dropped on a connection that was kept open is sent again by the browser itself.
        const sent = name === 'a dropped connection' ? 2 : 1;
        expect(tokensOf(app).length).toBeLessThanOrEqual(sent);
      });
    }
  });
});

test.describe('callback', () => {
  test('requirement 25: forged, with nothing pending: no token request', async ({ app, page }) => {
    await page.goto('/callback?code=FORGED&state=FORGED');
    await expect(app.shell.alert).toBeVisible();
    expect(tokensOf(app)).toEqual([]);
    expect(page.url()).not.toMatch(/FORGED/);
  });

  test('requirement 25: forged, while a launch is pending: no token request', async ({
    app,
    page,
  }) => {
    await intercepted(app);
    await page.goto('/callback?code=FORGED&state=FORGED');
    await expect(app.shell.alert).toBeVisible();
    expect(tokensOf(app).filter(({ params }) => params['code'] === 'FORGED')).toEqual([]);
  });

  test('requirement 26: the same answer twice: one token request', async ({ app, page }) => {
    let answer = '';
    page.on('request', (request) => {
      if (request.isNavigationRequest() && request.url().includes('/callback?'))
        answer = request.url();
    });
    await launched(app);
    await expect(app.chart.banner).toBeVisible();
    expect(answer).toContain('code=');
    await page.goto(answer);
    await expect(app.shell.main).toBeVisible();
    await page.waitForTimeout(500);
    expect(tokensOf(app)).toHaveLength(1);
    await page.reload();
    await page.waitForTimeout(300);
    expect(tokensOf(app)).toHaveLength(1);
  });

  test('requirements 26, 31: back, forward and reload after a launch: one token request, nothing in any address', async ({
    app,
    page,
  }) => {
    await page.goto('/redirect.html');
    await launched(app);
    await expect(app.chart.banner).toBeVisible();
    await app.chart.navigation.getByRole('link', { name: 'Conditions' }).click();
    await expect(page).toHaveURL(/conditions$/);
    await page.goBack();
    await expect(page).toHaveURL(new RegExp(`/patients/${PATIENT}$`));
    await page.goForward();
    await page.reload();
    await expect(app.chart.banner).toBeVisible();
    expect(tokensOf(app)).toHaveLength(1);
    const traces = await page.evaluate(() => [
      location.href,
      document.referrer,
      ...performance.getEntries().map(({ name }) => name),
    ]);
    expect(traces.filter((text) => ANSWER.test(text))).toEqual([]);
    expect((await rememberedBy(page)).filter((text) => ANSWER.test(text))).toEqual([]);
  });

  test('requirement 31: an error leaves nothing in any address either', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.ehr.control.authorizeError = {
      error: 'access_denied',
      description: 'CANARYDESCRIPTION',
      withState: true,
    };
    await launched(app);
    await expect(app.shell.alert).toBeVisible();
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect(app.shell.signInTo('Example EHR (SMART)')).toBeVisible();
    const traces = await page.evaluate(() => [
      location.href,
      document.referrer,
      ...performance.getEntries().map(({ name }) => name),
    ]);
    const remembered = await rememberedBy(page);
    expect(
      [...traces, ...remembered].filter((text) => ANSWER.test(text) || /CANARY/.test(text)),
    ).toEqual([]);
  });

  test('requirement 27: an answer copied to another browser: no token request', async ({
    app,
    stranger,
  }) => {
    const answer = await intercepted(app);
    await stranger.goto(answer);
    await expect(stranger.getByRole('alert')).toBeVisible();
    expect(tokensOf(app)).toEqual([]);
  });

  test('requirement 28: a launch older than ten minutes is refused', async ({ app, page }) => {
    const answer = await intercepted(app);
    await page.addInitScript(() => {
      const now = Date.now;
      Date.now = () => now() + 11 * 60_000;
    });
    await page.goto(answer);
    await expect(app.shell.alert).toBeVisible();
    expect(tokensOf(app)).toEqual([]);
  });

  test('requirement 29: repeated parameters are refused', async ({ app, page }) => {
    const answer = await intercepted(app);
    await page.goto(`${answer}&code=second`);
    await expect(app.shell.alert).toBeVisible();
    expect(tokensOf(app)).toEqual([]);
  });

  test('requirement 30: an answer of another issuer: the code is not sent', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.ehr.control.responseIssuer = 'https://another-ehr.example';
    await page.goto(app.stage.launchUrl({ patient: PATIENT }));
    await expect(app.shell.alert).toBeVisible();
    expect(tokensOf(app)).toEqual([]);
  });

  test('requirement 32: whatever error the server answers: said in words, no token request', async ({
    afresh,
    app,
    page,
    sandbox,
  }) => {
    for (const error of [
      'access_denied',
      'invalid_scope',
      'invalid_request',
      'unauthorized_client',
      'login_required',
      'server_error',
      'temporarily_unavailable',
      'odd_one',
    ]) {
      await afresh(error, async () => {
        sandbox.ehr.control.authorizeError = {
          error,
          description: '<img src=x onerror=globalThis.__xss=1> because',
          withState: error !== 'odd_one',
        };
        await launched(app);
        await expect(app.shell.alert).toBeVisible();
        await expect(app.shell.alert.locator('img[src="x"]')).toHaveCount(0);
        expect(tokensOf(app)).toEqual([]);
        expect(page.url()).not.toMatch(/error/);
      });
    }
  });

  test('requirement 77: opened by hand and reloaded: a plain page, announced, with a way on for the keyboard', async ({
    app,
    page,
  }) => {
    for (const path of ['/callback', '/launch']) {
      await page.goto(path);
      await expect(app.shell.alert).toBeVisible();
      await page.reload();
      await expect(app.shell.alert).toBeVisible();
      const on = app.shell.main.getByRole('button', { name: 'Start over' });
      for (let i = 0; i < 12; i++) {
        await page.keyboard.press('Tab');
        if (await on.evaluate((button) => button === document.activeElement)) break;
      }
      await expect(on).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(app.shell.signInTo('Example EHR (SMART)')).toBeVisible();
    }
    await page.goBack();
    await expect(app.shell.main).toBeVisible();
    expect(tokensOf(app)).toEqual([]);
  });
});

test.describe('the legacy proxy of the open-source FHIR server', () => {
  /** A site that knows the EHR as one behind the proxy. */
  function behindProxy(app: App): void {
    const { host, sandbox } = app.stage;
    const config = sandbox.appConfig();
    const issuers = config.smartLaunch.issuers.map((i) => ({ ...i, legacyAzureProxy: true }));
    host.setConfig({ ...config, smartLaunch: { issuers } });
    sandbox.ehr.control.legacyProxy = true;
  }

  test('a launch through its combined reply URL: the patient opens, the scopes are unknown, not none', async ({
    app,
    page,
    sandbox,
  }) => {
    behindProxy(app);
    const hops: string[] = [];
    page.on('request', (request) => hops.push(new URL(request.url()).pathname));
    await launched(app, { patient: PATIENT, need_patient_banner: true });
    await expect(app.chart.banner).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/patients/${PATIENT}$`));
    expect(hops).toContain('/AadSmartOnFhirProxy/authorize');
    const inside = Buffer.from(`${app.stage.appOrigin}/callback`).toString('base64url');
    expect(hops).toContain(`/AadSmartOnFhirProxy/callback/${inside}`);
    // PKCE is sent, and goes no further than the proxy.
    const [asked] = authorizeOf(app);
    expect(asked?.params['code_challenge_method']).toBe('S256');
    expect(tokensOf(app)[0]?.params['code_verifier']).toBeTruthy();
    expect(sandbox.ehr.log.some(({ path }) => path === '/AadSmartOnFhirProxy/token')).toBe(true);
    await page.reload();
    await expect(app.chart.banner).toBeVisible();
    expect(tokensOf(app)).toHaveLength(1);
  });

  test('requirement 32: its errors come without state, and are said all the same', async ({
    app,
    page,
    sandbox,
  }) => {
    behindProxy(app);
    sandbox.ehr.control.authorizeError = {
      error: 'access_denied',
      description: 'AADSTS65004: declined',
      withState: false,
    };
    await launched(app);
    await expect(app.shell.alert).toContainText('The permission to use the app was declined');
    expect(tokensOf(app)).toEqual([]);
    expect(page.url()).not.toContain('error');
  });

  test('requirement 33: registered as a single-page application, its token request fails: said where to register it', async ({
    app,
    sandbox,
  }) => {
    behindProxy(app);
    const description = 'AADSTS9002325: Proof Key for Code Exchange is required';
    sandbox.ehr.control.tokenFailure = {
      status: 400,
      body: { error: 'invalid_request', error_description: description },
    };
    await launched(app);
    await expect(app.shell.alert).toContainText('The reply URL of the proxy');
    await expect(app.shell.alert).toContainText('under “Mobile and desktop applications”');
  });

  test('the access check names the reply URL to register', async ({ app, page, sandbox }) => {
    behindProxy(app);
    await page.goto('/access');
    const inside = Buffer.from(`${app.stage.appOrigin}/callback`).toString('base64url');
    await expect(app.shell.main).toContainText(
      `${sandbox.ehr.iss}/AadSmartOnFhirProxy/callback/${inside}`,
    );
  });
});
