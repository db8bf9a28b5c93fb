import type { Locator, Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { expectAccessible } from './support/axe.ts';
import { withoutSignIn, withSettings } from './support/languages.ts';

const root = (page: Page): Locator => page.locator('html');
const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Settings' });
const open = (page: Page): Promise<void> => page.getByRole('button', { name: 'Settings' }).click();
const kept = (page: Page): Promise<unknown> =>
  page.evaluate(() => JSON.parse(localStorage.getItem('/pb.settings') ?? '{}') as unknown);

test.describe('settings', () => {
  test('switch between light, dark and high contrast at once, and keep the choice after a reload', async ({
    app,
    page,
  }) => {
    await app.openList();
    const background = (): Promise<string> =>
      page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const seen = new Set([await background()]);
    for (const [label, theme] of [
      ['Dark', 'dark'],
      ['High contrast', 'contrast'],
      ['Light', 'light'],
    ] as const) {
      await open(page);
      await dialog(page).getByLabel('Colours').selectOption({ label });
      await expect(root(page)).toHaveAttribute('data-theme', theme);
      seen.add(await background());
      await dialog(page).getByRole('button', { name: 'Done' }).click();
      await expect(dialog(page)).toBeHidden();
      await expect(page.getByRole('button', { name: 'Settings' })).toBeFocused();
    }
    expect(seen.size).toBe(3); // the default looks like Light
    await page.reload();
    await expect(root(page)).toHaveAttribute('data-theme', 'light');
  });

  test('apply a chosen theme before anything is painted', async ({ page, stage }) => {
    withoutSignIn(stage);
    await withSettings(page, { theme: 'dark' });
    await page.addInitScript(() => {
      const themes: string[] = [];
      Object.assign(globalThis, { themes });
      new MutationObserver(() => {
        if (document.querySelector('#root > :not(.boot-bar)')) {
          themes.push(document.documentElement.dataset['theme'] ?? 'none');
        }
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto('/patients');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const themes = await page.evaluate(() => Reflect.get(globalThis, 'themes') as string[]);
    expect(new Set(themes)).toEqual(new Set(['dark']));
  });

  test.describe('a system that asks for more contrast', () => {
    test.use({ contrast: 'more' });

    test('gets the high-contrast theme, unless another was chosen', async ({ app, page }) => {
      await app.openList();
      await expect(root(page)).toHaveAttribute('data-theme', 'contrast');
      await open(page);
      await dialog(page).getByLabel('Colours').selectOption('Light');
      await expect(root(page)).toHaveAttribute('data-theme', 'light');
    });
  });

  test('make rows lower with compact density', async ({ app, page }) => {
    await app.openList();
    const height = async (): Promise<number> =>
      (await app.list.rows.first().boundingBox())?.height ?? 0;
    const before = await height();
    await open(page);
    await dialog(page).getByLabel('Density').selectOption('Compact');
    await page.keyboard.press('Escape');
    await expect.poll(height).toBeLessThan(before);
  });

  test('change the language without losing page, session or input', async ({ app, page }) => {
    await app.open('/patients/new');
    await app.form.family.fill('Typed');
    await open(page);
    await dialog(page).getByLabel('Language', { exact: true }).selectOption({ label: 'עברית' });
    await expect(root(page)).toHaveAttribute('dir', 'rtl');
    await expect(root(page)).toHaveAttribute('lang', 'he');
    await expect(page.getByRole('dialog')).toContainText('עברית');
    await page.keyboard.press('Escape');
    await expect(page.locator('form input').first()).toHaveValue('Typed');
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(/[A-Za-z]/);
    await page.locator('header button').first().click();
    await page.locator('dialog select').first().selectOption('');
    await expect(root(page)).toHaveAttribute('lang', 'en');
    await expect(app.form.family).toHaveValue('Typed');
  });

  test('change the style of dates in the list and in the chart', async ({ app, page }) => {
    await app.openList();
    await expect(app.list.rows.first()).toContainText(/\d\d-[A-Z][a-z]{2}-\d{4}/);
    await open(page);
    await dialog(page).getByLabel('Dates').selectOption({ label: '14 July 1945' });
    await page.keyboard.press('Escape');
    await expect(app.list.rows.first()).toContainText(/\d{1,2} [A-Z][a-z]{2,8} \d{4}/);
    await expect(app.list.rows.first()).not.toContainText(/\d\d-[A-Z][a-z]{2}-\d{4}/);
    await app.list.patients.first().click();
    await expect(app.chart.banner).toContainText(/Born\s*\d{1,2} [A-Z][a-z]{2,8} \d{4}/);
  });

  test('keep rows per page and columns for the next visit', async ({ app, page, sandbox }) => {
    await app.openList();
    await open(page);
    await dialog(page).getByLabel('Patients per page').selectOption('50');
    await dialog(page).getByLabel('Gender (administrative)').uncheck();
    await dialog(page).getByLabel('Email').check();
    await page.keyboard.press('Escape');
    await expect(app.list.rows).toHaveCount(50);
    await expect(page.getByRole('columnheader', { name: 'Email' })).toBeVisible();
    await expect(page.getByRole('columnheader', { name: /Gender/ })).toBeHidden();
    expect(new URL(page.url()).search).toBe('');
    await app.shell.signOut.click();
    await app.openList();
    await expect(app.list.rows).toHaveCount(50);
    await expect(page.getByRole('columnheader', { name: 'Email' })).toBeVisible();
    expect(sandbox.fhir.log.some((entry) => JSON.stringify(entry).includes('_count=50'))).toBe(
      true,
    );
  });

  test.describe('on a phone', () => {
    test.use({ viewport: { width: 390, height: 844 } });

    test('turn the single keys of the list off, as the dialog of the keys does', async ({
      app,
      page,
    }) => {
      await app.openList();
      const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
      // The keys work once their code is loaded, after the rows.
      await expect(async () => {
        await page.keyboard.press('?');
        await expect(keys).toBeVisible({ timeout: 500 });
      }).toPass();
      await keys.getByLabel('Use these single keys').uncheck();
      await page.keyboard.press('Escape');
      await page.keyboard.press('/');
      await expect(app.list.box).not.toBeFocused();
      await open(page);
      const single = dialog(page).getByLabel('Single keys as shortcuts in the patient list');
      await expect(single).not.toBeChecked();
      await single.check();
      await page.keyboard.press('Escape');
      await page.keyboard.press('/');
      await expect(app.list.box).toBeFocused();
    });

    test('show the server, its address and who is signed in', async ({ app, page, sandbox }) => {
      await app.openList('entra');
      await expect(page.getByText('Dr Casey Moreau')).toBeHidden();
      await open(page);
      const connection = dialog(page).getByRole('region', { name: 'Connection' });
      await expect(connection).toContainText('Contoso FHIR (Entra ID)');
      await expect(connection).toContainText(sandbox.fhir.baseUrl);
      await expect(connection).toContainText('Dr Casey Moreau');
      await expectAccessible(page, 'the settings of a signed-in user on a phone');
    });
  });

  for (const theme of ['light', 'dark', 'contrast'] as const) {
    test(`leave a button readable while the mouse is over it (${theme})`, async ({ app, page }) => {
      await withSettings(page, { theme });
      await app.openList();
      for (const button of [app.list.searchButton, app.list.moreFilters, app.shell.signOut]) {
        await button.hover();
        await expectAccessible(page, `a button under the mouse, ${theme}`);
      }
    });
  }

  test('can be reset to the defaults', async ({ app, page }) => {
    await withSettings(page, { theme: 'dark', density: 'compact', dates: 'long', pageSize: 50 });
    await app.openList();
    await open(page);
    await dialog(page).getByRole('button', { name: 'Back to the usual settings' }).click();
    await expect(root(page)).toHaveAttribute('data-theme', '');
    await expect(root(page)).toHaveAttribute('data-density', '');
    await expect(dialog(page).getByLabel('Patients per page')).toHaveValue('20');
    expect(await kept(page)).toEqual({});
  });

  test('store nothing about a patient, a user or a server', async ({ app, guard, page }) => {
    guard.secret('ELDER', 'Elder', 'Methusa', 'p0001');
    await app.openList('ehr');
    await app.list.box.fill('methusa');
    await expect(app.list.rows).toHaveCount(1);
    await open(page);
    await dialog(page).getByLabel('Density').selectOption('Compact');
    expect(await kept(page)).toEqual({ density: 'compact' });
    expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['/pb.settings']);
  });

  test('work until the page is closed where storage is blocked, and invalid stored ones do no harm', async ({
    page,
    stage,
  }) => {
    withoutSignIn(stage);
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'localStorage', {
        get() {
          throw new DOMException('blocked', 'SecurityError');
        },
        configurable: true,
      });
    });
    await page.goto('/patients');
    await open(page);
    await dialog(page).getByLabel('Colours').selectOption({ label: 'Dark' });
    await expect(root(page)).toHaveAttribute('data-theme', 'dark');

    const other = await page.context().newPage();
    await withSettings(other, { language: 'xx', columns: 'no', pageSize: -1 } as never);
    await other.goto('/patients');
    await expect(other.getByRole('heading', { level: 1, name: 'Patients' })).toBeVisible();
    await expect(other.locator('tbody').first().locator('tr')).toHaveCount(20);
    // The guard would read the storage of this page, which is blocked.
    await page.close();
  });
});
