import { expect, test } from '../fixtures.ts';
import { listenIn } from '../support/announced.ts';

test.describe('the banner', () => {
  test('shows the preferred name below the name, and further identifiers on demand', async ({
    app,
    page,
    sandbox,
  }) => {
    const patient = (await (await fetch(`${sandbox.open}/Patient/p0001`)).json()) as {
      name: object[];
    };
    patient.name = [
      { use: 'usual', given: ['Janie'] },
      { use: 'official', family: 'Evans-West', given: ['Mary', 'Jane'], prefix: ['Mrs'] },
    ];
    await fetch(`${sandbox.open}/Patient/p0001`, {
      method: 'PUT',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify(patient),
    });
    await app.open('/patients/p0001');
    await expect(app.chart.heading).toHaveText('EVANS-WEST, Mary Jane (Mrs)');
    await expect(app.chart.banner).toContainText(/Preferred name\s*Janie/);
    await expect(page).toHaveTitle(/^Chart EMJ · /);
    // The name of the page tells tabs of one patient apart.
    for (const inner of ['Edit', 'History', 'Documents', 'Summary']) {
      await app.shell.main.getByRole('link', { name: inner, exact: true }).first().click();
      const first = inner === 'Summary' ? '' : `${inner} · `;
      await expect(page).toHaveTitle(new RegExp(`^${first}Chart EMJ · `));
    }
    await expect(app.chart.banner).not.toContainText('National health number');
    await app.chart.banner.getByRole('button', { name: 'Show more' }).click();
    await expect(app.chart.banner).toContainText(/National health number\s*\d{3}/);
    await expect(app.chart.banner).not.toContainText('p0001');
  });

  test('copies an identifier as it is recorded, and says so when that fails', async ({
    app,
    page,
    sandbox,
  }) => {
    const identifier = [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9434765919' }];
    await fetch(`${sandbox.open}/Patient/p0001`, {
      method: 'PUT',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ resourceType: 'Patient', id: 'p0001', identifier }),
    });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await app.open('/patients/p0001');
    const said = await listenIn(page);
    const copy = app.chart.banner.getByRole('button', { name: 'Copy 943 476 5919', exact: true });
    await copy.click();
    await expect.poll(said).toContain('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('9434765919');
    const { width = 0, height = 0 } = (await copy.boundingBox()) ?? {};
    expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    // A page that is not served securely has no clipboard.
    await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
    await copy.click();
    await expect.poll(said).toContain('Could not copy');
    await page.emulateMedia({ media: 'print' });
    await expect(app.chart.banner).toContainText('943 476 5919');
    await expect(copy).toBeHidden();
  });
});
