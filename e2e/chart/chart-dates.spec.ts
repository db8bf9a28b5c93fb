import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures.ts';
import { settled } from '../support/settled.ts';

/** Dates that take more than one line. */
const broken = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      for (const { 0: date, index } of node.nodeValue!.matchAll(/\d\d-\p{L}{3}-\d{4}/gu)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + date.length);
        const lines = new Set([...range.getClientRects()].map(({ y }) => Math.round(y)));
        if (lines.size > 1) found.push(date);
      }
    }
    return found;
  });

test('no date of a panel is broken at its hyphens', async ({ app, page, sandbox }) => {
  await app.open('/patients/p0001');
  for (const [width, panels] of [
    [1280, ['Conditions', 'Drugs taken', 'Encounters']],
    [390, ['Drugs taken', 'Encounters']],
  ] as const) {
    await page.setViewportSize({ width, height: 844 });
    for (const name of panels) {
      await app.chart.navigation.getByRole('link', { name, exact: true }).click();
      await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeVisible();
      await settled(page, sandbox);
      expect(await broken(page), `${name}, ${width} px`).toEqual([]);
    }
  }
});
