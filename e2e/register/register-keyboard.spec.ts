import type { Locator, Page } from 'playwright/test';
import { expect, test } from '../fixtures.ts';
import { dialog, elsewhere, posts, press, stored } from '../support/records.ts';

/* Nothing here is clicked, focused or filled in by the test: only keys are pressed. */

const focused = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement).catch(() => false);

/** Presses Tab, or another key, until a control has the focus. */
async function walk(page: Page, target: Locator, key = 'Tab'): Promise<void> {
  await expect(target).toBeVisible();
  for (let n = 0; n < 150; n += 1) {
    if (await focused(target)) return;
    await page.keyboard.press(key);
  }
  await expect(target).toBeFocused();
}

async function type(page: Page, target: Locator, text: string): Promise<void> {
  await walk(page, target);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

test.describe('by keyboard alone', () => {
  test('a patient can be created, past an error and the duplicate check', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList();
    await walk(page, app.list.newPatient);
    await page.keyboard.press('Enter');
    await expect(app.form.create).toBeVisible();
    await type(page, app.form.given, 'Ines');
    await type(page, app.form.day, '17');
    await walk(page, app.form.month);
    await page.keyboard.type('June');
    await type(page, app.form.year, '90');
    await page.keyboard.press('Enter');
    // The error summary takes the focus, and its link leads to the field.
    await expect(app.form.alert.first()).toContainText('four digits');
    const link = app.form.alert.first().getByRole('link').first();
    await walk(page, link);
    await page.keyboard.press('Enter');
    await expect(app.form.year).toBeFocused();
    await type(page, app.form.year, '1990');
    await walk(page, app.form.family, 'Shift+Tab');
    await page.keyboard.type('Dormant');
    await walk(page, app.form.create);
    await page.keyboard.press('Space');
    await expect(dialog(page)).toContainText('This patient may already be there');
    const more = dialog(page).getByText('More details');
    await walk(page, more);
    await page.keyboard.press('Enter');
    await expect(
      dialog(page).getByRole('region', { name: 'Comparison of further details' }),
    ).toBeVisible();
    // Escape closes the dialog and returns the focus to the button.
    await page.keyboard.press('Escape');
    await expect(app.form.create).toBeFocused();
    await page.keyboard.press('Enter');
    await walk(page, press(page, 'Create anyway'));
    await page.keyboard.press('Enter');
    await expect(app.chart.heading).toContainText('DORMANT, Ines');
    expect(posts(sandbox)).toBe(1);
  });

  test('an edit that conflicts with another can be resolved and saved', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-inactive';
    await app.open(`/patients/${id}`);
    await walk(page, app.chart.edit);
    await page.keyboard.press('Enter');
    await type(page, app.form.family, 'Minefamily');
    await elsewhere(sandbox, id, {
      gender: 'other',
      name: [{ use: 'official', family: 'Theirfamily', given: ['Ines'] }],
    });
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toContainText('Somebody else changed this patient');
    await expect(dialog(page).getByText('One choice is left.')).toBeVisible();
    const mine = dialog(page).getByRole('radio', { name: /take yours, .*Minefamily/i });
    const theirs = dialog(page).getByRole('radio', { name: /take theirs, .*Theirfamily/i });
    // A group of radio buttons is one Tab stop: the arrow keys choose.
    for (let n = 0; n < 30; n += 1) {
      if ((await focused(mine)) || (await focused(theirs))) break;
      await page.keyboard.press('Tab');
    }
    if (await focused(theirs)) await page.keyboard.press('ArrowRight');
    else await page.keyboard.press('Space');
    await expect(mine).toBeChecked();
    await walk(page, dialog(page).getByRole('button', { name: 'Save changes' }));
    await page.keyboard.press('Enter');
    await expect(app.chart.heading).toContainText('MINEFAMILY');
    expect((await stored(sandbox, id)).gender).toBe('other');
  });

  test('two records can be found, compared and linked', async ({ app, page, sandbox }) => {
    await app.open('/patients/awkward-seealso');
    await walk(page, press(page, 'More'));
    await page.keyboard.press('Enter');
    await walk(page, press(page, 'Link as duplicate'));
    await page.keyboard.press('Enter');
    await type(page, dialog(page).getByLabel('Name, birth date or identifier'), 'Duplicate Dora');
    await page.keyboard.press('Enter');
    await walk(page, dialog(page).getByRole('button', { name: /^Choose DUPLICATE, Dora Mae/ }));
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toContainText('Compare the two.');
    await walk(page, dialog(page).getByRole('checkbox'));
    await page.keyboard.press('Space');
    await walk(page, dialog(page).getByRole('button', { name: 'Link the records' }));
    await page.keyboard.press('Enter');
    await expect(app.chart.banner).toContainText(/merged/i);
    expect((await stored(sandbox, 'awkward-seealso')).active).toBe(false);
  });
});
