import type { AllergyIntolerance } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { settled } from '../support/settled.ts';

test('a record that replaces another says so in the banner, with the allergies of the other', async ({
  app,
  page,
  sandbox,
}) => {
  const allergy: AllergyIntolerance = {
    resourceType: 'AllergyIntolerance',
    patient: { reference: 'Patient/awkward-merged' },
    clinicalStatus: { coding: [{ code: 'active' }] },
    code: { text: 'Penicillin' },
  };
  sandbox.fhir.store.write(allergy, 'of-merged');
  await app.open('/patients/awkward-survivor/labs');
  const notice = app.chart.banner.getByText('This record replaces another one.').locator('..');
  await expect(notice).toContainText(/Known allergies\s*Penicillin/);
  await expectAccessible(page);
  await notice.getByRole('link', { name: 'Known allergies' }).click();
  await expect(page).toHaveURL(/awkward-merged\/allergies$/);
  await page.goBack();
  await notice.getByRole('link', { name: 'Open the replaced record' }).click();
  await expect(page).toHaveURL(/awkward-merged$/);
  await expect(app.chart.banner.getByText('This record replaces')).toHaveCount(0);
});

test('linked records are shown by name, or by id where they cannot be read', async ({
  app,
  guard,
  page,
  sandbox,
}) => {
  guard.allowError(/403/);
  sandbox.fhir.faults.add({ path: /\/Patient\/awkward-seealso$/, status: 403 });
  await app.open('/patients/awkward-survivor');
  const links = page.getByText('Linked records', { exact: true }).locator('..');
  await links.scrollIntoViewIfNeeded();
  const merged = links.getByRole('listitem').filter({ hasText: 'was replaced by this record' });
  await expect(merged.getByRole('link', { name: 'DUPLICATE, Dora' })).toBeVisible();
  await expect(merged).toContainText('30-Jan-1981');
  await expect(links.getByRole('link', { name: 'Patient/awkward-seealso' })).toBeVisible();
  await expectAccessible(page);
});

test('linked records are read only when they come into view', async ({ app, page, sandbox }) => {
  await page.setViewportSize({ width: 390, height: 500 });
  await app.open('/patients/awkward-survivor');
  await settled(page, sandbox);
  const read = (): number =>
    sandbox.fhir.log.filter(({ path }) => path.endsWith('/Patient/awkward-seealso')).length;
  expect(read()).toBe(0);
  const link = page.locator('main a[href$="/patients/awkward-seealso"]');
  await link.scrollIntoViewIfNeeded();
  await expect(link).not.toHaveText('Loading patient…');
  expect(read()).toBe(1);
});

test('a card whose records were not requested yet does not wait for the server to be slow', async ({
  app,
  page,
  sandbox,
}) => {
  await page.setViewportSize({ width: 390, height: 500 });
  await app.open('/patients/p0016');
  await expect(app.chart.banner).toBeVisible();
  await settled(page, sandbox);
  expect(await page.locator('[data-waiting]').count()).toBeGreaterThan(0);
  // Its hint stands in a status region that is there from the request on.
  await expect(page.locator('[data-waiting] p[role="status"]')).toHaveCount(0);
});
