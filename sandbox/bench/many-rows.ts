import type { Browser } from 'playwright/test';
import { conditions } from './conditions.ts';
import { openPage, timed, type Sample } from './measure.ts';
import { firstRow } from './probe.ts';
import type { Subject } from './subject.ts';

const ROWS = 1000;
/** Milliseconds after which the rows, and what is drawn with them, are at rest. */
const REST = 2500;

/** Measures the first page, the next page and the slowest interaction with 1,000 rows a page. */
export async function measureManyRows(
  browser: Browser,
  s: Subject,
  fhirOrigin: string,
): Promise<Sample> {
  const context = await browser.newContext();
  try {
    const many = { ...s, url: `${s.url}?size=${ROWS}` };
    const { page } = await openPage(context, many, conditions[0]!, fhirOrigin);
    const first = await firstRow(page);
    await page.waitForTimeout(REST);
    // The browser times only interactions of a real pointer, so it is moved there first.
    await page.hover(s.next);
    const next = await timed(page, s.row, async () => {
      await page.mouse.down();
      await page.mouse.up();
    });
    await page.waitForTimeout(REST);
    for (let n = 0; n < 5; n += 1) {
      await page.mouse.wheel(0, 5000);
      await page.waitForTimeout(100);
    }
    await page.focus(s.search);
    await page.keyboard.type('s');
    await page.waitForTimeout(REST);
    const slowest = await page.evaluate(() => globalThis.probe.slowest);
    return {
      'First patient on screen': first,
      'Next page': next,
      'Slowest interaction (next page, typing)': slowest,
    };
  } finally {
    await context.close();
  }
}
