import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures.ts';
import { settled } from '../support/settled.ts';

/** Prepares the page for paper as the browser does before it prints. */
async function print(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
}

test('every printed page names the patient, who printed it, when and from which server', async ({
  app,
  page,
}) => {
  await app.openList('entra');
  await page.goto('/patients/p0001');
  const name = await app.chart.name();
  await expect(app.chart.banner).toContainText(/RGH\d+/);
  const head = page.locator('[aria-hidden="true"]').filter({ hasText: 'Printed ' });
  await expect(head).toHaveCount(0);
  await print(page);
  await expect(head).toContainText(name);
  await expect(head).toContainText(
    /Born \d{2}-\w{3}-\d{4}.*(?:Male|Female) RGH\d+.*Printed \d{2}-\w{3}-\d{4} \d{2}:\d{2} · Dr Casey Moreau · Contoso FHIR \(Entra ID\)$/,
  );
  // Browsers repeat only a table header on each printed page and reserve room for it.
  const styles = await head.evaluate((h) => {
    const { display, breakInside } = getComputedStyle(h);
    return [display, breakInside];
  });
  expect(styles).toEqual(['table-header-group', 'avoid']);
});

test('a printed list states its search, who printed it, when and from which server, and that more follow', async ({
  app,
  page,
  sandbox,
}) => {
  await app.openList('entra');
  await settled(page, sandbox);
  await print(page);
  const by =
    /^Printed \d{2}-\w{3}-\d{4} \d{2}:\d{2} · Dr Casey Moreau · Contoso FHIR \(Entra ID\)$/;
  await expect(page.getByText(by)).toBeVisible();
  await expect(page.getByText('nothing was searched for')).toBeVisible();
  const part = page.getByText('page 1 only: more follow');
  await expect(part).toBeVisible();

  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await page.emulateMedia({ media: 'screen' });
  await expect(page.getByText(by)).toHaveCount(0);
  await app.list.moreFilters.click();
  await app.list.filter('Gender').selectOption('Female');
  await app.find('smith');
  await print(page);
  for (const words of ['Search: smith', 'Searched by: name', 'Gender: Female'])
    await expect(page.getByRole('listitem').filter({ hasText: words })).toBeVisible();

  await page.goto('/patients/p0002/labs');
  await expect(part).toBeVisible();
  await page.emulateMedia({ media: 'screen' });
  await expect(part).toBeHidden();
});
