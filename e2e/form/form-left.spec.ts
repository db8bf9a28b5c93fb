import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { hold } from '../support/hold.ts';
import { createDuplicate, dialog, draftKept, posts, press, stored } from '../support/records.ts';

const ID = 'awkward-inactive';

test('the result of a save is shown on the page to which the user has moved on', async ({
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

  // The input is not lost.
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

test('discarding restored input shows the record again, with the focus on the first field', async ({
  app,
  page,
}) => {
  await app.open(`/patients/${ID}/edit`);
  await expect(app.form.family).not.toHaveValue('');
  const recorded = await app.form.family.inputValue();
  await app.form.family.fill('Discarded');
  await draftKept(page, 'Discarded');
  page.on('dialog', (asked) => void asked.accept());
  await page.reload();
  await press(page, 'Start afresh').click();
  await dialog(page).getByRole('button', { name: 'Start afresh' }).click();
  await expect(app.form.family).toHaveValue(recorded);
  await expect(app.form.family).toBeFocused();
  await expect(page.getByText('What you typed earlier is back.')).toBeHidden();
});

test('the notice of a save never covers the focused element', async ({ app, page }) => {
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

test('input about an existing patient can be taken over into the form of that patient', async ({
  app,
  page,
  sandbox,
}) => {
  await createDuplicate(app);
  await press(page, 'Back to the form').click();
  await app.form.given.fill('Inez');
  await page.getByRole('textbox', { name: 'Phone', exact: true }).fill('555 0199');
  await app.form.create.click();
  await dialog(page)
    .getByRole('button', { name: /^Open this record instead DORMANT/ })
    .click();
  await press(page, 'Take over what differs').click();
  await expect(dialog(page)).toContainText('Take over what you typed for DORMANT, Ines');
  // Additions to the record are preselected, replacements are not.
  await expect(dialog(page).getByRole('checkbox', { name: /555 0199/ })).toBeChecked();
  await expect(dialog(page).getByRole('checkbox', { name: /Inez/ })).not.toBeChecked();
  await expect(dialog(page).getByRole('checkbox')).toHaveCount(2);
  await expectAccessible(page, 'what was typed beside what is on record');
  await press(page, 'Take over into the form').click();
  await expect(page.getByRole('heading', { name: 'Edit patient' })).toBeVisible();
  await expect(app.form.given).toHaveValue('Ines');
  await expect(page.locator('input[type=tel]').last()).toHaveValue('555 0199');
  await expect(page.getByText('Nothing was created')).toHaveCount(0);
  await app.form.save.click();
  const saved = page.getByRole('paragraph').filter({ hasText: /^Saved DORMANT, Ines/ });
  await expect(saved).toBeVisible();
  expect(posts(sandbox)).toBe(0);
  expect((await stored(sandbox, ID)).telecom).toContainEqual({
    system: 'phone',
    value: '555 0199',
  });
  // The input is saved, so it does not return as the draft of a new patient.
  await page.goto('/patients/new');
  await expect(app.form.family).toHaveValue('');
});
