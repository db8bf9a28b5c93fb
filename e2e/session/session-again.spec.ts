import { expect, test } from '../fixtures.ts';
import { draftKept, more, stored, UNAUTHORIZED } from '../support/records.ts';

test.describe('a session that runs out', () => {
  test('requirement 40: form input survives a new sign-in in place', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.clock.install();
    await app.open('/patients/new', 'token');
    await app.form.family.fill('Keptwhileexpired');
    const clear = sandbox.fhir.faults.add({ method: 'POST', path: /Patient$/, ...UNAUTHORIZED });
    await app.form.create.click();
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toContainText('Your session has ended');
    clear();
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Stay on this page' }).click();
    await expect(question).toHaveCount(0);
    // Requirement 43: the idle time still ends with a warning while the user fetches a new token.
    await page.clock.fastForward('14:20');
    const warning = page.getByRole('alertdialog', { name: 'Are you still there?' });
    await expect(warning).toHaveAccessibleDescription(/signed out/);
    await warning.getByRole('button', { name: 'Stay signed in' }).click();
    await expect(warning).toHaveCount(0);
    await page.clock.fastForward('01:00');
    await dialog.getByLabel(/access token/i).fill(await sandbox.entra.accessToken());
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(app.form.family).toHaveValue('Keptwhileexpired');
  });

  test('requirement 40: form input survives a sign-in at the EHR', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open('/patients/new', 'ehr');
    await app.form.family.fill('Keptoverredirect');
    await draftKept(page, 'Keptoverredirect');
    sandbox.ehr.control.refresh = 'refuse';
    const clear = sandbox.fhir.faults.add({ path: /\/fhir\/Patient/, ...UNAUTHORIZED });
    await app.form.create.click();
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toContainText('Your session has ended');
    await expect(app.form.family).toBeHidden();
    clear();
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await app.stage.answerEhr(page);
    await expect(page).toHaveURL(/\/patients\/new$/);
    await expect(app.form.family).toHaveValue('Keptoverredirect');
  });

  test('requirement 40: an open dialog is hidden with its page, whatever the patient id, and comes back as it was', async ({
    app,
    page,
    sandbox,
  }) => {
    // The address of the access check ends in this id, too.
    await fetch(`${sandbox.open}/Patient/access`, {
      method: 'PUT',
      headers: { 'Content-Type': 'application/fhir+json' },
      body: JSON.stringify({ ...(await stored(sandbox, 'awkward-seealso')), id: 'access' }),
    });
    await app.open('/patients/access', 'token');
    await more(page, 'Link as duplicate');
    const link = page.locator('dialog[role="dialog"]');
    const box = link.getByLabel('Name, birth date or identifier');
    await box.fill('Duplicate Dora');
    const clear = sandbox.fhir.faults.add({ path: /\/Patient/, ...UNAUTHORIZED });
    await box.press('Enter');
    const expired = page.getByRole('alertdialog');
    await expect(expired).toContainText('Your session has ended');
    await expect(link).toBeHidden();
    await expect(app.chart.heading).toBeHidden();
    // A hidden dialog that is still modal would put the visible one out of reach.
    expect(await page.locator('dialog:modal').count()).toBe(1);
    clear();
    await expired.getByLabel(/access token/i).fill(await sandbox.entra.accessToken());
    await expired.getByRole('button', { name: 'Sign in again' }).click();
    await expect(expired).toHaveCount(0);
    await expect(box).toBeVisible();
    await expect(box).toHaveValue('Duplicate Dora');
    await page.keyboard.press('Escape');
    await expect(link).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'More', exact: true })).toBeFocused();
  });

  test('requirement 40: a sign-in in place keeps the page, its scroll position and its input', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.setViewportSize({ width: 1000, height: 360 });
    await app.openList('token');
    const clear = sandbox.fhir.faults.add({ method: 'GET', path: /\/Patient/, ...UNAUTHORIZED });
    await app.list.box.fill('Methus');
    await page.evaluate(() => window.scrollTo(0, 60));
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toContainText('Your session has ended');
    await expect(app.list.patients.first()).toBeHidden();
    const scroll = await page.evaluate(() => window.scrollY);
    clear();
    // The button stays in view, however small the window.
    const again = dialog.getByRole('button', { name: 'Sign in again' });
    await expect(again).toBeInViewport();
    await dialog.getByLabel(/access token/i).fill(await sandbox.entra.accessToken());
    await again.click();
    await expect(dialog).toHaveCount(0);
    // A request that failed for lack of a token is repeated automatically.
    await expect(app.list.patient(/methusa/i)).toBeVisible();
    await expect(app.list.box).toHaveValue('Methus');
    // The page with the results may be too short for the previous scroll position.
    const moved = await page.evaluate((before) => {
      const { scrollHeight, clientHeight } = document.documentElement;
      return Math.abs(window.scrollY - Math.min(before, scrollHeight - clientHeight));
    }, scroll);
    expect(moved).toBeLessThan(40);
    await expect(page).toHaveURL(/\/patients$/);
  });
});
