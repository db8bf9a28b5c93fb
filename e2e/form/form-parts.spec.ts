import { expect, test } from '../fixtures.ts';
import { dialog, press } from '../support/records.ts';

/*
 * Script files of the app may fail to load, as after a new release or in a bad network: the form
 * and its input stay, and "Try again" loads the file again.
 */

const MORE = /assets\/more-fields-/;
const LEAVE = /assets\/leave-question-/;

test('parts of the form that fail to load say so in their place and can be loaded again', async ({
  app,
  guard,
  page,
  sandbox,
}) => {
  guard.allowError(/net::ERR|Failed to load resource|Failed to fetch/);
  await page.route(MORE, (route) => route.abort());
  await page.route(LEAVE, (route) => route.fulfill({ status: 404 }));
  await app.open('/patients/new');
  await app.form.family.fill('Typedname');
  await page.getByText('More details').click();
  await expect(app.form.alert).toContainText('A part of this program could not be loaded.');
  await page.unroute(MORE);
  await press(page, 'Try again').click();
  const finder = page.getByLabel('Find an organization by name');
  await expect(finder).toBeVisible();
  await expect(app.form.alert).toHaveCount(0);

  // Enter that ends the composition of an input method must not search.
  const asked = () => sandbox.fhir.log.filter(({ path }) => path.endsWith('/Organization')).length;
  await finder.fill('Riverside');
  const event = { key: 'Enter', isComposing: true, bubbles: true, cancelable: true };
  await finder.dispatchEvent('keydown', event);
  await finder.fill('River');
  await finder.press('Enter');
  await expect(page.getByRole('list', { name: 'Found' })).toBeVisible();
  expect(asked()).toBe(1);

  // The file of the dialog is missing, but the user is asked all the same.
  await app.form.cancel.click();
  const question = page.getByRole('alertdialog', { name: 'has not been saved and will be lost' });
  await expect(question).toBeInViewport();
  await press(page, 'Stay on this page').click();
  await expect(question).toHaveCount(0);
  await expect(app.form.family).toHaveValue('Typedname');
  await page.unroute(LEAVE);
  await app.form.cancel.click();
  await expect(dialog(page)).toContainText('Leave without saving?');
  await press(page, 'Leave without saving').click();
  await expect(app.list.heading).toBeVisible();
});
