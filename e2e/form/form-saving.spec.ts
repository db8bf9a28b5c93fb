import type { Patient } from 'fhir/r4';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { expect, test } from '../fixtures.ts';
import { listenIn } from '../support/announced.ts';
import { expectAccessible } from '../support/axe.ts';
import { hold } from '../support/hold.ts';
import { dialog, elsewhere, posts, press, stored } from '../support/records.ts';
import { arrived, settled } from '../support/settled.ts';

const ID = 'awkward-inactive';
const VALIDATE = { method: 'POST', path: /\$validate/ };

const puts = (sandbox: Sandbox): number =>
  sandbox.fhir.log.filter(({ method }) => method === 'PUT').length;
const checks = (sandbox: Sandbox): number =>
  sandbox.fhir.log.filter(({ method, path }) => method === 'POST' && VALIDATE.path.test(path))
    .length;

/** Returns the fault in which `$validate` reports one error. */
const objection = (expression: string, diagnostics: string) => ({
  ...VALIDATE,
  status: 200,
  contentType: 'application/fhir+json',
  body: {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'processing', diagnostics, expression: [expression] }],
  },
});

test.describe('leaving the form while it is being saved', () => {
  test('during the check, nothing is written and the app does not navigate', async ({
    app,
    page,
    sandbox,
  }) => {
    const ofNew = hold(sandbox, { ...VALIDATE, times: 1 });
    await app.open('/patients/new');
    await app.form.family.fill('Discarded');
    const checkOfNew = page.waitForRequest((request) => VALIDATE.path.test(request.url()));
    await app.form.create.click();
    await ofNew.asked();
    await expect(app.form.create).toHaveAttribute('aria-disabled', 'true');
    await app.form.cancel.click();
    await press(page, 'Leave without saving').click();
    await expect(app.list.heading).toBeVisible();
    ofNew.release();
    await arrived(await checkOfNew);
    await settled(page, sandbox);
    expect([posts(sandbox), puts(sandbox)]).toEqual([0, 0]);

    await app.list.patients.first().click();
    await app.chart.edit.click();
    await app.form.given.fill('Discarded');
    const ofChange = hold(sandbox, VALIDATE);
    const checkOfChange = page.waitForRequest((request) => VALIDATE.path.test(request.url()));
    await app.form.save.click();
    await ofChange.asked();
    await app.shell.patients.click();
    await press(page, 'Leave without saving').click();
    await expect(app.list.heading).toBeVisible();
    ofChange.release();
    await arrived(await checkOfChange);
    await settled(page, sandbox);
    expect([posts(sandbox), puts(sandbox)]).toEqual([0, 0]);
    await expect(app.list.heading).toBeVisible();
  });

  test('after the change was sent, it is saved and the app does not navigate', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open(`/patients/${ID}/edit`);
    await app.form.given.fill('Undertow');
    const saving = hold(sandbox, { method: 'PUT' });
    await app.form.save.click();
    await saving.asked();
    await app.shell.patients.click();
    await expect(dialog(page)).toContainText('may be saved even if you leave');
    const said = await listenIn(page);
    await press(page, 'Leave').click();
    await expect(app.list.heading).toBeVisible();
    saving.release();
    await expect.poll(said).toContainEqual(expect.stringContaining('Saved '));
    await expect
      .poll(async () => (await stored(sandbox, ID)).name?.[0]?.given)
      .toEqual(['Undertow']);
    await settled(page, sandbox);
    await expect(app.list.heading).toBeVisible();
  });
});

test('a resolved conflict cannot be left unasked while it is saved, and is recognised after a reload', async ({
  app,
  guard,
  page,
  sandbox,
}) => {
  guard.allowError(/net::ERR|Failed to load resource/);
  await app.open(`/patients/${ID}/edit`);
  await app.form.given.fill('Settled');
  await elsewhere(sandbox, ID, { gender: 'other' });
  await app.form.save.click();
  const saveMerged = dialog(page).getByRole('button', { name: 'Save changes' });
  const goBack = press(page, 'Back to the form');
  await expect(goBack).toBeEnabled();
  // The server saves the change, but its response never arrives.
  let arrived = false;
  await page.route(/\/Patient\//, async (route) => {
    if (route.request().method() !== 'PUT') return route.fallback();
    await route.fetch();
    arrived = true;
    return undefined;
  });
  await saveMerged.click();
  await expect.poll(() => arrived).toBe(true);
  await expect(goBack).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await goBack.click({ force: true });
  await expect(saveMerged).toBeVisible();
  await app.shell.patients.evaluate((link: HTMLElement) => link.click());
  await expect(dialog(page).last()).toContainText('may be saved even if you leave');
  await press(page, 'Stay on this page').click();
  await expect(saveMerged).toBeVisible();

  page.on('dialog', (asked) => void asked.accept());
  await page.reload();
  await page.unroute(/\/Patient\//);
  await expect(page.getByText('it may be saved already')).toBeVisible();
  await app.form.save.click();
  await expect(app.chart.heading).toContainText('DORMANT, Settled');
  await expect(dialog(page)).toHaveCount(0);
  const notice = page.getByRole('alert').filter({ hasText: 'did not keep everything' });
  await expect(notice).toHaveCount(0);
  expect((await stored(sandbox, ID)).gender).toBe('other');

  // A server may drop what it cannot store: the response is compared with what was sent.
  await app.editSaved();
  await app.form.given.fill('Stripped');
  sandbox.fhir.faults.add({
    method: 'PUT',
    times: 1,
    rewrite: (body) => ({ ...(body as Patient), gender: undefined }),
  });
  await app.form.save.click();
  await expect(app.chart.heading).toContainText('DORMANT, Stripped');
  await expect(notice).toContainText('as it was sent: Gender. Look at the record');
});

test('the form takes no input while a change is being saved', async ({ app, page, sandbox }) => {
  await app.open(`/patients/${ID}/edit`);
  await app.form.family.fill('Sentname');
  const refusal = hold(sandbox, { method: 'PUT', status: 403, body: '', times: 1 });
  await app.form.family.press('Enter');
  await expect(app.form.save).toHaveAttribute('aria-disabled', 'true');
  await expect(app.form.save).toBeFocused();
  await page.keyboard.type('Toolate');
  await app.form.given.click({ force: true });
  await page.keyboard.type('Toolate');
  refusal.release();
  await expect(app.form.alert).toBeVisible();
  await expect(app.form.given).toHaveValue('Ines');
  // After a refusal the form can be edited again.
  await app.form.given.fill('Intime');
  await app.form.save.click();
  await expect(app.chart.heading).toContainText('SENTNAME, Intime');
});

test.describe('the check of a change by the server is advice', () => {
  test('its errors are shown at their fields, and the change can be saved all the same', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open(`/patients/${ID}/edit`);
    await app.form.given.fill('Objected');
    sandbox.fhir.faults.add({
      ...objection('Patient.name[0].given[0]', 'No such name.'),
      times: 1,
    });
    await app.form.save.click();
    await expect(dialog(page)).toContainText('No such name.');
    await expectAccessible(page, 'the objections of a server');
    expect(puts(sandbox)).toBe(0);
    await press(page, 'Back to the form').click();
    await expect(app.form.given).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByRole('link', { name: 'No such name.' })).toBeInViewport();
    sandbox.fhir.faults.add({
      ...objection('Patient.name[0].given[0]', 'No such name.'),
      times: 1,
    });
    await app.form.save.click();
    await press(page, 'Save anyway').click();
    await expect(app.chart.heading).toContainText('Objected');
    expect(puts(sandbox)).toBe(1);
  });

  test('errors that the record had before do not stop a change', async ({ app, sandbox }) => {
    await app.open(`/patients/${ID}/edit`);
    await app.form.given.fill('Unhindered');
    sandbox.fhir.faults.add(objection('Patient.meta.profile[0]', 'The profile is not known.'));
    await app.form.save.click();
    await expect(app.chart.heading).toContainText('Unhindered');
    expect([checks(sandbox), puts(sandbox)]).toEqual([2, 1]);
  });

  test('a check on request that fails is not called a success, and does not delay a save', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/Failed to load resource/);
    await app.open(`/patients/${ID}/edit`);
    sandbox.fhir.faults.add({ ...VALIDATE, status: 403, body: '', times: 1 });
    const check = press(page, 'Check with the server');
    await check.click();
    await expect(app.form.alert).toBeVisible();
    await expect(page.getByText('found no problems')).toHaveCount(0);
    sandbox.fhir.faults.add({ ...VALIDATE, delay: 20_000, times: 1 });
    await check.click();
    await expect(page.getByText('Checking…')).toBeVisible();
    await app.form.given.fill('Impatient');
    await app.form.save.click();
    await expect(app.chart.heading).toContainText('Impatient');
  });
});

test('the heading of the form takes the focus only when the user comes from the chart', async ({
  app,
  page,
}) => {
  await app.open(`/patients/${ID}`);
  await page.addInitScript(() => {
    const focused: string[] = [];
    Object.assign(globalThis, { focused });
    addEventListener('focusin', ({ target }) => focused.push((target as Element).tagName));
  });
  const focused = () => page.evaluate(() => (globalThis as { focused?: string[] }).focused);
  await page.goto(`/patients/${ID}/edit`);
  await expect(app.form.family).toBeVisible();
  await app.form.family.focus();
  expect(await focused()).toEqual(['INPUT']);
  await app.form.cancel.click();
  await app.chart.edit.click();
  await expect(page.getByRole('heading', { name: 'Edit patient' })).toBeFocused();
});
