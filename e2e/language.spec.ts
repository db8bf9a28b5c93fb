import { expect, test } from './fixtures.ts';
import {
  plainEnglish,
  readable,
  textsOf,
  withoutSignIn,
  withSettings,
} from './support/languages.ts';

const ROUTES = [
  '/patients',
  '/patients/new',
  '/patients/p0001/edit',
  '/patients/p0001/history',
  '/patients/p0001/history/1',
  '/export',
  '/access',
  '/no-such-page',
];

test.describe('text that stands in no catalogue is seen in the pseudo-language', () => {
  test.describe.configure({ timeout: 180_000 });

  let look: (where: string) => Promise<void>;

  test.beforeEach(async ({ page, sandbox, stage }) => {
    const said = new Set<string>();
    const say = (json: unknown): void => {
      for (const text of textsOf(json)) if (text.length > 1) said.add(text);
    };
    page.on('response', (response) => {
      if (response.headers()['content-type']?.includes('json')) {
        response.json().then(say, () => undefined);
      }
    });
    say([stage.appOrigin, sandbox.fhir.baseUrl, sandbox.appConfig()]);
    await withSettings(page, { language: 'en-XA' });
    look = async (where) => {
      await page.waitForLoadState('networkidle');
      const english = plainEnglish(await readable(page), said);
      expect.soft(english, `untranslated: ${where}`).toEqual([]);
    };
  });

  test('every page', async ({ page, stage }) => {
    const heading = page.getByRole('heading', { level: 1 });
    await page.goto('/patients');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en-XA');
    await expect(heading).toBeVisible();
    await look('sign-in');

    withoutSignIn(stage);
    for (const path of ROUTES) {
      await page.goto(path);
      await expect(heading).toBeVisible();
      await look(path);
    }
    await page.goto('/patients/p0001');
    await expect(heading).toBeVisible();
    await look('summary');
    const links = await page
      .locator('main nav a')
      .evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
    expect(links.length).toBeGreaterThan(5);
    for (const link of links) {
      await page.goto(link);
      await expect(heading).toBeVisible();
      await look(link);
    }
    await page.route('**/config.json', (route) => route.fulfill({ json: {} }));
    await page.goto('/patients');
    await expect(page.getByText('config.json').first()).toBeVisible();
    await look('broken configuration');
  });

  for (const path of ['/patients', '/patients/p0001', '/patients/new']) {
    test(`whatever opens on ${path}`, async ({ page, stage }) => {
      withoutSignIn(stage);
      const open = async (): Promise<void> => {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await page.waitForLoadState('networkidle');
      };
      await open();
      const buttons = page.locator('main button:enabled');
      const count = await buttons.count();
      for (let at = 0; at < count; at++) {
        await buttons.nth(at).click();
        await look(`${path}, button ${at + 1}`);
        const inside = page.locator('[role=menuitem]:not([href]), dialog footer button:enabled');
        for (let item = 0; item < (await inside.count()); item++) {
          await inside.nth(item).click();
          await look(`${path}, button ${at + 1}, then ${item + 1}`);
          await open();
          await buttons.nth(at).click();
        }
        await open();
      }
    });
  }

  test('settings', async ({ page }) => {
    await page.goto('/patients');
    await page.locator('header button').first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look('settings');
  });
});
