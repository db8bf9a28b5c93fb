import { expect, type Frame, type Page, type Request } from 'playwright/test';
import type { Sandbox } from '#sandbox/sandbox.ts';

/**
 * Waits until the FHIR server has answered all that somebody still waits for, and the page has drawn
 * what it makes of that: it had nothing to do twice, nothing was busy, and it looked the same.
 * `networkidle` stays true once it was, whatever a click then asks for.
 */
export async function settled(page: Page | Frame, { fhir }: Sandbox): Promise<void> {
  let before = '';
  await expect(async () => {
    const drawn = await page.evaluate(
      () =>
        new Promise<string>((resolve) => {
          const look = (): void =>
            resolve(document.querySelector('[aria-busy=true]') ? '' : document.body.innerHTML);
          const idle = (): unknown => requestIdleCallback(look, { timeout: 2_000 });
          // What comes next has its frame first.
          requestAnimationFrame(() => requestAnimationFrame(idle));
        }),
    );
    const open = fhir.log
      .filter(({ status, over }) => status === 0 && !over)
      .map(({ path }) => path);
    const now = `${fhir.log.length} ${drawn}`;
    const still = drawn !== '' && now === before;
    before = now;
    expect(open).toEqual([]);
    expect(still, 'the page stands still').toBe(true);
  }).toPass({ intervals: [100], timeout: 15_000 });
}

/** Waits until the page has the whole answer to a request, or has given it up. */
export async function arrived(request: Request): Promise<void> {
  await (await request.response())?.finished();
}
