import type { Page } from 'playwright/test';

/**
 * Writes down what the page has screen readers say from now on: each message stands there for a
 * moment only, until the next one. A page that is loaded again forgets them.
 *
 * @returns what was said so far
 */
export async function listenIn(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = [];
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll('[aria-live]'))
        if (textContent) said.push(textContent);
    }).observe(document, { childList: true, subtree: true, characterData: true });
    Object.assign(globalThis, { said });
  });
  return () => page.evaluate(() => Reflect.get(globalThis, 'said') as string[]);
}
