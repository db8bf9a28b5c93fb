import { expect, test } from './fixtures.ts';
import { expectAccessible } from './support/axe.ts';
import { expectReflow } from './support/narrow.ts';
import { withoutSignIn, withSettings } from './support/languages.ts';
import { settled } from './support/settled.ts';

const ROUTES = [
  '/patients',
  '/patients/new',
  '/patients/p0001',
  '/patients/p0001/edit',
  '/patients/p0001/history',
  '/patients/p0001/history/1',
  '/access',
  '/export',
  '/no-such-page',
];

/** The last value says whether to visit all panels: they share their parts, so some looks do. */
const LOOKS = [
  ['light', {}, 'light', 1280, true],
  ['dark, Greek', { language: 'el' }, 'dark', 1280, false],
  ['390 px, German', { language: 'de' }, 'light', 390, true],
  ['high contrast, light', { theme: 'contrast' }, 'light', 1280, true],
  ['high contrast, dark', { theme: 'contrast', density: 'compact' }, 'dark', 1280, false],
  ['from right to left', { language: 'he' }, 'light', 1440, true],
  ['from right to left, dark, 390 px', { language: 'he', theme: 'dark' }, 'light', 390, false],
] as const;

test('the skip link is the first stop of the Tab key and leads past the bar', async ({
  app,
  page,
}) => {
  await app.openList();
  await page.reload(); // the focus begins at the top
  await app.listIsFilled();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
});

for (const [look, chosen, colorScheme, width, panelsToo] of LOOKS) {
  test.describe(`accessibility, ${look}`, () => {
    test.use({ colorScheme, viewport: { width, height: 900 } });
    test.describe.configure({ timeout: 180_000 });

    test.beforeEach(({ page }) => withSettings(page, chosen));

    test('every page has no violation and reflows at 320 pixels', async ({ page, stage }) => {
      const heading = page.getByRole('heading', { level: 1 });
      const examine = async (path: string): Promise<void> => {
        await settled(page, stage.sandbox);
        await expectAccessible(page, `${path}, ${look}`);
        await expectReflow(page, `${path}, ${look}`);
      };
      const visit = async (path: string): Promise<void> => {
        await page.goto(path);
        await expect(heading).toBeVisible();
        await examine(path);
      };
      await visit('/patients'); // the sign-in page
      await page.locator('header button').first().click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await expectAccessible(page, `settings, ${look}`);
      withoutSignIn(stage);
      for (const path of ROUTES) await visit(path);
      await page.goto('/patients/p0001');
      const links = page.locator('main nav a');
      await expect(links.nth(5)).toBeVisible();
      const panels = await links.evaluateAll((all) =>
        all.map((a) => ({ path: a.getAttribute('href') ?? '', title: a.textContent ?? '' })),
      );
      const some = panels.filter(({ path }) => /conditions|labs/.test(path));
      expect(some).toHaveLength(2);
      // Opens panels by their links, because reloading the chart for each takes three times as
      // long. The first is the summary, which was visited by its address.
      for (const { path, title } of panelsToo ? panels.slice(1) : some) {
        await page.locator(`main nav a[href="${path}"]`).click();
        await expect(
          page.getByRole('heading', { level: 2, name: title, exact: true }),
        ).toBeVisible();
        await examine(path);
      }
      await page.goto('/patients/new');
      await page.locator('form button[type=submit]').click();
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expectAccessible(page, `form errors, ${look}`);
      stage.sandbox.fhir.faults.add({ path: /\/Patient(\?|$)/, status: 500, body: '' });
      await page.goto('/patients');
      await expect(page.getByRole('alert').first()).toBeVisible();
      await expectAccessible(page, `error, ${look}`);
      await page.route('**/config.json', (route) => route.fulfill({ json: {} }));
      await page.goto('/patients');
      await expect(page.getByText('config.json').first()).toBeVisible();
      await expectAccessible(page, `broken configuration, ${look}`);
    });
  });
}

test.describe('keyboard only', () => {
  test('a user can search, open a patient, go back and create one', async ({ app, page }) => {
    await app.openList();
    await page.keyboard.press('Tab');
    for (let i = 0; i < 40; i++) {
      if (await app.list.box.evaluate((e) => e === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await expect(app.list.box).toBeFocused();
    await page.keyboard.type('methusa');
    await page.keyboard.press('Enter');
    await expect(app.list.patient(/^ELDER/)).toBeVisible();
    await expect(app.list.rows).toHaveCount(1);
    for (let i = 0; i < 40; i++) {
      if (await app.list.patient(/^ELDER/).evaluate((e) => e === document.activeElement)) break;
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await expect(app.chart.heading).toContainText('ELDER');
    // The focus moves to a heading of the new page, so that a screen reader announces the page.
    await expect(page.locator(':is(h1, h2):focus')).toHaveCount(1);
    // The browser's own shortcut for Back does not reach a headless browser.
    await page.goBack();
    await expect(app.list.patient(/^ELDER/)).toBeFocused();
    // Opened by its link instead of Back, the list has the focus on its heading.
    await page.keyboard.press('Enter');
    await expect(app.chart.heading).toContainText('ELDER');
    await app.shell.patients.press('Enter');
    await expect(app.list.rows.first()).toBeVisible();
    await expect(page.locator('h1:focus')).toHaveText('Patients');
    await page.goto('/patients/new');
    await app.form.family.focus();
    await page.keyboard.type('Keyboardonly');
    await page.keyboard.press('Enter');
    await expect(app.chart.heading).toContainText('KEYBOARDONLY');
  });

  test('the focused element is always visible', async ({ app, page }) => {
    await app.openList();
    const foot = page.getByRole('navigation', { name: 'Pages' });
    const select = page.getByRole('button', { name: 'Select', exact: true });
    /** Presses a key repeatedly: each focused element has a visible ring and is not covered. */
    const pressed = async (key: string, times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        await page.keyboard.press(key);
        const hidden = await page.evaluate(() => {
          const element = document.activeElement;
          if (!element || element === document.body) return undefined;
          const { outlineStyle, boxShadow } = getComputedStyle(element);
          const seen = [...element.getClientRects()].some((box) =>
            element.contains(
              document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2),
            ),
          );
          const ringed = outlineStyle !== 'none' || boxShadow !== 'none';
          return ringed && seen ? undefined : element.outerHTML;
        });
        expect(hidden, `${key} ${i + 1}`).toBeUndefined();
      }
    };
    await page.setViewportSize({ width: 1280, height: 720 });
    await pressed('Tab', 45);
    await app.list.patients.first().focus();
    await pressed('ArrowDown', 19);
    await select.click();
    await expect(app.list.rows.getByRole('checkbox')).toHaveCount(20);
    await pressed('Tab', 45);
    // The size of a window of 1280 by 1024 pixels at 400 % zoom.
    await page.setViewportSize({ width: 320, height: 256 });
    await expect(foot).not.toBeInViewport();
    await select.focus();
    await pressed('Tab', 30);
    // The selection bar closes, and the focus returns to the button that opened it.
    await page.getByRole('button', { name: 'Done' }).press('Enter');
    await expect(select).toBeFocused();
  });
});
