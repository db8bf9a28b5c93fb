import type { Page } from 'playwright/test';
import { expect } from '../fixtures.ts';

/** Returns what is cut off, sticks out of the window or overlaps at the page's present width. */
const misplaced = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const found = scrollWidth > clientWidth + 1 ? [`as wide as ${scrollWidth}`] : [];
    // A frame with `overflow: clip` cannot be scrolled: the wider part of its table is cut off.
    for (const frame of document.querySelectorAll('div:has(> table)')) {
      const cut =
        getComputedStyle(frame).overflowX === 'clip' && frame.scrollWidth > frame.clientWidth;
      if (cut) found.push(`cut off: ${frame.querySelector('caption')?.textContent}`);
    }
    const name = document.querySelector('header > span')?.getBoundingClientRect();
    for (const button of document.querySelectorAll('header button')) {
      const box = button.getBoundingClientRect();
      const over =
        name &&
        box.left < name.right &&
        box.right > name.left &&
        box.top < name.bottom &&
        box.bottom > name.top;
      if (over || box.width < 24 || box.height < 24) found.push(`squeezed: ${button.outerHTML}`);
    }
    return found;
  });

/** Expects nothing cut off and no sideways scrolling, at this width and at 320 px (WCAG 1.4.10). */
export async function expectReflow(page: Page, where: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  for (const width of [size.width, 320]) {
    await page.setViewportSize({ width, height: size.height });
    await expect.poll(() => misplaced(page), `${where}, ${width} px`).toEqual([]);
  }
  await page.setViewportSize(size);
}
