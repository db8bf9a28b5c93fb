import type { Patient } from 'fhir/r4';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { hold } from '../support/hold.ts';
import { dialog, elsewhere, more, press, startDeleting } from '../support/records.ts';
import { arrived, settled } from '../support/settled.ts';

/*
 * An attempt ends with its dialog: a cancelled request is not sent, a request that was sent cannot
 * be cancelled, and its response does not take users back to a page that they left.
 */

const asked = (sandbox: Sandbox, method: string): number =>
  sandbox.fhir.log.filter((entry) => entry.method === method).length;

test('a deletion cancelled before it is sent is not done, and one that was sent cannot be cancelled', async ({
  app,
  page,
  sandbox,
}) => {
  const confirm = await startDeleting(app);
  const looking = hold(sandbox, { method: 'GET', path: /awkward-test$/, times: 1 });
  const look = page.waitForRequest(/\/fhir\/Patient\/awkward-test$/);
  await confirm.click();
  await looking.asked();
  await press(page, 'Cancel').click();
  await expect(dialog(page)).toHaveCount(0);
  looking.release();
  await arrived(await look);
  await settled(page, sandbox);
  expect(asked(sandbox, 'DELETE')).toBe(0);

  await more(page, 'Delete');
  await dialog(page).getByLabel('Reason').selectOption({ label: 'Test record' });
  await dialog(page)
    .getByLabel(/^To confirm/)
    .fill('Zzztest');
  const deleting = hold(sandbox, { method: 'DELETE', times: 1 });
  await confirm.click();
  await expect(dialog(page).getByRole('status')).toHaveText('Deleting…');
  await expect(press(page, 'Cancel')).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toBeVisible();
  deleting.release();
  await expect(page.getByRole('heading', { name: 'Patient deleted' })).toBeVisible();
  await expect(dialog(page)).toHaveCount(0);
  expect(asked(sandbox, 'DELETE')).toBe(1);
});

test('a restore that finishes after the user has left the page does not navigate', async ({
  app,
  page,
  sandbox,
}) => {
  const id = 'awkward-no-contact';
  await elsewhere(sandbox, id, { gender: 'other' });
  await app.open(`/patients/${id}/history`);
  await page.getByRole('link', { name: 'Version 1', exact: true }).click();
  await press(page, 'Restore this version').click();
  const saving = hold(sandbox, { method: 'PUT', times: 1 });
  const saved = page.waitForResponse((answer) => answer.request().method() === 'PUT');
  await dialog(page).getByRole('button', { name: 'Restore this version' }).click();
  await expect(dialog(page).getByRole('status')).toHaveText('Saving…');
  await dialog(page).getByRole('button', { name: 'Close' }).press('Enter');
  await expect(dialog(page)).toBeVisible();
  await page.goBack();
  await app.shell.patients.click();
  await app.listIsFilled();
  saving.release();
  await arrived((await saved).request());
  await settled(page, sandbox);
  expect(new URL(page.url()).pathname).toBe('/patients');
});

test('linking tells twelve namesakes apart and compares the one chosen last', async ({
  app,
  page,
  sandbox,
}) => {
  for (let n = 11; n <= 22; n += 1) {
    await fetch(`${sandbox.fhir.openBaseUrl}/Patient`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/fhir+json' },
      body: JSON.stringify({
        resourceType: 'Patient',
        identifier: [{ value: `N-${n}` }],
        name: [{ family: 'Namesake', given: [`Same${n}`] }],
        gender: 'female',
      } satisfies Patient),
    });
  }
  await app.open('/patients/awkward-no-contact');
  await more(page, 'Link as duplicate');
  await dialog(page).getByLabel('Name, birth date or identifier').fill('Namesake');
  await dialog(page).getByRole('button', { name: 'Find' }).click();
  const choice = (n: number) =>
    dialog(page).getByRole('button', {
      name: `Choose NAMESAKE, Same${n}, Not Known, Female, N-${n}`,
    });
  await expect(dialog(page).getByText('12 other patients found.')).toBeVisible();
  await expect(choice(22)).toBeVisible();
  await expectAccessible(page, 'choosing the record that stays');
  const record = /Patient\/[^/?]+$/;
  const first = hold(sandbox, { method: 'GET', path: record, times: 1 });
  const asking = page.waitForRequest((request) => record.test(request.url()));
  await choice(11).click();
  await expect(choice(11)).toHaveAttribute('data-busy');
  await choice(22).click();
  await expect(dialog(page)).toContainText('NAMESAKE, Same22 stays');
  first.release();
  await arrived(await asking);
  await settled(page, sandbox);
  await expect(dialog(page)).toContainText('NAMESAKE, Same22 stays');
});
