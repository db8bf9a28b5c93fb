import { expect, test } from './fixtures.ts';
import { expectAccessible } from './support/axe.ts';
import { hold } from './support/hold.ts';
import { press } from './support/records.ts';

const ID = 'awkward-inactive';

test('what became of a save whose form was left is said where the person is', async ({
  app,
  page,
  sandbox,
}) => {
  await app.open(`/patients/${ID}/edit`);
  await app.form.family.fill('Leftbehind');
  const refused = hold(sandbox, { method: 'PUT', status: 403, body: '', times: 1 });
  await app.form.save.click();
  await refused.asked();
  await app.shell.patients.click();
  await press(page, 'Leave').click();
  await expect(app.list.heading).toBeVisible();
  refused.release();
  const notice = page.getByRole('alert', { name: /^LEFTBEHIND, Ines.* was not saved\.$/ });
  await expect(notice).toContainText('Ask an administrator');
  await expectAccessible(page, 'a save that failed after its form was left');

  // What was typed is not lost.
  await notice.getByRole('link', { name: 'Back to the form' }).click();
  await expect(notice).toBeHidden();
  await expect(page.getByText('What you typed earlier is back.')).toBeVisible();
  await expect(page.getByText('It has not been saved yet.')).toBeVisible();
  await expect(app.form.family).toHaveValue('Leftbehind');

  const saving = hold(sandbox, { method: 'PUT', times: 1 });
  await app.form.save.click();
  await saving.asked();
  await app.shell.patients.click();
  await press(page, 'Leave').click();
  await expect(app.list.heading).toBeVisible();
  saving.release();
  const saved = page.getByRole('paragraph').filter({ hasText: /^Saved LEFTBEHIND, Ines/ });
  await expect(saved).toBeInViewport();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(saved).toBeHidden();
  await page.goBack();
  await expect(app.form.family).toHaveValue('Leftbehind');
  await expect(page.getByText('What you typed earlier is back.')).toBeHidden();
});

test('what says that a save was done never covers what has the focus', async ({ app, page }) => {
  await page.setViewportSize({ width: 390, height: 700 });
  await app.open(`/patients/${ID}/edit`);
  await app.form.family.fill('Uncovered');
  await app.form.save.click();
  const said = page.getByRole('paragraph').filter({ hasText: /^Saved UNCOVERED, Ines/ });
  await expect(said).toBeVisible();
  await expect(app.chart.heading).toContainText('UNCOVERED');
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const covered = await said.evaluate((text) => {
      const notice = text.closest<HTMLElement>('[class*=toast]');
      const focus = document.activeElement;
      if (!notice || !focus || focus === document.body || notice.contains(focus)) return '';
      const [at, over] = [focus.getBoundingClientRect(), notice.getBoundingClientRect()];
      return at.bottom > over.top + 1 ? `${focus.textContent} ${at.bottom} ${over.top}` : '';
    });
    expect(covered).toBe('');
  }
});
