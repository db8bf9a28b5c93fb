import { expect, test } from '../fixtures.ts';
import { hold } from '../support/hold.ts';
import { withPatience } from '../support/patience.ts';
import { drawn, settled } from '../support/settled.ts';

test.describe('the chart', () => {
  test('a deep link opened while signed out leads to its page after the sign-in', async ({
    app,
    page,
  }) => {
    await page.goto('/patients/p0002/conditions');
    await expect(app.chart.banner).toHaveCount(0);
    await app.signIn('open');
    await expect(page).toHaveURL(/\/patients\/p0002\/conditions$/);
    await expect(app.chart.banner).toBeVisible();
  });

  test('opens from the list with banner, summary and raw JSON, and keeps the focus on the heading', async ({
    app,
    page,
  }) => {
    await app.openList();
    const name = (await app.list.patients.first().innerText()).trim();
    await app.list.patients.first().click();
    await expect(app.chart.heading).toContainText(name.split('\n')[0] ?? name);
    await expect(app.chart.banner).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Summary' })).toBeAttached();
    // The panel arrives after the banner and must not take the focus away.
    await expect(app.chart.heading).toBeFocused();
    await page.getByText('Raw JSON').first().click();
    await expect(page.locator('pre').first()).toContainText('"resourceType": "Patient"');
  });

  test('every panel in the navigation opens without an error', async ({ app, page, sandbox }) => {
    await app.open('/patients/p0001');
    await expect(app.chart.navigation).toBeVisible();
    const names = await app.chart.navigation.getByRole('link').allInnerTexts();
    expect(names.length).toBeGreaterThanOrEqual(9);
    for (const name of names) {
      const title = name.trim();
      const link = app.chart.navigation.getByRole('link', { name: title, exact: true });
      await link.click();
      await expect(link).toHaveAttribute('aria-current', 'page');
      await expect(page.getByRole('heading', { name: title, exact: true })).toBeAttached();
      await settled(page, sandbox);
      await expect(app.chart.banner).toBeVisible();
      await expect(app.chart.alert, title).toHaveCount(0);
    }
    await expect(page).toHaveURL(/\/patients\/p0001\//);
  });

  test('the timeline shows no entry until the last response has arrived', async ({
    app,
    page,
    sandbox,
  }) => {
    await withPatience(page);
    const last = hold(sandbox, { path: /\/Immunization\?/ });
    await app.open('/patients/p0001/timeline');
    const entries = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem');
    await last.asked();
    const waiting = () => sandbox.fhir.log.filter(({ status }) => status === 0).length;
    await expect.poll(waiting).toBe(1);
    await drawn(page);
    await expect(entries).toHaveCount(0);
    last.release();
    await entries.first().waitFor();
    expect(await entries.filter({ hasText: 'Immunizations' }).count()).toBeGreaterThan(0);
  });

  test('a result without a category and a report without an encounter are in the chart', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    const code = (text: string) => ({ status: 'final', code: { text } });
    const potassium = { ...code('Potassium'), valueQuantity: { value: 7.1, unit: 'mmol/L' } };
    const tomography = { ...code('Chest CT'), conclusion: 'Suspicious nodule' };
    const add = (type: string, resource: object) =>
      sandbox.fhir.faults.add({
        path: new RegExp(`/${type}\\?(?!.*category=)`),
        rewrite: (body) => {
          const bundle = body as { entry?: object[]; link?: object[] };
          bundle.link = [{ relation: 'next', url: `${sandbox.open}/${type}?ct=2` }];
          bundle.entry?.unshift({ resource: { resourceType: type, id: 'new', ...resource } });
          return bundle;
        },
      });
    add('Observation', potassium);
    add('DiagnosticReport', tomography);
    await app.open('/patients/p0001');
    const part = (name: string) => page.getByRole('region', { name, exact: true });
    await part('Reports').scrollIntoViewIfNeeded();
    await expect(part('Reports')).toContainText(/Chest CT\s*Suspicious nodule/);
    await expect(part('Other results')).toContainText(/Potassium\s*7.1 mmol\/L/);
    await expect(part('Other results')).toContainText('There may be more.');
    await app.chart.navigation.getByRole('link', { name: 'Other results' }).click();
    await expect(page.getByRole('table', { name: 'Other results' }).getByRole('row')).toHaveCount(
      2,
    );
    await expect(part('Other results')).toContainText(
      'The server sends observations of every kind',
    );
    await app.chart.navigation.getByRole('link', { name: 'Timeline' }).click();
    const entries = part('Timeline').getByRole('listitem');
    for (const name of ['Other results', 'Reports'])
      await expect(entries.filter({ hasText: name }).first()).toBeVisible();
    // From a server that only cannot sort, all results show, whatever their category.
    guard.allowError(/[45]00/);
    sandbox.fhir.faults.clear();
    sandbox.fhir.faults.add({ path: /_sort=/, status: 500, body: {} });
    add('Observation', potassium);
    await page.goto('/patients/p0001/other-results');
    await expect(part('Other results')).toContainText(/Potassium\s*7.1 mmol\/L/);
    // A server such as Epic's requires a category: the known ones are searched, with a notice.
    sandbox.fhir.faults.clear();
    sandbox.fhir.faults.add({ path: /\/Observation\?(?!.*category=)/, status: 400, body: {} });
    await page.goto('/patients/p0001/other-results');
    await expect(part('Other results')).toContainText('searches results by category only');
    await expect(part('Other results')).toContainText('Records may be missing here.');
    await expect(app.chart.alert).toHaveCount(0);
  });

  test('the history lists versions and opens one of them', async ({ app, page }) => {
    await app.open('/patients/awkward-toddler/edit');
    await app.form.family.fill('Littler');
    await app.form.save.click();
    await expect(app.chart.heading).toContainText('LITTLER');
    await page.goto('/patients/awkward-toddler/history');
    await expect(app.shell.main).toContainText(/version/i);
    const one = page.locator('a[href$="/history/1"]').first();
    await expect(one).toBeVisible();
    await one.click();
    await expect(page).toHaveURL(/\/history\/1$/);
    await expect(app.shell.main).toContainText(/little/i);
  });

  test('the access check works signed in and signed out', async ({ app, page }) => {
    await page.goto('/access');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(app.shell.main).toContainText(/config/i);
    await app.openList('ehr');
    await page.goto('/access');
    await expect(app.shell.main).toContainText(/scope/i);
    const text = await app.shell.main.innerText();
    expect(text).not.toMatch(/eyJ[\w-]{20,}\.[\w-]{20,}\.[\w-]{20,}/);
  });
});
