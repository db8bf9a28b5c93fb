import { expect, test } from '../fixtures.ts';
import { PATIENT, authorizeOf, tokensOf, openLaunch } from '../support/launch.ts';

test.describe('EHR launch', () => {
  test('requirement 15: an issuer that is not on the list is refused before anything is fetched', async ({
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

  test('requirement 15: a launch with two iss, no iss, or fhirServiceUrl instead of iss is refused', async ({
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

  test('requirement 17: tampered endpoints in the metadata of an allowed issuer are refused', async ({
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
        await openLaunch(app);
        await expect(app.shell.alert).toBeVisible();
        expect(new URL(page.url()).origin).toBe(app.stage.appOrigin);
        expect(attacker.visits).toEqual([]);
        expect(tokensOf(app)).toEqual([]);
      });
    }
  });

  test('requirement 17: a redirect in response to the metadata request is not followed', async ({
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

  test('requirements 7, 32: Try again continues the same launch after the metadata was unavailable', async ({
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

  test('an EHR that keeps refusing is stopped after three launches in a minute, with an explanation', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.ehr.control.authorizeError = { error: 'access_denied', withState: true };
    for (let i = 0; i < 3; i++) {
      await openLaunch(app);
      await expect(app.shell.alert).toContainText('The sign-in was refused');
    }
    await openLaunch(app);
    await expect(app.shell.alert).toContainText('sending you back and forth');
    await expect(app.shell.alert).toContainText('stopped after three times in a minute');
    expect(authorizeOf(app)).toHaveLength(3);
    sandbox.ehr.control.authorizeError = undefined;
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect(app.shell.signInTo('Example EHR (SMART)')).toBeVisible();
    await openLaunch(app);
    await expect(app.chart.banner).toBeVisible();
  });
});
