import { expect, test } from './fixtures.ts';
import type { App } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';

async function fill(app: App, filters: Record<string, string>): Promise<void> {
  if ((await app.list.moreFilters.getAttribute('aria-expanded')) !== 'true')
    await app.list.moreFilters.click();
  for (const [name, value] of Object.entries(filters)) {
    const field = app.list.filter(name);
    await field.waitFor();
    if ((await field.evaluate((node) => node.tagName)) === 'SELECT')
      await field.selectOption(value);
    else await field.fill(value);
  }
  await app.list.searchButton.click();
}

test.describe('finding a patient', () => {
  for (const [text, name] of [
    ['enid numbered', /^NUMBERED, Enid/],
    ['numbered enid', /^NUMBERED, Enid/],
    ['NUMBERED, Enid (Mrs)', /^NUMBERED, Enid/],
    ['RGH800016', /^ELDER, Methusa/],
    ['mrn: RGH800016', /^ELDER, Methusa/],
    ['elder 1922-09-22', /^ELDER, Methusa/],
    ['22 Sep 1922', /^ELDER, Methusa/],
    ['22.09.1922', /^ELDER, Methusa/],
    ['Patient/awkward-aged', /^ELDER, Methusa/],
  ] as const) {
    test(`the box understands ${text}`, async ({ app }) => {
      await app.openList();
      await app.list.box.fill(text);
      await app.list.searchButton.click();
      await expect(app.list.patient(name).first()).toBeVisible();
      expect(await app.list.rows.count()).toBeLessThan(5);
    });
  }

  test('the box understands an identifier with its system', async ({ app, sandbox }) => {
    const response = await fetch(`${sandbox.fhir.openBaseUrl}/Patient/awkward-aged`);
    const { identifier } = (await response.json()) as {
      identifier: { system: string; value: string }[];
    };
    await app.openList();
    await app.list.box.fill(`${identifier[0]?.system}|${identifier[0]?.value}`);
    await app.list.searchButton.click();
    await expect(app.list.patient(/^ELDER, Methusa/)).toBeVisible();
    await expect(app.list.rows).toHaveCount(1);
  });

  test('the box understands a telephone number', async ({ app }) => {
    await app.openList();
    await app.list.box.fill('+44 1632 964068');
    await app.list.searchButton.click();
    await expect(app.list.patient(/^FLETCHER, Beatrice/)).toBeVisible();
    await expect(app.list.rows).toHaveCount(1);
  });

  test('a date with two meanings is asked back, and nothing is searched before', async ({
    app,
    sandbox,
  }) => {
    await app.openList();
    sandbox.fhir.log.length = 0;
    await app.list.box.fill('02/03/1950');
    await app.list.searchButton.click();
    await expect(app.list.search.getByRole('button', { name: '02-Mar-1950' })).toBeVisible();
    expect(sandbox.fhir.log.filter(({ query }) => /birthdate/.test(query))).toEqual([]);
    await app.list.search.getByRole('button', { name: '03-Feb-1950' }).click();
    await expect
      .poll(() => sandbox.fhir.log.some(({ query }) => query.includes('birthdate=1950-02-03')))
      .toBe(true);
  });

  for (const [filters, sent] of [
    [{ 'Birth date': '1920 to 1925' }, 'birthdate=ge1920&birthdate=le1925'],
    [{ Gender: 'female', 'Age from': '100' }, 'gender=female'],
    [{ Email: 'nobody@example.org' }, 'email=nobody%40example.org'],
    [{ Address: 'Tucson' }, 'address=Tucson'],
    [{ Status: 'inactive' }, 'active=false'],
    [{ 'Updated since': '1 Jan 2000' }, '_lastUpdated=ge2000-01-01'],
    [{ 'Technical id': 'awkward-aged' }, '_id=awkward-aged'],
    [{ Tag: 'HTEST' }, '_tag=HTEST'],
    [{ Condition: '38341003' }, '_has%3ACondition%3Apatient%3Acode=38341003'],
  ] as const) {
    test(`filter: ${sent}`, async ({ app, sandbox }) => {
      await app.openList();
      await fill(app, filters);
      await expect
        .poll(() => sandbox.fhir.log.some(({ query }) => query.includes(sent)))
        .toBe(true);
      await expect(app.list.alert).toHaveCount(0);
    });
  }

  test('the answer to a filter by condition is who has it', async ({ app, sandbox }) => {
    const base = sandbox.fhir.openBaseUrl;
    const found = await fetch(`${base}/Condition?code=38341003&_count=1000`);
    const { entry } = (await found.json()) as {
      entry: { resource: { subject: { reference: string } } }[];
    };
    const ids = new Set(entry.map(({ resource }) => resource.subject.reference));
    await app.openList();
    await fill(app, { Condition: 'http://snomed.info/sct|38341003' });
    await expect(app.list.rows).toHaveCount(Math.min(20, ids.size));
  });

  test('what cannot be a filter is said at its field, which has the focus', async ({ app }) => {
    await app.openList();
    await fill(app, { 'Age from': 'old', 'Birth date': '31 Feb 1960' });
    await expect(app.list.filter('Birth date')).toBeFocused();
    await expect(app.list.filter('Birth date')).toHaveAccessibleDescription(/not a date/);
    await expect(app.list.filter('Age from')).toHaveAccessibleDescription(/whole years/);
    await expectAccessible(app.page, 'filters with errors');
  });

  test('a filter that the server does not declare is not offered', async ({ app }) => {
    await app.openList();
    await app.list.moreFilters.click();
    await expect(app.list.filter('Status')).toBeVisible();
    await expect(app.list.filter('Status').getByRole('option')).toHaveText([
      'Any',
      'Active record',
      'Inactive record',
    ]);
  });

  test('without a statement every filter is tried, and what was ignored is named', async ({
    app,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({ path: /\/metadata/, status: 404, body: '' });
    await app.openList();
    await fill(app, { Status: 'deceased' });
    await expect(app.list.search).toContainText('does not say which filters it knows');
    await expect(app.list.alert).toContainText('ignored part of the search (Status)');
    await expectAccessible(app.page, 'ignored filter');
  });

  test('filters are still there after a reload, and out of the address', async ({
    app,
    guard,
    page,
  }) => {
    guard.secret('Methusa', 'Elder');
    await app.openList();
    await fill(app, { 'Family name': 'Elder', 'Given name': 'Methusa' });
    await expect(app.list.rows).toHaveCount(1);
    await page.reload();
    await expect(app.list.filter('Family name')).toHaveValue('Elder');
    await expect(app.list.rows).toHaveCount(1);
  });
});

test.describe('what the server did not do is said', () => {
  test('an ignored filter, by its name on the form', async ({ app, sandbox }) => {
    await app.openList();
    await app.list.moreFilters.click();
    await app.list.filter('Given name').waitFor();
    sandbox.fhir.behaviour.unsupported.add('Patient.given');
    await fill(app, { 'Given name': 'Methusa' });
    await expect(app.list.alert).toContainText('ignored part of the search (Given name)');
  });

  test('an ignored sort', async ({ app, sandbox }) => {
    await app.openList();
    sandbox.fhir.behaviour.unsupported.add('Patient._sort');
    await app.list.sort('Birth date').click();
    await expect(app.page.getByText('did not sort the list as asked (Birth date)')).toBeVisible();
  });

  test('a sort that the server refuses can be taken away', async ({ app, sandbox }) => {
    sandbox.fhir.setMode('hapi');
    await app.openList();
    sandbox.fhir.behaviour.unsupported.add('Patient._sort');
    await app.list.sort('Birth date').click();
    await app.list.alert.getByRole('button', { name: 'Show without sorting' }).click();
    await app.listIsFilled();
    await expect(app.list.alert).toHaveCount(0);
  });
});

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
    expect(sandbox.fhir.log.some(({ query }) => query.includes('_summary=count'))).toBe(true);
  });

  test('works by keyboard alone', async ({ app, page }) => {
    await app.openList();
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
    await page.keyboard.type('methusa');
    await expect(app.list.rows).toHaveCount(1);
    await app.listIsFilled();
    await page.keyboard.press('ArrowDown');
    await expect(app.list.patient(/^ELDER/)).toBeFocused();
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
    await app.listIsFilled();
    await app.list.box.focus();
    const recent = page.getByRole('navigation', { name: 'Recently opened' });
    await expect(recent.getByRole('link', { name: /^ELDER, Methusa/ })).toBeVisible();
    await expectAccessible(page, 'recently opened');
    await page.keyboard.press('Escape');
    await expect(recent).toBeHidden();
    await page.reload();
    await app.listIsFilled();
    await app.list.box.focus();
    await expect(recent).toHaveCount(0);
  });
});
