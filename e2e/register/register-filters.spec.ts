import { expect, test } from '../fixtures.ts';
import type { App } from '../support/app.ts';
import { expectAccessible } from '../support/axe.ts';

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

test.describe('filters', () => {
  test('each filter is sent to the server as its own search parameter', async ({
    app,
    sandbox,
  }) => {
    await app.openList();
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
      await test.step(sent, async () => {
        await fill(app, filters);
        await expect
          .poll(() => sandbox.fhir.log.some(({ query }) => query.includes(sent)))
          .toBe(true);
        await expect(app.list.alert).toHaveCount(0);
        await app.list.clear.click();
      });
    }
  });

  test('the filter by condition finds the patients who have it', async ({ app, sandbox }) => {
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

  test('an invalid filter is explained at its field, which gets the focus', async ({ app }) => {
    await app.openList();
    await fill(app, { 'Age from': 'old', 'Birth date': '31 Feb 1960' });
    await expect(app.list.filter('Birth date')).toBeFocused();
    await expect(app.list.filter('Birth date')).toHaveAccessibleDescription(/not a date/);
    await expect(app.list.filter('Age from')).toHaveAccessibleDescription(/whole years/);
    await expectAccessible(app.page, 'filters with errors');
  });

  test('the list says how many filters are in force and when input is not searched yet', async ({
    app,
    sandbox,
  }) => {
    await app.openList();
    await fill(app, { Gender: 'female' });
    await expect(app.list.moreFilters).toHaveText('More filters (1)');
    const unsent = app.page.getByText('Not in force yet: press Search.');
    await expect(unsent).toHaveCount(0);
    // Screen readers announce a text only in a status that was there before.
    const status = app.list.search.getByRole('status');
    await expect(status).toHaveText(['', '']);
    await app.list.filter('Gender').selectOption('male');
    await expect(unsent).toBeVisible();
    await expect(status).toHaveText(['', 'Not in force yet: press Search.']);
    await app.list.box.fill('fletcher');
    await expect
      .poll(() => sandbox.fhir.log.at(-1)?.query)
      .toMatch(/name=fletcher.*gender=male|gender=male.*name=fletcher/);
    await expect(unsent).toHaveCount(0);
    await app.list.filter('Gender').selectOption('');
    await app.list.box.fill('fletche');
    await expect(app.list.moreFilters).toHaveText('More filters');
    await app.list.box.fill('03/04/1960');
    await expect(app.page.getByText('Which date is meant?')).toBeVisible();
    // The rows of the previous search do not match what is in the box now.
    await expect(app.list.patients.first()).toBeHidden();
    await expect(app.list.next).toBeHidden();
    await app.list.box.fill('31.02.1980');
    await expect(app.list.search).toContainText('31.02.1980 is not a day of the calendar.');
    await expect(app.list.patients.first()).toBeHidden();
    expect(sandbox.fhir.log.some(({ query }) => query.includes('31.02'))).toBe(false);
    await app.page.getByRole('button', { name: 'Search by identifier instead' }).click();
    await expect.poll(() => sandbox.fhir.log.at(-1)?.query).toContain('31.02.1980');
    await app.list.clear.click();
    await app.listIsFilled();
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

  test('without a capability statement every filter is offered, and one that the server ignores is named', async ({
    app,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({ path: /\/metadata/, status: 404, body: '' });
    await app.openList();
    await fill(app, { Status: 'deceased' });
    await expect(app.list.search).toContainText('does not say which filters it knows');
    await expect(app.list.alert).toContainText('ignored part of the search (Status)');
    await expectAccessible(app.page, 'ignored filter');
    // Only the response with the first page names ignored filters: later pages keep the notice.
    await app.nextPage(2);
    await expect(app.list.alert).toContainText('ignored part of the search (Status)');
    await app.page.reload();
    await app.listIsFilled();
    await expect(app.list.pageNumber(2)).toBeVisible();
    await expect(app.list.alert).toContainText('ignored part of the search (Status)');
  });

  test('filters survive a reload without being in the address', async ({ app, guard, page }) => {
    guard.secret('Methusa', 'Elder');
    await app.openList();
    await fill(app, { 'Family name': 'Elder', 'Given name': 'Methusa' });
    await expect(app.list.rows).toHaveCount(1);
    await page.reload();
    await expect(app.list.filter('Family name')).toHaveValue('Elder');
    await expect(app.list.rows).toHaveCount(1);
  });
});

test.describe('filters and sort orders that the server does not support', () => {
  test('an ignored filter is named as in the form', async ({ app, sandbox }) => {
    await app.openList();
    await app.list.moreFilters.click();
    await app.list.filter('Given name').waitFor();
    sandbox.fhir.behaviour.unsupported.add('Patient.given');
    await fill(app, { 'Given name': 'Methusa' });
    await expect(app.list.alert).toContainText('ignored part of the search (Given name)');
    await app.list.filter('Gender').selectOption('female');
    await app.list.searchButton.click();
    await expect(app.list.moreFilters).toHaveText('More filters (2)');
    await app.list.alert
      .getByRole('button', { name: 'Search without the ignored filters' })
      .click();
    await expect(app.list.alert).toHaveCount(0);
    await expect(app.list.moreFilters).toHaveText('More filters (1)');
    await expect(app.list.filter('Given name')).toHaveValue('');
    await expect(app.list.filter('Gender')).toHaveValue('female');
    await expect(app.list.box).toBeFocused();
  });

  test('where the search box is ignored, the alert leads to it', async ({ app, sandbox }) => {
    await app.openList();
    sandbox.fhir.behaviour.unsupported.add('Patient.name');
    await app.list.box.fill('fletcher');
    await expect(app.list.alert).toContainText('ignored part of the search (Name)');
    await app.list.alert.getByRole('button', { name: 'Change the search' }).click();
    await expect(app.list.box).toBeFocused();
  });

  test('an ignored sort order is named on every page', async ({ app, sandbox }) => {
    await app.openList();
    sandbox.fhir.behaviour.unsupported.add('Patient._sort');
    await app.list.sort('Birth date').click();
    const unsorted = app.page.getByText('did not sort the list as asked (Birth date)');
    await expect(unsorted).toBeVisible();
    await app.nextPage(2);
    await expect(unsorted).toBeVisible();
    await app.list.sort('Birth date').click();
    await expect(app.list.pageNumber(1)).toBeVisible();
    sandbox.fhir.behaviour.unsupported.delete('Patient._sort');
    await app.list.sort('Name').click();
    await app.listIsFilled();
    await expect(app.page.getByText('did not sort')).toHaveCount(0);
  });

  test('a sort order that the server refuses can be removed', async ({ app, sandbox }) => {
    sandbox.fhir.setMode('hapi');
    await app.openList();
    sandbox.fhir.behaviour.unsupported.add('Patient._sort');
    await app.list.sort('Birth date').click();
    await app.list.alert.getByRole('button', { name: 'Show without sorting' }).click();
    await app.listIsFilled();
    await expect(app.list.alert).toHaveCount(0);
  });
});

test.describe('filters on other servers', () => {
  test('on HAPI, filters that Microsoft refuses, such as deceased and phone, are offered and sent', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.setMode('hapi');
    await app.openList();
    await app.list.moreFilters.click();
    await expect(app.list.filter('Status').getByRole('option')).toHaveText([
      'Any',
      'Active record',
      'Inactive record',
      'Living',
      'Deceased',
    ]);
    for (const [field, value, query] of [
      ['Status', 'deceased', /deceased=true/],
      ['Phone', '+44 1632 964068', /phone=/],
      ['Identifier', 'RGH800016', /identifier=RGH800016/],
      ['Family name', 'Elder', /family=Elder/],
      ['Given name', 'Methusa', /given=Methusa/],
    ] as const) {
      sandbox.fhir.log.length = 0;
      const control = app.list.filter(field);
      if (field === 'Status') await control.selectOption(value);
      else await control.fill(value);
      await app.list.searchButton.click();
      await expect
        .poll(() => sandbox.fhir.log.some((r) => query.test(r.query)), { message: field })
        .toBe(true);
      await app.list.clear.click();
      if ((await app.list.moreFilters.getAttribute('aria-expanded')) !== 'true')
        await app.list.moreFilters.click();
    }
    await expect(page.getByText('ignored part of the search')).toHaveCount(0);
  });

  test('with strictSearch, handling=strict is sent and a refused filter can be removed', async ({
    app,
    page,
    stage,
    sandbox,
  }) => {
    const config = sandbox.appConfig();
    stage.host.setConfig({
      ...config,
      servers: config.servers.map((server) => ({
        ...server,
        requests: { strictSearch: true },
      })),
    });
    await app.open('/patients');
    await app.listIsFilled();
    await app.list.moreFilters.click();
    await app.list.filter('Given name').waitFor();
    sandbox.fhir.behaviour.unsupported.add('Patient.given');
    const asked = page.waitForRequest((r) => r.url().includes('given=Methusa'));
    await app.list.filter('Given name').fill('Methusa');
    await app.list.searchButton.click();
    expect((await asked).headers()['prefer']).toBe('handling=strict');
    await expect(app.list.rows).toHaveCount(0);
    await app.list.alert.getByRole('button', { name: 'Search without the filters' }).click();
    await app.listIsFilled();
    // The filter stays in its field, to be corrected.
    await expect(app.list.filter('Given name')).toHaveValue('Methusa');
    await expect(app.list.search).toContainText('Not in force yet: press Search.');
  });
});
