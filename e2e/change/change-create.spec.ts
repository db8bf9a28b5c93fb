import type { Patient } from 'fhir/r4';
import { faultKinds } from '#sandbox/fhir/faults/faults.ts';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { hold } from '../support/hold.ts';
import { createDuplicate, dialog, posts, press, stored } from '../support/records.ts';

test.describe('creating a patient', () => {
  test('a possible duplicate is compared side by side, and asked about again after it was opened', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.setViewportSize({ width: 390, height: 700 });
    await createDuplicate(app);
    expect(posts(sandbox)).toBe(0);
    // On a phone, too, the safe choice is in sight at once.
    const instead = dialog(page).getByRole('button', { name: /^Open this record instead DORMANT/ });
    await expect(instead).toBeInViewport();
    await page.setViewportSize({ width: 1280, height: 720 });
    await expect(dialog(page).getByText('Inactive', { exact: true })).toBeVisible();
    await dialog(page).getByText('More details').click();
    await expect(
      dialog(page).getByRole('region', { name: 'Comparison of further details' }),
    ).toBeVisible();
    await expect(dialog(page).locator('a[target]')).toHaveCount(0);
    await expectAccessible(page, 'the duplicate check');
    // The existing record can be opened, and a link leads back to the form with its input.
    await instead.click();
    await expect(app.chart.heading).toContainText('DORMANT, Ines');
    await page.getByRole('link', { name: 'Back to what you typed' }).click();
    await expect(app.form.family).toHaveValue('Dormant');
    await expect(page.getByText('Nothing was created')).toHaveCount(0);
    await app.form.create.click();
    await press(page, 'Create anyway').click();
    await expect(app.chart.heading).toContainText('DORMANT, Ines');
    expect(posts(sandbox)).toBe(1);
  });

  test('$match is called where the server declares it, and its grade is shown', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.setMode('hapi');
    const twin = await stored(sandbox, 'awkward-seealso');
    const { system, value } = twin.identifier?.[0] ?? {};
    await app.open('/patients/new');
    // The name alone finds nobody: a plain search finds the identifier, and $match adds a grade.
    await app.form.family.fill(twin.name?.[0]?.family ?? '');
    const identifier = page.getByRole('group', { name: 'Identifier 1' });
    await identifier.getByLabel('System').fill(system ?? '');
    await identifier.getByLabel('Identifier', { exact: true }).fill(value ?? '');
    const asked = page.waitForRequest((r) => r.url().endsWith('/Patient/$match'));
    await app.form.create.click();
    const parameters = (await asked).postDataJSON() as { parameter: { name: string }[] };
    expect(parameters.parameter.map(({ name }) => name)).toContain('resource');
    await expect(dialog(page)).toContainText('TWINNING, Dora');
    await expect(dialog(page).getByText('Same identifier')).toBeVisible();
    await expect(dialog(page).getByText('The server: certainly the same person')).toBeVisible();
    await expectAccessible(page, 'grades of the server');

    // With another family name the server gives a lower grade.
    await press(page, 'Back to the form').click();
    await app.form.family.fill('Unlike');
    await app.form.create.click();
    await expect(dialog(page).getByText('The server: probably the same person')).toBeVisible();
    expect(posts(sandbox)).toBe(0);
  });

  test('pressing Enter twice, going back and reloading create one patient', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open('/patients');
    await app.listIsFilled();
    await app.list.newPatient.click();
    const creating = hold(sandbox, { method: 'POST', path: /\/Patient$/, times: 1 });
    await app.form.family.fill('Entertwice');
    await app.form.given.fill('Once');
    await app.form.given.press('Enter');
    await app.form.given.press('Enter');
    await creating.asked();
    creating.release();
    await expect(app.chart.heading).toContainText('ENTERTWICE');
    expect(posts(sandbox)).toBe(1);
    await page.goBack();
    await expect(app.list.heading).toBeVisible();
    await page.goForward();
    await expect(app.chart.heading).toContainText('ENTERTWICE');
    await page.reload();
    await expect(app.chart.heading).toContainText('ENTERTWICE');
    expect(posts(sandbox)).toBe(1);
  });

  test('a reload during a create does not lead to a second one', async ({
    app,
    page,
    guard,
    sandbox,
  }) => {
    guard.allowError(/net::ERR|Failed to load resource/);
    await app.open('/patients/new');
    // One field only, whether or not it was kept as a draft by then.
    await app.form.given.fill('Reloaded');
    page.on('dialog', (asked) => void asked.accept());
    // The server creates the record, but the page reloads before the response arrives.
    let arrived = false;
    await page.route(/\/Patient$/, async (route) => {
      if (route.request().method() !== 'POST') return route.continue();
      await route.fetch();
      arrived = true;
      return undefined;
    });
    await app.form.create.click();
    await expect.poll(() => arrived).toBe(true);
    await page.reload();
    await page.unroute(/\/Patient$/);
    await expect(page.getByText('What you typed earlier is back.')).toBeVisible();
    await expect(page.getByText('it may be saved already')).toBeVisible();
    await expect(app.form.given).toHaveValue('Reloaded');
    await app.form.create.click();
    await expect(dialog(page)).toContainText('seems to have been created');
    expect(posts(sandbox)).toBe(1);
  });

  test('requirement 41: a create whose response is lost is not sent again: the app looks for the record and opens it', async ({
    app,
    page,
    guard,
    sandbox,
  }) => {
    guard.allowError(/net::ERR|Failed to load resource/);
    // The browser's clock is an hour ahead of the server's, which must not matter.
    await page.addInitScript(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + 3_600_000;
    });
    await app.open('/patients/new');
    await app.form.family.fill('Lostfound');
    sandbox.fhir.faults.add({
      method: 'POST',
      path: /\/Patient$/,
      times: 1,
      ...faultKinds.answerLost(),
    });
    await app.form.create.click();
    await expect(dialog(page)).toContainText('seems to have been created');
    await expect(dialog(page)).toContainText('LOSTFOUND');
    await expectAccessible(page, 'a lost answer');
    await dialog(page)
      .getByRole('button', { name: /^Open this record instead/ })
      .click();
    await expect(app.chart.heading).toContainText('LOSTFOUND');
    expect(posts(sandbox)).toBe(1);
  });

  test('a create that did not arrive can be tried again, and finds a record that was created since', async ({
    app,
    page,
    guard,
    sandbox,
  }) => {
    guard.allowError(/net::ERR|Failed to load resource/);
    await app.open('/patients/new');
    await app.form.family.fill('Neverthere');
    await page.route(
      /\/Patient$/,
      (route) =>
        route.request().method() === 'POST' ? route.abort('connectionreset') : route.continue(),
      { times: 1 },
    );
    await app.form.create.click();
    await expect(dialog(page)).toContainText('You can try again');
    await fetch(`${sandbox.fhir.openBaseUrl}/Patient`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Patient', name: [{ family: 'Neverthere' }] }),
    });
    await press(page, 'Try again').click();
    await expect(dialog(page)).toContainText('seems to have been created');
    expect(posts(sandbox)).toBe(1);
    // A user who has checked that this is another patient can go on.
    await press(page, 'Create anyway').click();
    await expect(app.chart.heading).toContainText('NEVERTHERE');
  });

  test('a create refused for a duplicate identifier is not reported as a change by another user', async ({
    app,
    page,
    guard,
    sandbox,
  }) => {
    guard.allowError(/Failed to load resource/);
    const diagnostics = 'The identifier belongs to another record.';
    const issue = [{ severity: 'error', code: 'duplicate', diagnostics }];
    sandbox.fhir.faults.add({
      method: 'POST',
      path: /\/Patient$/,
      times: 1,
      status: 409,
      contentType: 'application/fhir+json',
      body: { resourceType: 'OperationOutcome', issue },
    });
    await app.open('/patients/new');
    await app.form.family.fill('Takennumber');
    await app.form.create.click();
    const said = app.form.alert.first();
    await expect(said).toContainText('The server refused to create this record.');
    await expect(said).toContainText('A number in it may belong to another record already');
    await expect(said).toContainText(diagnostics);
    await expect(page.getByText(/changed the record/)).toHaveCount(0);
    await expect(app.form.family).toHaveValue('Takennumber');
    await app.form.create.click();
    await expect(app.chart.heading).toContainText('TAKENNUMBER');
  });

  test('$validate shows errors at the fields and warnings in a list before anything is created', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    const issues = (severity: string) => ({
      method: 'POST',
      path: /\$validate/,
      times: 1,
      status: 200,
      contentType: 'application/fhir+json',
      body: {
        resourceType: 'OperationOutcome',
        issue: [
          {
            severity,
            code: 'value',
            diagnostics: 'The phone number has no country code.',
            expression: ['Patient.telecom[0].value'],
          },
        ],
      },
    });
    await app.open('/patients/new');
    await app.form.family.fill('Checked');
    await app.form.given.fill('Carla');
    const phone = page.getByLabel('Phone', { exact: true });
    await phone.fill('12345');
    sandbox.fhir.faults.add(issues('error'));
    await app.form.create.click();
    await expect(dialog(page)).toContainText('no country code');
    await press(page, 'Back to the form').click();
    await expect(app.form.alert.first()).toContainText('no country code');
    await expect(phone).toHaveAttribute('aria-invalid', 'true');
    sandbox.fhir.faults.add(issues('warning'));
    await press(page, 'Check with the server').click();
    await expect(page.getByText('The server has a remark.')).toBeVisible();
    await expectAccessible(page, 'warnings of the server');
    // One dialog lists all problems, so that a user who confirms has seen every one.
    guard.allowError(/Failed to load resource/);
    sandbox.fhir.faults.add(issues('error'));
    sandbox.fhir.faults.add({ method: 'GET', path: /\/Patient\?/, status: 403 });
    await app.form.create.click();
    await expect(dialog(page)).toContainText('no country code');
    await expect(dialog(page)).toContainText('search by name was not completed');
    expect(posts(sandbox)).toBe(0);
    await press(page, 'Create anyway').click();
    await expect(app.chart.heading).toContainText('CHECKED');
    expect(posts(sandbox)).toBe(1);
  });

  test('input is saved as it was spelt, in NFC, with periods, rank and references', async ({
    app,
    page,
  }) => {
    await app.open('/patients/new');
    await app.form.family.fill('de Bru\u0065\u0301');
    await app.form.given.fill('mARIE');
    await page.getByLabel('Phone', { exact: true }).fill('+31 6 1234');
    await page.getByLabel('Preference').first().fill('1');
    await page.getByText('More details').click();
    const names = page.getByRole('region', { name: 'Other names' });
    await names.getByLabel('In use from').fill('1 Mar 2001');
    await names.getByLabel('In use until').fill('2000');
    await app.form.create.click();
    await expect(app.form.alert.first()).toContainText('before');
    await names.getByLabel('In use until').fill('31 Dec 2030');
    await page.getByLabel('Find an organization by name').fill('Riverside');
    await page.getByLabel('Find an organization by name').press('Enter');
    await page.getByRole('list', { name: 'Found' }).getByRole('button').first().click();
    await page.getByLabel('Multiple birth').selectOption({ label: 'Yes, with birth order' });
    await page.getByLabel('Birth order').fill('2');
    await expectAccessible(page, 'the whole form');
    const sent = page.waitForRequest((r) => r.method() === 'POST' && r.url().endsWith('/Patient'));
    await app.form.create.click();
    const body = (await sent).postDataJSON() as Patient;
    expect(body.name?.[0]).toEqual({
      use: 'official',
      family: 'de Bru\u00e9',
      given: ['mARIE'],
      period: { start: '2001-03-01', end: '2030-12-31' },
    });
    expect(body.telecom?.[0]?.rank).toBe(1);
    expect(body.multipleBirthInteger).toBe(2);
    expect(body.managingOrganization?.reference).toMatch(/^Organization\//);
    expect(body.managingOrganization?.display).toMatch(/Riverside/);
  });
});
