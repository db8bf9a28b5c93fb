import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { settled } from './support/settled.ts';

/** Cumulative Layout Shift so far (https://web.dev/articles/cls). */
const shifts = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const moved = list.getEntries() as (PerformanceEntry & { readonly value: number })[];
          resolve(moved.reduce((sum, { value }) => sum + value, 0));
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve(0), 300);
      }),
  );

test('answers that come one by one push nothing aside', async ({ app, page, sandbox }) => {
  const kinds = ['Condition', 'Medication', 'Allergy', 'vital', 'labor', 'Encounter', 'Procedure'];
  for (const [n, kind] of kinds.entries())
    sandbox.fhir.faults.add({ path: new RegExp(`/${kind}|=${kind}`), delay: 100 + 40 * n });
  const expectSteady = async (): Promise<void> => {
    await settled(page, sandbox);
    // Nothing is held back for good.
    await expect(page.getByRole('heading', { name: 'Demographics' })).toBeVisible();
    expect(await shifts(page)).toBeLessThanOrEqual(0.01);
  };
  await app.open('/patients/awkward-no-allergies-recorded');
  await expectSteady();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/patients/p0001');
  await expectSteady();
});
