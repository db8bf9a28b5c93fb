import type { Page } from 'playwright/test';
import { expect } from '../fixtures.ts';

/** What sticks out of the window or lies over something else, of the page as wide as it is now. */
const misplaced = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const found = scrollWidth > clientWidth + 1 ? [`as wide as ${scrollWidth}`] : [];
    // A table that cannot be scrolled sideways has nothing to scroll to.
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

/** Nothing is cut off or needs scrolling sideways, at this width and magnified four times (WCAG 1.4.10). */
export async function expectReflow(page: Page, where: string): Promise<void> {
  const size = page.viewportSize() ?? { width: 1280, height: 900 };
  for (const width of [size.width, 320]) {
    await page.setViewportSize({ width, height: size.height });
    await expect.poll(() => misplaced(page), `${where}, ${width} px`).toEqual([]);
  }
  await page.setViewportSize(size);
}
