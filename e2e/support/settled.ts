import { expect, type Frame, type Page, type Request } from 'playwright/test';
import type { Sandbox } from '#sandbox/sandbox.ts';

/** Waits until the page has drawn its pending updates and has nothing else to do. */
export const drawn = (page: Page | Frame): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const idle = (): unknown => requestIdleCallback(() => resolve(), { timeout: 2_000 });
        requestAnimationFrame(() => requestAnimationFrame(idle));
      }),
  );

/**
 * Waits until the FHIR server has answered every request that is not aborted and the page has drawn
 * the result: two looks in a row found it idle, not busy and unchanged. `networkidle` would not do,
 * because it stays true even when a click sends new requests.
 */
export async function settled(page: Page | Frame, { fhir }: Sandbox): Promise<void> {
  let before = '';
  await expect(async () => {
    await drawn(page);
    const shown = await page.evaluate(() =>
      document.querySelector('[aria-busy=true]') ? '' : document.body.innerHTML,
    );
    const open = fhir.log
      .filter(({ status, over }) => status === 0 && !over)
      .map(({ path }) => path);
    const now = `${fhir.log.length} ${shown}`;
    const still = shown !== '' && now === before;
    before = now;
    expect(open).toEqual([]);
    expect(still, 'the page stands still').toBe(true);
  }).toPass({ intervals: [100], timeout: 15_000 });
}

/** Waits until the page has received the whole response, or has aborted the request. */
export async function arrived(request: Request): Promise<void> {
  await (await request.response())?.finished();
}
