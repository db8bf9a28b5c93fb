import { expect, test } from './fixtures.ts';
import { dialog, press, UNAUTHORIZED } from './support/records.ts';
import { settled } from './support/settled.ts';

test('the focus stays near when the pressed control disappears', async ({
  app,
  page,
  sandbox,
  guard,
}) => {
  guard.allowError(/500|Failed to load resource/);
  await app.openList();
  await settled(page, sandbox);
  const mend = sandbox.fhir.faults.add({ path: /\/Patient\?/, status: 500, body: '' });
  await app.list.box.fill('smith');
  const again = page.getByRole('button', { name: 'Try again' });
  await again.focus();
  mend();
  await page.keyboard.press('Enter');
  await expect(again).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();

  await app.list.moreFilters.click();
  const born = app.list.filter('Birth date');
  await born.fill('03/04/1970');
  await page.getByRole('button', { name: '03-Apr-1970' }).press('Enter');
  await expect(born).toBeFocused();
  await expect(born).toHaveValue('03-Apr-1970');
});

test('the focus stays near when what failed in a chart is loaded again', async ({
  app,
  page,
  sandbox,
}) => {
  const mendPatient = sandbox.fhir.faults.add({ path: /\/Patient\/p0001$/, status: 500, body: '' });
  const mendCard = sandbox.fhir.faults.add({ path: /\/Condition\?/, status: 500, body: '' });
  await app.open('/patients/p0001');
  await press(page, 'Try again').focus();
  mendPatient();
  await page.keyboard.press('Enter');
  await expect(app.chart.banner).toBeVisible();
  await expect(app.chart.heading).toBeFocused();

  const card = page.getByRole('region', { name: 'Conditions', exact: true });
  const again = card.getByRole('button', { name: 'Try again' });
  await again.focus();
  mendCard();
  await page.keyboard.press('Enter');
  await expect(again).toHaveCount(0);
  await expect(card.getByRole('heading', { level: 2 })).toBeFocused();
});

test('the focus stays near when a row of the form, a notice or a deletion is gone', async ({
  app,
  page,
  sandbox,
}) => {
  await app.open('/patients/awkward-inactive/edit');
  const add = press(page, 'Add an address');
  await add.press('Enter');
  await page
    .getByRole('button', { name: /^Remove Address/ })
    .last()
    .press('Enter');
  await expect(add).toBeFocused();

  await app.form.family.fill('Nearby');
  await app.form.save.press('Enter');
  await expect(app.chart.heading).toContainText('NEARBY');
  const close = press(page, 'Close');
  await close.press('Enter');
  await expect(close).toHaveCount(0);
  await expect(app.chart.heading).toBeFocused();

  await fetch(`${sandbox.open}/Patient/awkward-inactive`, { method: 'DELETE' });
  await page.reload();
  await page.getByRole('button', { name: /^Restore/ }).press('Enter');
  await dialog(page)
    .getByRole('button', { name: /^Restore/ })
    .press('Enter');
  await expect(app.chart.banner).toBeVisible();
  await expect(app.chart.heading).toBeFocused();
});

test('the focus returns to the pressed button when a masked form is shown again', async ({
  app,
  page,
  sandbox,
}) => {
  await app.open('/patients/new', 'token');
  await app.form.family.fill('Masked');
  await app.form.family.press('End'); // fetches the code of the dialog
  // A form that is masked before the code of the dialog has arrived gives up its focus.
  const fetched = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .join(),
    );
  await expect.poll(fetched).toContain('expired-dialog');
  await settled(page, sandbox);
  const clear = sandbox.fhir.faults.add({ method: 'POST', path: /Patient$/, ...UNAUTHORIZED });
  await app.form.create.press('Enter');
  const expired = page.getByRole('alertdialog');
  await expect(expired).toContainText('Your session has ended');
  clear();
  await expired.getByLabel(/access token/i).fill(await sandbox.entra.accessToken());
  await expired.getByRole('button', { name: 'Sign in again' }).press('Enter');
  await expect(expired).toHaveCount(0);
  await expect(app.form.create).toBeFocused();
});
