import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { asked, launched } from '../support/context.ts';
import { PATIENT } from '../support/launch.ts';

test.describe('user and intent of a launch', () => {
  test('the fhirUser and the practitioner are named, and the intent is shown as given', async ({
    app,
    page,
  }) => {
    await launched(app, {
      patient: PATIENT,
      practitioner: 'dr-moreau',
      intent: 'reconcile-medications',
    });
    await expect(app.shell.main).toContainText('Signed in at the EHR');
    await expect(app.shell.main).toContainText('MOREAU, Étienne (Dr)');
    await expect(app.shell.main).toContainText('reconcile-medications');
    await app.chart.navigation.getByRole('link', { name: 'Conditions' }).click();
    await expect(page).toHaveURL(/conditions$/);
    await app.chart.navigation.getByRole('link', { name: 'Summary' }).click();
    expect(asked(app).filter((text) => text.includes('/Practitioner/'))).toHaveLength(1);
  });

  test('a practitioner whom the server does not return causes no error', async ({
    afresh,
    app,
    sandbox,
  }) => {
    for (const status of [403, 404]) {
      await afresh(`${status}`, async () => {
        sandbox.fhir.faults.add({ path: /\/Practitioner\//, status, body: {} });
        sandbox.ehr.control.mutate = (response) => ({ ...response, practitioner: 'dr-unknown' });
        await launched(app);
        await expect(app.chart.banner).toBeVisible();
        await expect(app.shell.main).toContainText('Name not available');
        await expect(app.chart.alert).toHaveCount(0);
      });
    }
  });
});

test.describe('a launch that cannot show its patient', () => {
  test('a patient whom the server refuses is reported as not available', async ({
    app,
    sandbox,
    page,
  }) => {
    sandbox.ehr.control.mutate = (response) => ({ ...response, patient: 'p0002' });
    await launched(app);
    await expect(app.chart.heading).toHaveText('Patient not available');
    await expect(app.shell.alert).toContainText('does not let you see');
    await expect(app.chart.banner).toHaveCount(0);
    await expect(app.shell.main).toContainText('open this app from there again');
    await expectAccessible(page);
  });

  test('an unknown patient is reported as not found', async ({ app }) => {
    await launched(app, { patient: 'nobody' });
    await expect(app.chart.heading).toHaveText('Patient not found');
    await expect(app.shell.alert).toContainText('the server does not know');
    await expect(app.shell.alert).toContainText('open this app from there again');
    await expect(app.shell.alert).not.toContainText('search for the record');
    await expect(app.chart.banner).toHaveCount(0);
  });

  test('a deleted patient is reported as deleted', async ({ app, sandbox }) => {
    await fetch(`${sandbox.open}/Patient/p0030`, { method: 'DELETE' });
    await launched(app, { patient: 'p0030' });
    await expect(app.chart.heading).toHaveText('Patient deleted');
    await expect(app.shell.alert).toContainText('record was deleted');
  });

  test('a launch without a patient opens the list, which says so', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    const config = sandbox.appConfig();
    for (const issuer of config.smartLaunch.issuers) issuer.scope = 'launch openid user/*.rs';
    stage.host.setConfig(config);
    await launched(app, {});
    await expect(page).toHaveURL(/\/patients$/);
    await expect(app.list.heading).toBeVisible();
    await expect(app.chart.banner).toHaveCount(0);
    const note = page.getByText('The EHR opened this app without a patient.');
    await expect(note).toBeVisible();
    await expect(app.shell.main).toContainText('open the patient in the EHR first');
    await app.listIsFilled();
    await expectAccessible(page);
    await app.list.patients.first().click();
    await expect(app.chart.banner).toBeVisible();
    await expect(note).toHaveCount(0);
  });

  test('a launch with an encounter only offers the patient of the encounter, but does not open the chart', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    const config = sandbox.appConfig();
    for (const issuer of config.smartLaunch.issuers) issuer.scope = 'launch openid user/*.rs';
    stage.host.setConfig(config);
    await launched(app, { encounter: 'p0002-encounter-1' });
    await expect(app.shell.main).toContainText('The EHR opened an encounter of FLETCHER, Beatrice');
    await expect(page).toHaveURL(/\/patients$/);
    await app.listIsFilled();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Open this patient' }).click();
    await expect(page).toHaveURL(/\/patients\/p0002$/);
    await expect(app.chart.banner).toBeVisible();
    await expect(page.getByRole('region', { name: 'Current encounter' })).toBeVisible();
    expect(asked(app).filter((text) => text.includes('/Encounter/'))).toHaveLength(1);
    await page.goto('/patients/p0003');
    await expect(app.chart.banner).toBeVisible();
    await expect(page.getByRole('region', { name: 'Current encounter' })).toHaveCount(0);
  });

  test('an encounter without a patient of this server offers no patient', async ({
    afresh,
    app,
    page,
    sandbox,
    stage,
  }) => {
    test.setTimeout(120_000);
    for (const [name, scope, subject] of [
      ['without a subject', 'user/*.rs', undefined],
      ['of a group', 'user/*.rs', { reference: 'Group/g1' }],
      ['elsewhere', 'user/*.rs', { reference: 'https://other.example/fhir/Patient/p0002' }],
      ['by its identifier', 'user/*.rs', { type: 'Patient', identifier: { value: '7' } }],
      ['not granted', 'user/Patient.rs', { reference: 'Patient/p0002' }],
    ] as const) {
      await afresh(name, async () => {
        const config = sandbox.appConfig();
        for (const issuer of config.smartLaunch.issuers) issuer.scope = `launch openid ${scope}`;
        stage.host.setConfig(config);
        sandbox.fhir.faults.add({
          path: /\/Encounter\//,
          rewrite: (body) => ({ ...(body as object), subject }),
        });
        await launched(app, { encounter: 'p0002-encounter-1' });
        await expect(page.getByText('The EHR opened this app without a patient.')).toBeVisible();
        await expect(app.shell.main).toContainText('open the patient in the EHR first');
        await expect(page.getByRole('link', { name: 'Open this patient' })).toHaveCount(0);
        const reads = asked(app).filter((text) => text.includes('/Encounter/'));
        expect(reads).toHaveLength(name === 'not granted' ? 0 : 1);
      });
    }
  });

  test('a launch with patient scopes but without a patient tells the user to open the app again', async ({
    app,
    page,
  }) => {
    await launched(app, {});
    await expect(app.shell.alert).toContainText('Open the app again from the EHR');
    await expect(app.shell.alert).not.toContainText('administrator');
    await expect(app.shell.main).toContainText('did not name one');
    await expect(app.shell.main).not.toContainText('choose a patient here');
    const create = page.getByRole('link', { name: 'New patient', disabled: true });
    await expect(create).toHaveAccessibleDescription(/not granted the scope/);
    await expectAccessible(page);
  });

  test('a standalone sign-in shows no notice about a launch', async ({ app, page }) => {
    await app.openList('ehr');
    await expect(page.getByText('The EHR opened this app')).toHaveCount(0);
  });

  test('a patient whom the launch does not cover is not shown, and a link leads back', async ({
    app,
    page,
  }) => {
    await launched(app);
    await expect(app.chart.banner).toBeVisible();
    await page.goto('/patients/p0002');
    await expect(app.chart.heading).toHaveText('Patient not available');
    await page.getByRole('link', { name: 'Open the EHR’s patient' }).click();
    await expect(page).toHaveURL(new RegExp(`/patients/${PATIENT}$`));
    await expect(app.chart.banner).toBeVisible();
  });
});

test('requirement 44: a standalone sign-in with launch/patient opens the chosen patient, not the one in the address', async ({
  app,
  page,
}) => {
  const config = app.stage.sandbox.appConfig();
  for (const { auth } of config.servers)
    if (auth.type === 'smart')
      Object.assign(auth, { scope: 'launch/patient openid fhirUser patient/*.rs' });
  app.stage.host.setConfig(config);
  await page.goto('/patients/awkward-aged/conditions');
  await app.trySignIn('ehr', undefined);
  await page
    .getByRole('button', { name: /p0001/ })
    .or(page.locator('[name=patient]'))
    .first()
    .click();
  await expect(app.chart.banner).toBeVisible();
  await expect(page).toHaveURL(/\/patients\/(?!awkward-aged)[^/]+$/);
  await expect(page.getByText('The EHR has another patient open')).toHaveCount(0);
});
