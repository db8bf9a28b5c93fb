import type { Page } from 'playwright/test';

/**
 * Has the pages wait as long as it takes where they wait for seconds before they show what there is:
 * on a busy machine that time is over before the sandbox has answered.
 *
 * @returns ends all that waiting on the page that is open now
 */
export async function withPatience(page: Page): Promise<() => Promise<void>> {
  await page.addInitScript(() => {
    const waiting = new Map<number, () => void>();
    const set = window.setTimeout.bind(window);
    const clear = window.clearTimeout.bind(window);
    Object.assign(globalThis, {
      setTimeout: (run: (...rest: unknown[]) => void, ms = 0, ...rest: unknown[]): number => {
        if (ms < 1_000 || ms > 5_000) return set(run, ms, ...rest);
        const id = set(() => undefined, 0);
        waiting.set(id, () => run(...rest));
        return id;
      },
      clearTimeout: (id: number): void => {
        waiting.delete(id);
        clear(id);
      },
      endPatience: (): void => {
        const runs = [...waiting.values()];
        waiting.clear();
        for (const run of runs) run();
      },
    });
  });
  return () => page.evaluate(() => Reflect.get(globalThis, 'endPatience')());
}
