import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { withoutSignIn, withSettings } from './support/languages.ts';
import { settled } from './support/settled.ts';

const ROUTES = [
  '/patients',
  '/patients/new',
  '/patients/p0001',
  '/patients/p0001/conditions',
  '/patients/p0001/encounters',
  '/patients/p0001/edit',
  '/patients/p0001/history/1',
  '/access',
  '/export',
];

/** The spacing that a user may set without loss of content. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
  p { margin-block-end: 2em !important }`;

/** Text that does not fit where it stands: outside the window or cut off. */
const lost = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const found = scrollWidth > clientWidth + 1 ? [`the page is ${scrollWidth} px wide`] : [];
    const context = document.createElement('canvas').getContext('2d')!;
    for (const element of document.querySelectorAll<HTMLElement>('main *, header *')) {
      if (element.closest('.visually-hidden, svg, input') || !element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      const isCut =
        /clip|hidden/.test(style.overflowX) &&
        style.clipPath === 'none' &&
        element.scrollWidth > element.clientWidth + 1;
      if (isCut || (element.matches('button') && element.scrollWidth > element.clientWidth + 1))
        found.push(`cut off: ${element.textContent}`);
      if (!(element instanceof HTMLSelectElement)) continue;
      // A select does not report that its text is cut off.
      context.font = style.font;
      context.letterSpacing = style.letterSpacing;
      const room =
        element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      for (const { text } of element.options)
        if (context.measureText(text).width > room + 1) found.push(`cut off: ${text}`);
    }
    return found;
  });

for (const [language, width, height] of [
  ['en', 1280, 800],
  ['en', 390, 844],
  ['de', 320, 844],
] as const) {
  test.describe(`text spacing (WCAG 1.4.12), ${language}, ${width} px`, () => {
    test.use({ viewport: { width, height } });

    test('no text is cut off on any page', async ({ page, sandbox, stage }) => {
      withoutSignIn(stage);
      await withSettings(page, { language });
      await page.addInitScript((css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets = [sheet];
      }, SPACING);
      for (const path of ROUTES) {
        await page.goto(path);
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        await settled(page, sandbox);
        await expect
          .soft(async () => expect(await lost(page), path).toEqual([]))
          .toPass({ timeout: 2_000 });
      }
    });
  });
}
