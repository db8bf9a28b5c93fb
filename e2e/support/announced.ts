import type { Page } from 'playwright/test';

/**
 * Records what live regions announce from now on: each message is in the page only until the next
 * one. A reload loses the record.
 *
 * @returns function that returns the announcements so far
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
 * Records each alert from now on, and again each time its text changes, because each interrupts the
 * screen reader.
 *
 * @returns function that returns the alerts so far
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
