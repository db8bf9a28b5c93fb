import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { hold } from '../support/hold.ts';
import { UNAUTHORIZED } from '../support/records.ts';

test.describe('arranging the list', () => {
  test('sorts by the key and direction chosen under Sort and columns', async ({
    app,
    page,
    sandbox,
  }) => {
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

  test('keeps the chosen columns after a reload, with the name first', async ({ app, page }) => {
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

  test('counts the patients on request and moves the focus to Next page', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList();
    await page.getByRole('button', { name: 'Count them' }).click();
    await expect(page.getByText(/^1–20 of \d+$/)).toBeVisible();
    // The button is gone: the focus moves beside its place, not to the top of the page.
    await expect(app.list.next).toBeFocused();
    expect(sandbox.fhir.log.some(({ query }) => query.includes('_summary=count'))).toBe(true);
  });

  test('requests the chosen number of rows per page and keeps it after a reload', async ({
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

  test('works by keyboard alone: rows, pages, search box and list of shortcuts', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList();
    // The list's shortcut keys load after the rows, together with the sort buttons.
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
    // The focus must not enter rows of the previous search: Enter would open the wrong patient.
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

test.describe('the list of patients', () => {
  test('marks two patients who could be mixed up, in words and with an icon', async ({
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

  test('shows the status of each unusual record in words and with an icon', async ({ app }) => {
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

  test('offers recently opened patients below the empty search box, until a reload', async ({
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
    // Both rows come from one response: the links must be in the order of opening.
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

test('the list stays usable when its script files fail to load, and Try again fetches them', async ({
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

  // The script that reads the search box is missing: nothing is searched and old rows are hidden.
  await app.openList();
  await app.list.box.fill('methusa');
  await expect(again(app.list.search)).toBeVisible();
  await expect(app.list.table).toBeHidden();
  // A missing file has one alert, which is announced again when loading fails again.
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

  // Dialogs that are needed when the network may be gone were loaded when the page was first used.
  const files = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .join(),
    );
  await expect.poll(files).toMatch(/idle-dialog-.*expired-dialog-|expired-dialog-.*idle-dialog-/);
});

test('the end of a session shows a notice with Try again when the files of its dialogs fail to load', async ({
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
  await page.clock.fastForward('01:00'); // closing the idle warning keeps the user signed in
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
