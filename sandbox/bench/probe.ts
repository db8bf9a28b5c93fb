import type { Page } from 'playwright/test';

declare global {
  var probe: {
    /** Milliseconds until the frame that has the first row. */
    readonly first: number | undefined;
    /** Milliseconds until the page has laid out and painted that frame. */
    readonly painted: number | undefined;
    readonly blocking: number;
    readonly shift: number;
    readonly slowest: number;
    /** Resolves to the milliseconds from now until the element's text has changed and is drawn. */
    changed(selector: string): Promise<number>;
    /** Resolves after `quiet` ms to the milliseconds from now until the last change of the rows. */
    settled(selector: string, quiet: number): Promise<number>;
    /** Clicks the button `times` times, each time it is enabled, and waits until the row changes. */
    turn(next: string, row: string, times: number): Promise<void>;
  };
}

/**
 * Runs in the page before the page's own scripts. Records when the first row is drawn, long tasks,
 * layout shifts and slow interactions, and can time a change of text.
 */
function install(row: string): void {
  let first: number | undefined;
  let painted: number | undefined;
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
      // A message is delivered after the frame, unlike a timer without being delayed.
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => {
        painted = performance.now();
      });
      port1.start();
      port2.postMessage(undefined);
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
  // Total Blocking Time counts from the first contentful paint. https://web.dev/articles/tbt
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
    get painted() {
      return painted;
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
      // Hidden rows are left out: the app may draw the next page in advance.
      const names = () =>
        [...document.querySelectorAll(selector)]
          .filter((row) => row.checkVisibility())
          .map((row) => row.textContent)
          .join('|');
      let last = start;
      let before = names();
      // Visibility is read at the start of the next frame. Read at once, it would force a layout of
      // the page in addition to that of the frame.
      const watch = new MutationObserver(() =>
        requestAnimationFrame(() => {
          const at = performance.now();
          const now = names();
          if (now === before) return; // something other than the rows changed
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
    async turn(next, row, times) {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const text = () => document.querySelector(row)?.textContent;
      for (let n = 0; n < times; n += 1) {
        const button = () => document.querySelector<HTMLButtonElement>(next);
        while (button()?.matches(':disabled, [aria-disabled="true"]') ?? true) await frame();
        const before = text();
        button()?.click();
        while (!text() || text() === before) await frame();
      }
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
  // The TypeScript loader wraps named functions in a helper, `__name`, that the page lacks.
  await page.addInitScript({ content: 'globalThis.__name = (f) => f;' });
  await page.addInitScript(install, row);
}

type Moment = 'first' | 'painted';

/** Waits until the probe has recorded a moment. Returns its milliseconds from navigation. */
async function until(page: Page, moment: Moment): Promise<number> {
  const deadline = Date.now() + 60_000;
  // Not waitForFunction: it evaluates text, which the app's Content-Security-Policy forbids.
  while (Date.now() < deadline) {
    const at = await page.evaluate((m) => globalThis.probe?.[m], moment).catch(() => undefined);
    if (at !== undefined) return at;
    await page.waitForTimeout(25);
  }
  throw new Error(`no row at ${page.url()} within a minute`);
}

/** Waits for the first patient's name: for the animation frame that has it in the document. */
export const firstRow = (page: Page): Promise<number> => until(page, 'first');

/** Waits until the frame with the first patient's name is laid out and painted. */
export const paintedRow = (page: Page): Promise<number> => until(page, 'painted');
