import type { Page } from 'playwright/test';

/**
 * Stops the pages' timers of 1 to 5 seconds, after which they show what has arrived so far: on a
 * busy machine these would fire before the sandbox has answered.
 *
 * @returns function that lets `ms` of those timers pass on the open page, by default all of it
 */
export async function withPatience(page: Page): Promise<(ms?: number) => Promise<void>> {
  await page.addInitScript(() => {
    const waiting = new Map<number, { run: () => void; left: number }>();
    const set = window.setTimeout.bind(window);
    const clear = window.clearTimeout.bind(window);
    Object.assign(globalThis, {
      setTimeout: (run: (...rest: unknown[]) => void, ms = 0, ...rest: unknown[]): number => {
        if (ms < 1_000 || ms > 5_000) return set(run, ms, ...rest);
        const id = set(() => undefined, 0);
        waiting.set(id, { run: () => run(...rest), left: ms });
        return id;
      },
      clearTimeout: (id: number): void => {
        waiting.delete(id);
        clear(id);
      },
      endPatience: (passed: number): void => {
        for (const [id, one] of waiting) {
          one.left -= passed;
          if (one.left > 0) continue;
          waiting.delete(id);
          one.run();
        }
      },
    });
  });
  return (ms = 5_000) =>
    page.evaluate((passed) => Reflect.get(globalThis, 'endPatience')(passed), ms);
}
