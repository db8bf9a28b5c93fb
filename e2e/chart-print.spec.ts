import { expect, test } from './fixtures.ts';

test('every printed page says whose it is, who printed it, and when', async ({ app, page }) => {
  await app.openList('entra');
  await page.goto('/patients/p0001');
  const name = await app.chart.name();
  await expect(app.chart.banner).toContainText(/RGH\d+/);
  const head = page.locator('[aria-hidden="true"]').filter({ hasText: 'Printed ' });
  await expect(head).toHaveCount(0);
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(head).toContainText(name);
  await expect(head).toContainText(
    /Born \d{2}-\w{3}-\d{4}.*RGH\d+.*Printed \d{2}-\w{3}-\d{4} \d{2}:\d{2} Dr Casey Moreau/,
  );
  // The one box that is drawn again at the top of each page, and that takes room there.
  const styles = await head.evaluate((h) => {
    const { display, breakInside } = getComputedStyle(h);
    return [display, breakInside];
  });
  expect(styles).toEqual(['table-header-group', 'avoid']);
});
