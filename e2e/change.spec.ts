import type { Locator, Page } from 'playwright/test';
import type { Bundle, Patient, Provenance } from 'fhir/r4';
import { faultKinds } from '#sandbox/fhir/faults.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { expect, test } from './fixtures.ts';
import { expectAccessible } from './support/axe.ts';

const posts = (sandbox: Sandbox): number =>
  sandbox.fhir.log.filter(({ method, path }) => method === 'POST' && path.endsWith('/Patient'))
    .length;

async function stored(sandbox: Sandbox, id: string): Promise<Patient> {
  const answer = await fetch(`${sandbox.fhir.openBaseUrl}/Patient/${id}`);
  return (await answer.json()) as Patient;
}

/** What somebody else does on another machine. */
async function elsewhere(sandbox: Sandbox, id: string, change: Partial<Patient>): Promise<void> {
  const answer = await fetch(`${sandbox.fhir.openBaseUrl}/Patient/${id}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/fhir+json' },
    body: JSON.stringify({ ...(await stored(sandbox, id)), ...change }),
  });
  expect(answer.ok).toBe(true);
}

const dialog = (page: Page): Locator => page.locator('dialog[open]');
const press = (page: Page, name: string): Locator =>
  page.getByRole('button', { name, exact: true });

async function more(page: Page, deed: string): Promise<void> {
  await press(page, 'More').click();
  await press(page, deed).click();
  await expect(dialog(page)).toBeVisible();
}

test.describe('create', () => {
  test('a duplicate is shown side by side in the dialog, and asked about twice', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open('/patients/new');
    await app.form.family.fill('Dormant');
    await app.form.given.fill('Ines');
    await app.form.day.fill('17');
    await app.form.month.selectOption({ label: 'June' });
    await app.form.year.fill('1990');
    await app.form.create.click();
    await expect(dialog(page)).toContainText('This patient may already be there');
    expect(posts(sandbox)).toBe(0);
    await expect(dialog(page)).toContainText('DORMANT, Ines');
    await expect(dialog(page).getByText('Inactive', { exact: true })).toBeVisible();
    await dialog(page).getByText('More details').click();
    await expect(
      dialog(page).getByRole('region', { name: 'Comparison of further details' }),
    ).toBeVisible();
    await expect(dialog(page).locator('a[target]')).toHaveCount(0);
    await expectAccessible(page, 'the duplicate check');
    // The record that is there already can be opened, after a word about what was typed.
    await dialog(page)
      .getByRole('button', { name: /^Open this record instead DORMANT/ })
      .click();
    await expect(dialog(page)).toContainText('Leave without saving?');
    await press(page, 'Stay on this page').click();
    await expect(app.form.family).toHaveValue('Dormant');
    await app.form.create.click();
    await press(page, 'Create anyway').click();
    await expect(app.chart.heading).toContainText('DORMANT, Ines');
    expect(posts(sandbox)).toBe(1);
  });

  test('$match is asked where the server declares it', async ({ app, page, sandbox }) => {
    const twin = await stored(sandbox, 'awkward-seealso');
    sandbox.fhir.faults.add({
      method: 'GET',
      path: /\/metadata/,
      rewrite: (body) => {
        const rest = (body as { rest: { resource: { type: string; operation: unknown[] }[] }[] })
          .rest[0];
        rest?.resource
          .find(({ type }) => type === 'Patient')
          ?.operation.push({
            name: 'match',
            definition: 'http://hl7.org/fhir/OperationDefinition/Patient-match',
          });
        return body;
      },
    });
    sandbox.fhir.faults.add({
      method: 'POST',
      path: /\/Patient\/\$match/,
      status: 200,
      contentType: 'application/fhir+json',
      body: {
        resourceType: 'Bundle',
        type: 'searchset',
        entry: [{ resource: twin, search: { mode: 'match', score: 0.9 } }],
      } satisfies Bundle,
    });
    await app.open('/patients/new');
    await app.form.family.fill('Unlike');
    const asked = page.waitForRequest((r) => r.url().endsWith('/Patient/$match'));
    await app.form.create.click();
    const parameters = (await asked).postDataJSON() as { parameter: { name: string }[] };
    expect(parameters.parameter.map(({ name }) => name)).toContain('resource');
    await expect(dialog(page)).toContainText('TWINNING, Dora');
    await expect(dialog(page)).toContainText('The server takes them for the same person');
  });

  test('Enter twice, back and a reload make one patient', async ({ app, page, sandbox }) => {
    await app.open('/patients');
    await app.listIsFilled();
    await app.list.newPatient.click();
    sandbox.fhir.faults.add({ method: 'POST', path: /\/Patient$/, delay: 500, times: 1 });
    await app.form.family.fill('Entertwice');
    await app.form.given.fill('Once');
    await app.form.given.press('Enter');
    await app.form.given.press('Enter');
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

  test('a reload while the create is under way is not a second create', async ({
    app,
    page,
    guard,
    sandbox,
  }) => {
    guard.allowError(/net::ERR|Failed to load resource/);
    await app.open('/patients/new');
    await app.form.family.fill('Reloaded');
    await app.form.given.fill('Rita');
    await page.waitForTimeout(700); // the draft is kept half a second after the last key
    page.on('dialog', (asked) => void asked.accept());
    // The server does it, and the answer is still on its way when the page is loaded again.
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
    await expect(app.form.family).toHaveValue('Reloaded');
    await app.form.create.click();
    await expect(dialog(page)).toContainText('RELOADED, Rita');
    expect(posts(sandbox)).toBe(1);
  });

  test('a lost answer: looks first, shows what it found, and opens it', async ({
    app,
    page,
    guard,
    sandbox,
  }) => {
    guard.allowError(/net::ERR|Failed to load resource/);
    await app.open('/patients/new');
    await app.form.family.fill('Lostfound');
    await app.form.given.fill('Lena');
    sandbox.fhir.faults.add({
      method: 'POST',
      path: /\/Patient$/,
      times: 1,
      ...faultKinds.answerLost(),
    });
    await app.form.create.click();
    await expect(dialog(page)).toContainText('seems to have been created');
    await expect(dialog(page)).toContainText('LOSTFOUND, Lena');
    await expectAccessible(page, 'a lost answer');
    await dialog(page)
      .getByRole('button', { name: /^Open this record instead/ })
      .click();
    await expect(app.chart.heading).toContainText('LOSTFOUND, Lena');
    expect(posts(sandbox)).toBe(1);
  });

  test('a request that never arrived may be tried again', async ({ app, page, guard }) => {
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
    await expect(dialog(page)).toContainText('It is safe to try again');
    await press(page, 'Try again').click();
    await expect(app.chart.heading).toContainText('NEVERTHERE');
  });

  test('$validate: errors at the fields before anything is sent, warnings in a list', async ({
    app,
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
    const phone = page.getByLabel('Phone', { exact: true });
    await phone.fill('12345');
    sandbox.fhir.faults.add(issues('error'));
    await app.form.create.click();
    await expect(app.form.alert.first()).toContainText('no country code');
    await expect(phone).toHaveAttribute('aria-invalid', 'true');
    expect(posts(sandbox)).toBe(0);
    sandbox.fhir.faults.add(issues('warning'));
    await press(page, 'Check with the server').click();
    await expect(page.getByText('The server has a remark.')).toBeVisible();
    await expectAccessible(page, 'warnings of the server');
    await app.form.create.click();
    await expect(app.chart.heading).toContainText('CHECKED');
  });

  test('what is typed is kept as spelt, in NFC, with periods, rank and references', async ({
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

test.describe('change', () => {
  test('412 twice in a row: choose, choose again and save, by keyboard', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-inactive';
    await app.open(`/patients/${id}/edit`);
    await app.form.family.fill('Minefamily');
    await app.form.given.fill('Minegiven');
    await elsewhere(sandbox, id, { birthDate: '1991-07-18', gender: 'other' });
    await app.form.save.click();
    await expect(dialog(page)).toContainText('Somebody else changed this patient');
    await expectAccessible(page, 'a conflict');
    await elsewhere(sandbox, id, {
      name: [{ use: 'official', family: 'Theirfamily', given: ['Ines'] }],
    });
    await dialog(page).getByRole('button', { name: 'Save changes' }).click();
    await expect(dialog(page).getByText('One choice is left.')).toBeVisible();
    const mine = dialog(page)
      .getByRole('radio', { name: /take yours/ })
      .last();
    await mine.focus();
    await page.keyboard.press('Space');
    await expect(dialog(page).getByText('Nothing is left to choose.')).toBeVisible();
    await dialog(page).getByRole('button', { name: 'Save changes' }).focus();
    await page.keyboard.press('Enter');
    await expect(app.chart.heading).toContainText('MINEFAMILY, Minegiven');
    const now = await stored(sandbox, id);
    expect(now.birthDate).toBe('1991-07-18');
    expect(now.gender).toBe('other');
    expect(now.name?.[0]?.family).toBe('Minefamily');
  });

  test('unsaved changes: a link, the Back button and closing the tab warn', async ({
    app,
    page,
  }) => {
    await app.open('/patients/awkward-inactive');
    await app.chart.edit.click();
    await app.form.family.fill('Halfdone');
    await app.shell.patients.click();
    await expect(dialog(page)).toContainText('Leave without saving?');
    await press(page, 'Stay on this page').click();
    await page.goBack();
    await expect(dialog(page)).toContainText('Leave without saving?');
    await press(page, 'Stay on this page').click();
    await expect(app.form.family).toHaveValue('Halfdone');
    let warned = false;
    page.on('dialog', (asked) => {
      warned = asked.type() === 'beforeunload';
      void asked.accept();
    });
    await page.waitForTimeout(700);
    await page.reload();
    expect(warned).toBe(true);
    await expect(app.form.family).toHaveValue('Halfdone');
  });

  test('an expired session: sign in again, the draft is there; gone on sign-out', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open('/patients/awkward-inactive/edit', 'token');
    await app.form.family.fill('Stilltyped');
    await page.waitForTimeout(700);
    sandbox.fhir.faults.add({ method: 'PUT', path: /\/Patient\//, times: 1, status: 401 });
    await app.form.save.click();
    const expired = page.getByRole('alertdialog');
    await expect(expired).toBeVisible();
    await expired.getByLabel(/access token/i).fill(await sandbox.entra.accessToken());
    await expired.getByRole('button', { name: /sign in/i }).click();
    await expect(expired).toBeHidden();
    await expect(app.form.family).toHaveValue('Stilltyped');
    await app.form.save.click();
    await expect(app.chart.heading).toContainText('STILLTYPED');

    await app.chart.edit.click();
    await app.form.family.fill('Nottobekept');
    await page.waitForTimeout(700);
    page.on('dialog', (asked) => void asked.accept());
    await app.shell.signOut.click();
    await expect(app.shell.signInTo('Open test server')).toBeVisible();
    expect(await page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))).not.toContain(
      'Nottobekept',
    );
  });
});

test.describe('deeds', () => {
  test('the menu by keyboard: opens, walks, closes, gives the focus back', async ({
    app,
    page,
  }) => {
    await app.open('/patients/awkward-no-contact');
    await expect(app.chart.heading).toContainText('SILENT');
    const opener = press(page, 'More');
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect(opener).toHaveAttribute('aria-expanded', 'true');
    await expectAccessible(page, 'the menu of deeds');
    await page.keyboard.press('ArrowDown');
    await expect(press(page, 'Mark as inactive')).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(press(page, 'Delete')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(opener).toBeFocused();
    await expect(opener).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(opener).toBeFocused();
  });

  test('inactive and active again, with If-Match and a second look after a change', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-no-contact';
    await app.open(`/patients/${id}`);
    await more(page, 'Mark as inactive');
    await expectAccessible(page, 'marking as inactive');
    await elsewhere(sandbox, id, { gender: 'other' });
    await press(page, 'Mark as inactive').last().click();
    await expect(dialog(page)).toContainText('Somebody changed this record in the meantime');
    const sent = page.waitForRequest((r) => r.method() === 'PUT');
    await dialog(page).getByRole('button', { name: 'Mark as inactive' }).click();
    expect((await sent).headers()['if-match']).toBe('W/"2"');
    await expect(dialog(page)).toBeHidden();
    await expect(app.chart.banner).toContainText('Inactive record');
    const now = await stored(sandbox, id);
    expect(now).toMatchObject({ active: false, gender: 'other' });
    await more(page, 'Mark as active');
    await dialog(page).getByRole('button', { name: 'Mark as active' }).click();
    await expect(app.chart.banner).not.toContainText('Inactive record');
  });

  test('deceased, with a partial date; a date in the future is refused', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-no-contact';
    await app.open(`/patients/${id}`);
    await more(page, 'Mark as deceased');
    await dialog(page).getByLabel('Year').fill('2999');
    await dialog(page).getByRole('button', { name: 'Mark as deceased' }).click();
    await expect(dialog(page)).toContainText('The date is in the future.');
    await expectAccessible(page, 'marking as deceased');
    await dialog(page).getByLabel('Year').fill('2024');
    await dialog(page).getByLabel('Month').selectOption({ label: 'May' });
    await dialog(page).getByRole('button', { name: 'Mark as deceased' }).click();
    await expect(app.chart.banner).toContainText('May-2024');
    expect((await stored(sandbox, id)).deceasedDateTime).toBe('2024-05');
  });

  test('delete with reason and name, what is left, and restore', async ({ app, page, sandbox }) => {
    const id = 'awkward-test';
    await app.open(`/patients/${id}`, 'entra');
    await more(page, 'Delete');
    const confirm = dialog(page).getByRole('button', { name: 'Delete', exact: true });
    await confirm.click();
    await expect(dialog(page)).toContainText('Choose why the record is deleted.');
    await dialog(page).getByLabel('Reason').selectOption({ label: 'Test record' });
    const name = dialog(page).getByLabel('To confirm, type Zzztest');
    await name.fill('somebody');
    await confirm.click();
    await expect(dialog(page)).toContainText('This is not the name of the patient.');
    await expectAccessible(page, 'deleting');
    await name.fill('zzztest');
    await elsewhere(sandbox, id, { gender: 'unknown' });
    await confirm.click();
    await expect(dialog(page)).toContainText('Somebody changed this record in the meantime');
    expect((await stored(sandbox, id)).gender).toBe('unknown');
    await name.fill('zzztest');
    await confirm.click();
    await expect(page.getByRole('heading', { name: 'Patient deleted' })).toBeVisible();
    expect((await fetch(`${sandbox.fhir.openBaseUrl}/Patient/${id}`)).status).toBe(410);
    const main = page.getByRole('main');
    await expect(main).toContainText('ZZZTEST, Training was deleted');
    await expect(main).toContainText('Casey Moreau (Test record)');
    await expectAccessible(page, 'a deleted patient');

    await main.getByRole('link', { name: 'History' }).click();
    const table = page.getByRole('table', { name: 'History' });
    await expect(table.getByRole('row', { name: /Deleted/ })).toContainText(
      'Casey Moreau (Test record)',
    );
    await expectAccessible(page, 'the history of a deleted patient');
    await press(page, 'Restore').click();
    await expect(dialog(page)).toContainText('The record comes back');
    await dialog(page).getByRole('button', { name: 'Restore this version' }).click();
    await expect(app.chart.heading).toContainText('ZZZTEST, Training');
    const back = await stored(sandbox, id);
    expect(back.gender).toBe('unknown');
    expect(back.meta?.security?.[0]?.code).toBe('HTEST');
    const kept = (await (
      await fetch(`${sandbox.fhir.openBaseUrl}/Provenance?target=Patient/${id}`)
    ).json()) as Bundle<Provenance>;
    expect(kept.entry?.[0]?.resource?.reason?.[0]?.text).toBe('Test record');
  });

  test('a server that refuses to delete is believed', async ({ app, page, sandbox }) => {
    await app.open('/patients/awkward-test');
    sandbox.fhir.faults.add({
      method: 'DELETE',
      status: 409,
      contentType: 'application/fhir+json',
      body: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'conflict', diagnostics: 'Referenced by Condition/1' }],
      },
    });
    await more(page, 'Delete');
    await dialog(page).getByLabel('Reason').selectOption({ label: 'Test record' });
    await dialog(page)
      .getByLabel(/^To confirm/)
      .fill('Zzztest');
    await dialog(page).getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(dialog(page)).toContainText('other records refer to it');
    await expect(dialog(page)).toContainText('Referenced by Condition/1');
  });

  for (const way of ['transaction', 'one by one'] as const) {
    test(`link as duplicate: ${way}`, async ({ app, page, sandbox }) => {
      if (way === 'one by one') {
        sandbox.fhir.faults.add({ method: 'POST', path: /\/fhir\/?$/, status: 405, body: '' });
      }
      await app.open('/patients/awkward-seealso');
      await more(page, 'Link as duplicate');
      await dialog(page).getByLabel('Name, birth date or identifier').fill('Duplicate Dora');
      await dialog(page).getByLabel('Name, birth date or identifier').press('Enter');
      await expect(dialog(page).getByText('Merged itself')).toBeVisible();
      await dialog(page)
        .getByRole('button', { name: /^Choose DUPLICATE, Dora Mae/ })
        .click();
      await expect(dialog(page)).toContainText('Compare the two.');
      await expectAccessible(page, 'linking two records');
      const link = dialog(page).getByRole('button', { name: 'Link the records' });
      await link.click();
      await expect(dialog(page)).toContainText('Say that you have compared the two records.');
      await dialog(page).getByRole('checkbox').check();
      await link.click();
      await expect(app.chart.banner).toContainText(/merged/i);
      await expect(app.chart.edit).toHaveCount(0);
      const gone = await stored(sandbox, 'awkward-seealso');
      expect(gone.active).toBe(false);
      expect(gone.link).toContainEqual({
        other: { reference: 'Patient/awkward-survivor' },
        type: 'replaced-by',
      });
      expect((await stored(sandbox, 'awkward-survivor')).link).toContainEqual({
        other: { reference: 'Patient/awkward-seealso' },
        type: 'replaces',
      });
      await press(page, 'More').click();
      await expect(page.getByText('must not be changed any more')).toBeVisible();
    });
  }

  test('link as duplicate: the second of two updates fails, which is said, then tried again', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({ method: 'POST', path: /\/fhir\/?$/, status: 405, body: '' });
    sandbox.fhir.faults.add({
      method: 'PUT',
      path: /awkward-seealso/,
      times: 1,
      status: 422,
      body: '',
    });
    await app.open('/patients/awkward-seealso');
    await more(page, 'Link as duplicate');
    await dialog(page).getByLabel('Name, birth date or identifier').fill('Duplicate Dora');
    await dialog(page).getByLabel('Name, birth date or identifier').press('Enter');
    await dialog(page)
      .getByRole('button', { name: /^Choose DUPLICATE, Dora Mae/ })
      .click();
    await dialog(page).getByRole('checkbox').check();
    await dialog(page).getByRole('button', { name: 'Link the records' }).click();
    await expect(dialog(page)).toContainText('Only half of it was done');
    expect((await stored(sandbox, 'awkward-seealso')).active).not.toBe(false);
    await dialog(page).getByRole('checkbox').check();
    await dialog(page).getByRole('button', { name: 'Link the records' }).click();
    await expect(app.chart.banner).toContainText(/merged/i);
    const links = (await stored(sandbox, 'awkward-survivor')).link ?? [];
    expect(links.filter(({ type }) => type === 'replaces')).toHaveLength(2);
  });

  test('requirement 23: a reader is told why nothing of it is offered', async ({ app, page }) => {
    await app.open('/patients/awkward-test', 'entra', 'Robin Adeyemi');
    await press(page, 'More').click();
    await expect(page.getByText('Your role does not allow deleting patients.')).toBeVisible();
    await expect(page.getByText('Your role does not allow changing patients.')).toBeVisible();
    await expect(press(page, 'Delete')).toHaveCount(0);
    await page.goto('/patients/awkward-test/edit');
    await expect(app.shell.main).toContainText('Your role does not allow editing.');
  });

  test('read-only scopes are told from a role', async ({ app, page }) => {
    await page.goto(app.stage.launchUrl({ patient: 'awkward-test' }));
    await expect(app.chart.heading).toContainText('ZZZTEST');
    await press(page, 'More').click();
    await expect(page.getByText('Deleting patients was not granted at sign-in.')).toBeVisible();
  });
});

test.describe('history', () => {
  test('versions, who and when, any two compared in words, an old one restored', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-no-contact';
    await elsewhere(sandbox, id, { gender: 'female' });
    await elsewhere(sandbox, id, { gender: 'female', birthDate: '1950-02-02' });
    await fetch(`${sandbox.fhir.openBaseUrl}/Provenance`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/fhir+json' },
      body: JSON.stringify({
        resourceType: 'Provenance',
        target: [{ reference: `Patient/${id}/_history/2` }],
        recorded: '2026-01-01T00:00:00Z',
        agent: [{ who: { display: 'Registrar Rowe' } }],
      } satisfies Provenance),
    });
    await app.open(`/patients/${id}/history`);
    const table = page.getByRole('table', { name: 'History' });
    await expect(table.getByRole('row', { name: /Version 2/ })).toContainText('Registrar Rowe');
    await expect(table.getByRole('row', { name: /Version 3/ })).toContainText('Not recorded');
    await expect(table.getByRole('row', { name: /Version 3/ })).toContainText('Birth date');
    expect(
      sandbox.fhir.log.filter(({ method, path }) => method === 'GET' && /Provenance/.test(path)),
    ).toHaveLength(1);
    await expectAccessible(page, 'history');
    await table.getByRole('link', { name: 'Version 1' }).click();
    await page.getByLabel('Compare with').selectOption({ index: 1 });
    await expect(page.getByRole('table', { name: 'Differences' })).toContainText('02-Feb-1950');
    await press(page, 'Restore this version').click();
    await expect(dialog(page)).toContainText('It is saved as a new version.');
    await expectAccessible(page, 'restoring a version');
    await dialog(page).getByRole('button', { name: 'Restore this version' }).click();
    await expect(table.getByRole('row', { name: /Version 4/ })).toBeVisible();
    expect(await stored(sandbox, id)).toMatchObject({ gender: 'male', birthDate: '1949-02-02' });
  });
});
