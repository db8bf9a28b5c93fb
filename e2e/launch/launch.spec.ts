import { expect, test } from '../fixtures.ts';
import { PATIENT, authorizeOf, tokensOf, openLaunch } from '../support/launch.ts';
import { settled } from '../support/settled.ts';

test.describe('EHR launch', () => {
  test('requirements 5, 7, 13, 14: opens the patient in context, echoes launch and sends iss as aud', async ({
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

  test('five completed launches in a minute are not treated as a loop', async ({ app }) => {
    test.setTimeout(90_000);
    for (const patient of ['p0001', 'p0002', 'p0003', 'p0004', 'p0005']) {
      await openLaunch(app, { patient });
      await expect(app.page).toHaveURL(new RegExp(`/patients/${patient}$`));
      await expect(app.chart.banner).toBeVisible();
    }
  });

  test('requirement 24: a double click on the button starts one sign-in', async ({ app, page }) => {
    await page.goto('/');
    await app.shell.signInTo('Example EHR (SMART)').dblclick();
    await app.stage.answerEhr(page);
    await expect(app.shell.signOut).toBeVisible();
    expect(authorizeOf(app)).toHaveLength(1);
    expect(tokensOf(app)).toHaveLength(1);
  });

  test('requirement 23: with read-only scopes there is no New patient and no Edit, and nothing is written', async ({
    app,
    sandbox,
  }) => {
    await openLaunch(app);
    await expect(app.chart.banner).toBeVisible();
    // The explanation takes the place of the actions.
    await expect(app.shell.main.getByText('Editing was not granted at sign-in.')).toBeVisible();
    await settled(app.page, sandbox);
    await expect(app.chart.edit).toHaveCount(0);
    await app.shell.patients.click();
    await expect(app.list.rows).toHaveCount(1);
    await expect(app.list.newPatient).toBeDisabled();
    await expect(app.page.getByText(/^New patients cannot be created/)).toBeVisible();
    await app.list.newPatient.focus();
    await app.page.keyboard.press('Enter');
    await app.list.newPatient.click({ force: true });
    await expect(app.page).toHaveURL(/\/patients$/);
    expect(sandbox.fhir.log.filter(({ method }) => method === 'POST' || method === 'PUT')).toEqual(
      [],
    );
  });

  test('requirements 24, 44: two tabs with different launches each end with their own patient', async ({
    app,
    context,
  }) => {
    await openLaunch(app);
    const other = app.in(await context.newPage());
    await openLaunch(other, { patient: 'p0002' });
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
    // The page of a sign-in that was abandoned must not open after the launch.
    await app.page.goto('/patients/p0003');
    await app.shell.signInTo('Example EHR (SMART)').click();
    await expect(app.page.getByRole('button', { name: /Practitioner/ }).first()).toBeVisible();
    await openLaunch(app);
    await expect(app.chart.banner).toBeVisible();
    const first = await app.chart.name();
    await openLaunch(app, { patient: 'p0002' });
    await expect(app.page).toHaveURL(/\/patients\/p0002$/);
    await expect(app.chart.banner).toBeVisible();
    await expect(app.page.getByText(first, { exact: true })).toHaveCount(0);
    await app.page.reload();
    await expect(app.chart.banner).toBeVisible();
    await expect(app.page).toHaveURL(/\/patients\/p0002$/);
  });

  test('requirement 35: need_patient_banner false, as a string too, shows a thin strip and no banner', async ({
    app,
    sandbox,
  }) => {
    await openLaunch(app, { patient: PATIENT, need_patient_banner: false });
    await expect(app.chart.identity).toBeVisible();
    await expect(app.chart.banner).toHaveCount(0);
    await openLaunch(app, { patient: PATIENT, need_patient_banner: true });
    await expect(app.chart.banner).toBeVisible();
    await expect(app.chart.identity).toHaveCount(0);
    await openLaunch(app, { patient: PATIENT });
    await expect(app.chart.banner, 'the EHR does not say').toBeVisible();
    sandbox.ehr.control.booleansAsStrings = true;
    await openLaunch(app, { patient: PATIENT, need_patient_banner: false });
    await expect(app.chart.identity).toBeVisible();
  });

  test('requirement 35: a patient who is not open in the EHR gets the full banner', async ({
    app,
    page,
  }) => {
    const config = app.stage.sandbox.appConfig();
    for (const issuer of config.smartLaunch.issuers) issuer.scope = 'launch openid user/*.rs';
    app.stage.host.setConfig(config);
    await openLaunch(app, { patient: PATIENT, need_patient_banner: false });
    await expect(app.chart.identity).toBeVisible();
    await page.goto('/patients/p0002');
    await expect(app.chart.banner).toContainText('No known allergies');
    await expect(app.chart.identity).toHaveCount(0);
    await page.getByRole('link', { name: 'Open the EHR’s patient' }).click();
    await expect(app.chart.identity).toBeVisible();
    await expect(app.chart.banner).toHaveCount(0);
  });

  test('a launch without a patient leads to the list', async ({ app }) => {
    await openLaunch(app, {});
    await expect(app.list.heading.or(app.shell.alert).first()).toBeVisible();
    await expect(app.chart.banner).toHaveCount(0);
  });
});
