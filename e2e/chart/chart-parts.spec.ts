import { expect, test } from '../fixtures.ts';
import { settled } from '../support/settled.ts';

// Parts of the chart have files of their own. A part that cannot be loaded must not take the rest
// of the page with it, and must not ask for a reload, which offline leaves nothing.

test('a chart opened offline keeps its banner and navigation, and its details load once online', async ({
  app,
  context,
  guard,
  page,
  sandbox,
}) => {
  guard.allowError(/net::ERR|Failed to fetch|preload|^network$/);
  await app.openList();
  await settled(page, sandbox);
  const fetched = () =>
    page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  await expect.poll(fetched).toContainEqual(expect.stringContaining('offline-page'));
  await context.setOffline(true);
  await app.list.patients.first().click();
  await expect(app.chart.banner).toBeVisible();
  await expect(app.shell.alert.filter({ hasText: /offline/i }).first()).toBeVisible();
  await expect(page.getByText('This page stopped working')).toHaveCount(0);
  await context.setOffline(false);
  await app.shell.main.getByRole('button', { name: 'Try again' }).last().click();
  await expect(page.getByRole('heading', { name: 'Demographics' })).toBeVisible();
});

test('a details file that is gone from the web server leaves the clinical cards in place', async ({
  app,
  guard,
  page,
}) => {
  guard.allowError(/404|Failed to fetch|preload/);
  await page.route('**/assets/demographics-*.js', (route) => route.fulfill({ status: 404 }));
  await app.open('/patients/p0001');
  await expect(page.getByRole('heading', { name: 'Conditions' })).toBeVisible();
  await expect(app.shell.alert).toContainText('could not be loaded');
  await expect(page.getByRole('heading', { name: 'Conditions' })).toBeVisible();
});
