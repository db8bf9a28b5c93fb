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

/**
 * Writes down each alert from now on, once more each time that its words change: it interrupts.
 *
 * @returns the alerts so far
 */
export async function alertsIn(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const alerts: string[] = [];
    const said = [...document.querySelectorAll('[role=alert]')];
    const last = new Map(said.map((alert) => [alert, alert.textContent]));
    new MutationObserver(() => {
      for (const alert of document.querySelectorAll('[role=alert]')) {
        const text = alert.textContent;
        if (text && last.get(alert) !== text) alerts.push(text);
        last.set(alert, text);
      }
    }).observe(document, { childList: true, subtree: true, characterData: true });
    Object.assign(globalThis, { alerts });
  });
  return () => page.evaluate(() => Reflect.get(globalThis, 'alerts') as string[]);
}
