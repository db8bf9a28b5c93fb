import { readFileSync } from 'node:fs';
import type { Locator } from 'playwright/test';
import { LANGUAGES } from '#lib/settings.ts';
import { expect, test } from './fixtures.ts';
import { finished } from './pages/access-page.ts';
import {
  plainEnglish,
  readable,
  textsOf,
  withoutSignIn,
  withSettings,
} from './support/languages.ts';
import { settled } from './support/settled.ts';

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

const catalogue = (room: string, language: string): Record<string, string> =>
  JSON.parse(readFileSync(`src/${room}/messages/${language}.json`, 'utf8')) as Record<
    string,
    string
  >;

test.describe('the pseudo-language leaves no plain English', () => {
  test.describe.configure({ timeout: 180_000 });

  let look: (where: string) => Promise<void>;

  test.beforeEach(async ({ page, sandbox, stage }) => {
    const said = new Set<string>();
    const say = (json: unknown): void => {
      for (const text of textsOf(json)) if (text.length > 1) said.add(text);
    };
    // Collects texts at the server: each is known before the page can show it.
    sandbox.fhir.faults.add({
      path: /^(?!.*\/Binary\/)/,
      rewrite: (body) => {
        say(body);
        return body;
      },
    });
    say([stage.appOrigin, sandbox.fhir.baseUrl, sandbox.appConfig()]);
    await withSettings(page, { language: 'en-XA' });
    look = async (where) => {
      await settled(page, sandbox);
      const english = plainEnglish(await readable(page), said);
      expect.soft(english, `untranslated: ${where}`).toEqual([]);
    };
  });

  test('on any page', async ({ page, stage }) => {
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
    await expect(page.locator('main nav a').nth(5)).toBeVisible();
    const links = await page
      .locator('main nav a')
      .evaluateAll((all) =>
        all.map((a) => ({ path: a.getAttribute('href') ?? '', title: a.textContent ?? '' })),
      );
    expect(links.length).toBeGreaterThan(5);
    // Opens panels by their links, so that the chart loads once; the first, the summary, is open.
    for (const { path, title } of links.slice(1)) {
      await page.locator(`main nav a[href="${path}"]`).click();
      await expect(page.getByRole('heading', { level: 2, name: title, exact: true })).toBeVisible();
      await look(path);
    }
    await page.route('**/config.json', (route) => route.fulfill({ json: {} }));
    await page.goto('/patients');
    await expect(page.getByText('config.json').first()).toBeVisible();
    await look('broken configuration');
  });

  for (const path of ['/patients', '/patients/p0001']) {
    test(`in anything that buttons open on ${path}`, async ({ page, sandbox, stage }) => {
      withoutSignIn(stage);
      const open = async (): Promise<void> => {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await expect(page.locator('main :is(tbody, dl)').first()).toBeVisible();
        await settled(page, sandbox);
      };
      await open();
      const buttons = page.locator('main button:enabled');
      const count = await buttons.count();
      for (let at = 0; at < count; at++) {
        await buttons.nth(at).click();
        await look(`${path}, button ${at + 1}`);
        const inside = page.locator(
          'button[aria-expanded=true] + div li button, dialog > div:last-child button:enabled',
        );
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

  test('in the errors of a form', async ({ page, stage }) => {
    withoutSignIn(stage);
    await page.goto('/patients/new');
    await page.locator('form button[type=submit]').click();
    await expect(page.getByRole('alert').first()).toBeVisible();
    await look('form');
  });

  test('in the settings', async ({ page }) => {
    await page.goto('/patients');
    await page.locator('header button').first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look('settings');
  });
});

/** Languages that the build holds in files of their own. */
const OTHERS = [...LANGUAGES.filter((language) => language !== 'en'), 'en-XA'];
const PACK = new RegExp(`/assets/(${OTHERS.join('|')})-[\\w-]+\\.js$`);
const packs = (requests: readonly string[]): string[] =>
  requests.flatMap((url) => PACK.exec(url)?.[1] ?? []);

test('a browser in English loads no other language', async ({ app, guard, page }) => {
  await app.openList();
  await page.goto('/access');
  await finished(page);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
  expect(packs(guard.requests)).toEqual([]);
});

for (const [locale, language] of [
  ['de-AT', 'de'],
  ['el-GR', 'el'],
  ['he-IL', 'he'],
] as const) {
  test.describe(`a browser in ${locale}`, () => {
    test.use({ locale });

    test('shows its language at once, never English first', async ({ guard, page, stage }) => {
      withoutSignIn(stage);
      // Records every heading that the page ever shows.
      await page.addInitScript(() => {
        const seen: string[] = [];
        Object.assign(globalThis, { seen });
        new MutationObserver(() => {
          for (const { textContent } of document.querySelectorAll('h1, nav a')) {
            if (textContent && !seen.includes(textContent)) seen.push(textContent);
          }
        }).observe(document, { childList: true, subtree: true, characterData: true });
      });
      await page.goto('/patients');
      const { title = '' } = catalogue('features/patients/list', language);
      await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
      await expect(page.locator('html')).toHaveAttribute('lang', language);
      await expect(page.locator('tbody').getByRole('link').first()).toBeVisible();
      const seen = await page.evaluate(() => Reflect.get(globalThis, 'seen') as string[]);
      const english = Object.values(catalogue('app', 'en'));
      expect(seen.filter((text) => english.includes(text))).toEqual([]);
      expect(new Set(packs(guard.requests))).toEqual(new Set([language]));
      expect(packs(guard.requests).length, 'first screen, then the rest').toBeLessThanOrEqual(2);

      const born = /^\d\d-\p{L}{3,4}-\d{4}/u;
      await expect(page.locator('tbody tr').first().locator('td').first()).toHaveText(born);
    });
  });
}

test('a language that fails to load leaves English, not a blank page', async ({
  guard,
  page,
  stage,
}) => {
  withoutSignIn(stage);
  guard.allowError(/ERR_FAILED|Failed to fetch|error loading/i);
  await page.route(/\/assets\/he-/, (route) => route.abort());
  await withSettings(page, { language: 'he' });
  await page.goto('/patients');
  await expect(page.getByRole('heading', { level: 1, name: 'Patients' })).toBeVisible();
});

// The accessibility tests check that no page is too wide.
test.describe('from right to left', () => {
  test.beforeEach(async ({ page, stage }) => {
    withoutSignIn(stage);
    await withSettings(page, { language: 'he' });
  });

  test('the layout is mirrored', async ({ page }) => {
    await page.goto('/patients');
    await expect(page.locator('tbody').getByRole('link').first()).toBeVisible();
    const left = async (selector: string): Promise<number> =>
      (await page.locator(selector).first().boundingBox())?.x ?? Number.NaN;
    expect(await left('header nav')).toBeGreaterThan(await left('header button'));
    expect(await left('h1')).toBeGreaterThan(await left('main header a'));
    expect(await left('tbody th')).toBeGreaterThan(await left('tbody td'));
    const [previous, next] = [
      page.locator('main nav button').first(),
      page.locator('main nav button').last(),
    ];
    expect((await previous.boundingBox())?.x).toBeGreaterThan((await next.boundingBox())?.x ?? 1e9);
    await expect(next.locator('svg')).toHaveCSS('transform', 'matrix(-1, 0, 0, 1, 0, 0)');
  });

  test('names and values keep their own direction', async ({ page }) => {
    await page.goto('/patients');
    const name = page.locator('tbody bdi', { hasText: /\(Mrs\)$/ }).first();
    await expect(name).toBeVisible();
    expect(await visualOrder(name)).toBe(await name.innerText());
    await page.goto('/patients/p0001/vitals');
    const value = page.locator('tbody strong', { hasText: 'kg' }).first();
    await expect(value).toBeVisible();
    expect(await visualOrder(value)).toBe(await value.innerText());
    const phone = page.locator('a[href^="tel:"]').first();
    expect(await visualOrder(phone)).toBe(await phone.innerText());
  });
});

/** Returns the letters of an element in visual order: line by line, from left to right. */
function visualOrder(element: Locator): Promise<string> {
  return element.evaluate((root) => {
    const letters: { letter: string; line: number; left: number }[] = [];
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      for (let at = 0; at < text.length; at++) {
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        const { top, left } = range.getBoundingClientRect();
        letters.push({ letter: text.charAt(at), line: Math.round(top), left });
      }
    }
    return letters
      .toSorted((a, b) => a.line - b.line || a.left - b.left)
      .map(({ letter }) => letter)
      .join('');
  });
}
