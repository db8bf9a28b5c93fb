import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { hold } from '../support/hold.ts';
import { UNAUTHORIZED } from '../support/records.ts';

test.describe('arranging the list', () => {
  test('sorts by any key, one at a time', async ({ app, page, sandbox }) => {
    await app.openList();
    await page.getByRole('button', { name: 'Sort and columns' }).click();
    await expect(page.getByLabel('Sort by')).toBeFocused();
    await page.getByLabel('Sort by').selectOption({ label: 'Last updated' });
    await page.getByLabel('Direction').selectOption({ label: 'Descending' });
    await expect
      .poll(() => sandbox.fhir.log.some(({ query }) => query.includes('_sort=-_lastUpdated')))
      .toBe(true);
    await app.listIsFilled();
    await expectAccessible(page, 'sort and columns');
  });

  test('columns of choice outlast the session; the name stays first', async ({ app, page }) => {
    await app.openList();
    await page.getByRole('button', { name: 'Sort and columns' }).click();
    await page.getByLabel('Address', { exact: true }).check();
    await page.getByLabel('Phone', { exact: true }).uncheck();
    const headers = app.list.table.getByRole('columnheader');
    await expect(headers).toHaveText([
      'Name',
      'Birth date',
      /Gender/,
      'Identifiers',
      'Address',
      'Status',
    ]);
    await page.reload();
    await app.listIsFilled();
    await expect(headers).toHaveText([
      'Name',
      'Birth date',
      /Gender/,
      'Identifiers',
      'Address',
      'Status',
    ]);
  });

  test('counts on request', async ({ app, page, sandbox }) => {
    await app.openList();
    await page.getByRole('button', { name: 'Count them' }).click();
    await expect(page.getByText(/^1–20 of \d+$/)).toBeVisible();
    // The button is gone, and the focus is where it was, not at the top of the page.
    await expect(app.list.next).toBeFocused();
    expect(sandbox.fhir.log.some(({ query }) => query.includes('_summary=count'))).toBe(true);
  });

  test('rows per page: asked of the server, kept for the next time', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList();
    await page.getByLabel('Rows per page').selectOption('50');
    await expect(app.list.rows).toHaveCount(50);
    expect(sandbox.fhir.log.some(({ query }) => query.includes('_count=50'))).toBe(true);
    await page.reload();
    await app.listIsFilled();
    await expect(app.list.rows).toHaveCount(50);
    await expectAccessible(page, 'fifty rows');
  });

  test('works by keyboard alone', async ({ app, page, sandbox }) => {
    await app.openList();
    // The list's own keys come with what else comes once the list stands: a hand is slower than this.
    await expect(
      page.getByRole('columnheader', { name: 'Name' }).getByRole('button'),
    ).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await expect(app.list.patients.nth(0)).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(app.list.patients.nth(1)).toBeFocused();
    await page.keyboard.press('End');
    await expect(app.list.patients.last()).toBeFocused();
    await page.keyboard.press('n');
    await expect(app.list.pageNumber(2)).toBeVisible();
    await page.keyboard.press('p');
    await expect(app.list.pageNumber(1)).toBeVisible();
    await app.listIsFilled();
    await page.keyboard.press('/');
    await expect(app.list.box).toBeFocused();
    const found = hold(sandbox, { path: /Patient\?.*methusa/ });
    await page.keyboard.type('methusa');
    // No row of the search before is entered: Enter would open somebody who was not looked for.
    await page.keyboard.press('ArrowDown');
    await found.asked();
    await expect(app.list.box).toBeFocused();
    found.release();
    await expect(app.list.patient(/^ELDER/)).toBeFocused();
    await expect(app.list.rows).toHaveCount(1);
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await expectAccessible(page, 'keyboard shortcuts');
    await page.keyboard.press('Escape');
    await expect(app.list.patient(/^ELDER/)).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(app.chart.banner).toContainText('ELDER');
  });
});

test.describe('rows', () => {
  test('two that could be mixed up are marked, in words and with an icon', async ({
    app,
    sandbox,
  }) => {
    for (const birthDate of ['1970-03-04', '1970-04-03']) {
      await fetch(`${sandbox.fhir.openBaseUrl}/Patient`, {
        method: 'POST',
        headers: { 'content-type': 'application/fhir+json' },
        body: JSON.stringify({
          resourceType: 'Patient',
          name: [{ family: 'Mixable', given: ['Pat'] }],
          birthDate,
        }),
      });
    }
    await app.openList();
    await app.list.box.fill('mixable');
    await expect(app.list.rows).toHaveCount(2);
    for (const row of await app.list.rows.all()) {
      await expect(row).toContainText('Same name as another row');
      await expect(row.getByText('Same name as another row').locator('svg')).toHaveCount(1);
    }
  });

  test('status of every awkward record, in words and with an icon', async ({ app }) => {
    await app.openList();
    for (const [id, flag] of [
      ['awkward-deceased-date', 'Deceased'],
      ['awkward-deceased-boolean', 'Deceased'],
      ['awkward-deceased-year', 'Deceased'],
      ['awkward-inactive', 'Inactive record'],
      ['awkward-merged', 'Merged, do not use'],
      ['awkward-restricted', 'Restricted record'],
      ['awkward-very-restricted', 'Restricted record'],
      ['awkward-test', 'Test patient'],
      ['awkward-future-birth-date', 'In the future'],
    ] as const) {
      await app.list.box.fill(`Patient/${id}`);
      await app.list.searchButton.click();
      await expect(app.list.rows, id).toHaveCount(1);
      await expect(app.list.rows.first().getByText(flag, { exact: true }), id).toBeVisible();
      await expect(
        app.list.rows.first().getByText(flag, { exact: true }).locator('svg'),
        id,
      ).toHaveCount(1);
    }
  });

  test('patients opened lately are offered below the empty box, in memory only', async ({
    app,
    guard,
    page,
  }) => {
    guard.secret('Methusa', 'METHUSA');
    await app.openList();
    await app.list.box.fill('methusa');
    await app.list.patient(/^ELDER/).click();
    await expect(app.chart.banner).toBeVisible();
    await app.shell.patients.click();
    await app.list.clear.click();
    // Two rows of one answer: what counts is when each was opened.
    for (const row of [0, 1]) {
      await app.listIsFilled();
      await app.list.patients.nth(row).click();
      await expect(app.chart.banner).toBeVisible();
      await page.goBack();
    }
    await app.listIsFilled();
    const [first, second] = await app.list.patients.locator('bdi').allInnerTexts();
    await app.list.box.focus();
    const recent = page.getByRole('navigation', { name: 'Recently opened' });
    await expect(recent.getByRole('link', { name: /^ELDER, Methusa/ })).toBeVisible();
    const names = recent.getByRole('link').locator('bdi');
    await expect(names).toHaveText([second ?? '', first ?? '', /^ELDER, Methusa/]);
    await expectAccessible(page, 'recently opened');
    await page.keyboard.press('Escape');
    await expect(recent).toBeHidden();
    await page.reload();
    await app.listIsFilled();
    await app.list.box.focus();
    await expect(recent).toHaveCount(0);
  });
});

test('parts of the list that do not come leave it as it is, and are fetched again when they are wanted', async ({
  app,
  guard,
  page,
}) => {
  guard.allowError(/net::ERR|Failed to load resource|Failed to fetch/);
  const [settings, filters, selection, later] = [
    'settings-dialog',
    'filter-panel',
    'selection',
    'later',
  ].map((name) => new RegExp(`assets/${name}-[^/]*\\.js`));
  for (const part of [settings, filters, selection, later]) {
    await page.route(part ?? '', (route) => route.abort());
  }
  const missing = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
  const again = (place = page.locator('body')) => place.getByRole('button', { name: 'Try again' });

  // What reads the search box did not come: nothing is searched, and no other rows stand there.
  await app.openList();
  await app.list.box.fill('methusa');
  await expect(again(app.list.search)).toBeVisible();
  await expect(app.list.table).toBeHidden();
  // One file, one alert, and said anew where it fails again.
  await expect(missing).toHaveCount(1);
  const said = await missing.elementHandle();
  await again(app.list.search).click();
  await expect.poll(() => said?.evaluate((alert) => alert.isConnected)).toBe(false);
  await expect(missing).toHaveCount(1);
  await page.unroute(later ?? '');
  await again(app.list.search).click();
  await expect(app.list.patient(/^ELDER/)).toBeVisible();
  await expect(app.list.rows).toHaveCount(1);
  await expect(missing).toHaveCount(0);

  const opener = page.getByRole('banner').getByRole('button', { name: 'Settings' });
  const instead = page.getByRole('alertdialog', { name: 'could not be loaded' });
  await opener.click();
  await expect(instead).toBeInViewport();
  await instead.getByRole('button', { name: 'Close' }).click();
  await expect(instead).toHaveCount(0);
  await expect(opener).toBeFocused();
  await opener.click();
  await expect(instead).toBeInViewport();
  await page.unroute(settings ?? '');
  await again(instead).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await expect(instead).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();

  await app.list.moreFilters.click();
  await expect(missing).toBeVisible();
  await page.unroute(filters ?? '');
  await again().click();
  await expect(app.list.filter('Email')).toBeVisible();
  await expect(app.list.moreFilters).toBeFocused();

  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await expect(missing).toBeVisible();
  await page.unroute(selection ?? '');
  await again().click();
  await expect(app.list.rows.getByRole('checkbox')).toHaveCount(1);
  await expect(app.list.box).toHaveValue('methusa');

  // Those that come when the network may be gone were fetched when the page was first used.
  const files = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .join(),
    );
  await expect.poll(files).toMatch(/idle-dialog-.*expired-dialog-|expired-dialog-.*idle-dialog-/);
});

test('what a session that ends has to ask is in the window, where its dialogs do not come', async ({
  app,
  guard,
  page,
  sandbox,
}) => {
  guard.allowError(/net::ERR|Failed to load resource|Failed to fetch/);
  const [expired, idle, leave] = ['expired-dialog', 'idle-dialog', 'leave-question'].map(
    (name) => new RegExp(`assets/${name}-[^/]*\\.js`),
  );
  for (const part of [expired, idle, leave]) {
    await page.route(part ?? '', (route) => route.abort());
  }
  await page.clock.install();
  await app.open('/patients/new', 'token');
  await app.form.family.fill('Keptwhileexpired');
  sandbox.fhir.faults.add({ method: 'POST', path: /Patient$/, ...UNAUTHORIZED });
  await app.form.create.click();
  const missing = page.getByRole('alertdialog', { name: 'could not be loaded' });
  const again = missing.getByRole('button', { name: 'Try again' });
  await expect(missing).toBeInViewport();
  await expect(again).toBeFocused();
  await expect(app.form.family).toBeHidden();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await expect(missing).toBeInViewport();

  await page.clock.fastForward('14:20');
  const close = missing.getByRole('button', { name: 'Close' });
  await expect(close).toBeInViewport();
  await close.click();
  await expect(close).toHaveCount(0);
  await page.clock.fastForward('01:00'); // who closed it stays signed in
  await expect(missing).toBeInViewport();

  await page.unroute(expired ?? '');
  await again.click();
  const ended = page.getByRole('alertdialog', { name: 'Your session has ended' });
  await ended.getByRole('button', { name: 'Sign out' }).click();
  const question = page.getByRole('alertdialog', { name: 'has not been saved and will be lost' });
  await expect(question).toBeInViewport();
  await question.getByRole('button', { name: 'Stay on this page' }).click();
  await expect(question).toHaveCount(0);
  await expect(ended).toBeVisible();
  await expect(app.form.family).toHaveValue('Keptwhileexpired');
});
