import type { Page } from 'playwright/test';

declare global {
  var probe: {
    readonly first: number | undefined;
    readonly blocking: number;
    readonly shift: number;
    readonly slowest: number;
    /** Milliseconds from now until the text of the element has changed and been drawn. */
    changed(selector: string): Promise<number>;
  };
}

/**
 * Runs in the page before its own scripts: notes when the first row is drawn, long tasks, layout
 * shifts and slow interactions, and can time a change of text.
 */
function install(row: string): void {
  let first: number | undefined;
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
  observe('longtask', (e) => {
    blocking += Math.max(0, e.duration - 50);
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
  await page.addInitScript(install, row);
}

/** When the first patient's name was drawn, in milliseconds since the navigation began. */
export async function firstRow(page: Page): Promise<number> {
  const handle = await page.waitForFunction(() => globalThis.probe?.first, undefined, {
    timeout: 60_000,
  });
  return (await handle.jsonValue()) as number;
}
