import { expect, type Frame, type Page } from 'playwright/test';
import type { Sandbox } from '#sandbox/sandbox.ts';

/**
 * Waits until the FHIR server has answered all that it was asked, and the page has drawn what it
 * makes of that: it had nothing to do twice, nothing was busy, and it looked the same. `networkidle`
 * stays true once it was, whatever a click then asks for.
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
    const open = fhir.log.filter(({ status }) => status === 0).map(({ path }) => path);
    const now = `${fhir.log.length} ${drawn}`;
    const still = drawn !== '' && now === before;
    before = now;
    expect(open).toEqual([]);
    expect(still, 'the page stands still').toBe(true);
  }).toPass({ intervals: [100], timeout: 15_000 });
}
