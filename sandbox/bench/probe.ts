import type { Page } from 'playwright/test';

declare global {
  var probe: {
    readonly first: number | undefined;
    readonly blocking: number;
    readonly shift: number;
    readonly slowest: number;
    /** Milliseconds from now until the text of the element has changed and been drawn. */
    changed(selector: string): Promise<number>;
    /** Milliseconds from now until the rows changed for the last time, once all has been quiet. */
    settled(selector: string, quiet: number): Promise<number>;
  };
}

/**
 * Runs in the page before its own scripts: notes when the first row is drawn, long tasks, layout
 * shifts and slow interactions, and can time a change of text.
 */
function install(row: string): void {
  let first: number | undefined;
  let contentful = Infinity;
  let blocking = 0;
  let shift = 0;
  let slowest = 0;
  const has = (selector: string) => Boolean(document.querySelector(selector)?.textContent?.trim());
  const watcher = new MutationObserver(() => {
    if (first !== undefined || !has(row)) return;
    watcher.disconnect();
    requestAnimationFrame(() => {
      first = performance.now();
    });
  });
  watcher.observe(document, { childList: true, subtree: true, characterData: true });
  const observe = (type: string, use: (e: PerformanceEntry) => void, more = {}) =>
    new PerformanceObserver((l) => l.getEntries().forEach(use)).observe({
      type,
      buffered: true,
      ...more,
    });
  observe('paint', (e) => {
    if (e.name === 'first-contentful-paint') contentful = e.startTime;
  });
  // As it is defined: after the first contentful paint. https://web.dev/articles/tbt
  observe('longtask', (e) => {
    const from = Math.max(e.startTime, contentful);
    blocking += Math.max(0, e.startTime + e.duration - from - 50);
  });
  observe('layout-shift', (e) => {
    const { value, hadRecentInput } = e as PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
    };
    if (!hadRecentInput) shift += value;
  });
  observe(
    'event',
    (e) => {
      slowest = Math.max(slowest, e.duration);
    },
    { durationThreshold: 16 },
  );
  globalThis.probe = {
    get first() {
      return first;
    },
    get blocking() {
      return blocking;
    },
    get shift() {
      return shift;
    },
    get slowest() {
      return slowest;
    },
    settled(selector, quiet) {
      const start = performance.now();
      // A page that is drawn beforehand, for later, is no answer.
      const names = () =>
        [...document.querySelectorAll(selector)]
          .filter((row) => row.checkVisibility())
          .map((row) => row.textContent)
          .join('|');
      let last = start;
      let before = names();
      // What is visible is asked when the frame begins that draws it: asked at once, the browser would
      // lay out the page for the question, and once more for the frame.
      const watch = new MutationObserver(() =>
        requestAnimationFrame(() => {
          const at = performance.now();
          const now = names();
          if (now === before) return; // a mark or a message beside the rows
          before = now;
          last = at;
        }),
      );
      watch.observe(document.body, { childList: true, subtree: true, characterData: true });
      return new Promise((resolve) => {
        setTimeout(() => {
          watch.disconnect();
          resolve(last - start);
        }, quiet);
      });
    },
    changed(selector) {
      const before = document.querySelector(selector)?.textContent;
      const start = performance.now();
      return new Promise((resolve) => {
        const look = () => {
          const text = document.querySelector(selector)?.textContent;
          if (text && text !== before) resolve(performance.now() - start);
          else requestAnimationFrame(look);
        };
        look();
      });
    },
  };
}

/** Installs the probe in every document of the page. */
export async function addProbe(page: Page, row: string): Promise<void> {
  // The TypeScript loader wraps named functions in a helper that the page does not have.
  await page.addInitScript({ content: 'globalThis.__name = (f) => f;' });
  await page.addInitScript(install, row);
}

/** When the first patient's name was drawn, in milliseconds since the navigation began. */
export async function firstRow(page: Page): Promise<number> {
  const deadline = Date.now() + 60_000;
  // Not waitForFunction: it evaluates text, which the app's Content-Security-Policy forbids.
  while (Date.now() < deadline) {
    const first = await page.evaluate(() => globalThis.probe?.first).catch(() => undefined);
    if (first !== undefined) return first;
    await page.waitForTimeout(25);
  }
  throw new Error(`no row at ${page.url()} within a minute`);
}
