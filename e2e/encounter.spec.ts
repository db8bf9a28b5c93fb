import { expect, test } from './fixtures.ts';
import { expectAccessible } from './support/axe.ts';
import { asked, launched } from './support/context.ts';
import { PATIENT } from './support/launch.ts';

const ENCOUNTER = 'p0001-encounter-2';

test.describe('the launched encounter', () => {
  test('is shown in the banner area and has a page of its own', async ({ app, page, sandbox }) => {
    const left = { location: { display: 'Resuscitation' }, period: { end: '2020-08-24' } };
    sandbox.fhir.faults.add({
      path: new RegExp(`/Encounter/${ENCOUNTER}$`),
      rewrite: (body) => {
        const { location } = body as { location: object[] };
        const diagnosis = [{ condition: { reference: `Condition/${PATIENT}-condition-1` } }];
        const hospitalization = { dischargeDisposition: { text: 'Left against advice' } };
        return { ...(body as object), location: [left, ...location], diagnosis, hospitalization };
      },
    });
    await launched(app, { patient: PATIENT, encounter: ENCOUNTER });
    const bar = page.getByRole('region', { name: 'Current encounter' });
    for (const label of ['Class', 'Type', 'Period', 'Location', 'Practitioner', 'Status'])
      await expect(bar).toContainText(label);
    await expect(bar).not.toContainText('Resuscitation');
    sandbox.fhir.log.length = 0;
    await bar.getByRole('link', { name: 'Current encounter' }).click();
    await expect(page).toHaveURL(new RegExp(`/encounters/${ENCOUNTER}$`));
    const facts = page.getByRole('region', { name: 'Encounter', exact: true });
    await expect(facts).toContainText('25-Aug-2020');
    await expect(facts).toContainText('Resuscitation (until 24-Aug-2020)');
    await expect(facts).toContainText('Left against advice');
    // The encounter only refers to the diagnosis, which must be shown by name.
    await expect(facts).toContainText('Acute bronchitis (diagnosis)');
    await page.getByRole('region', { name: 'Notes and reports' }).scrollIntoViewIfNeeded();
    for (const name of ['Observations', 'Conditions', 'Procedures', 'Orders', 'Notes and reports'])
      await expect(page.getByRole('region', { name })).toBeVisible();
    await expect(page.getByRole('table', { name: 'Observations' })).toContainText('mmHg');
    await expect(page.getByRole('table', { name: 'Medications' })).toContainText('Tablet');
    await expect(page.getByText('Nothing recorded').first()).toBeVisible();
    const searches = asked(app).filter((text) => text.includes('encounter='));
    expect(searches.length).toBeLessThanOrEqual(7);
    for (const search of searches) expect(search).toContain(`patient=${PATIENT}`);
    await expectAccessible(page);
    await page.setViewportSize({ width: 390, height: 800 });
    await expectAccessible(page, 'the encounter on a phone');
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );
  });

  test('is linked from the encounters of the chart, which name its diagnoses', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    const at = `${sandbox.open}/Encounter/${ENCOUNTER}`;
    const stored = (await (await fetch(at)).json()) as object;
    const diagnosis = [`Condition/${PATIENT}-condition-1`, 'Condition/of-elsewhere'].map(
      (reference) => ({ condition: { reference } }),
    );
    await fetch(at, {
      method: 'PUT',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ ...stored, diagnosis }),
    });
    await app.open(`/patients/${PATIENT}/encounters`);
    const table = page.getByRole('table', { name: 'Encounters' });
    await expect(table).toContainText('Acute bronchitis (diagnosis)');
    await expect(table).toContainText('recorded, see Conditions (diagnosis)');
    const first = page.getByRole('table', { name: 'Encounters' }).getByRole('link').first();
    await first.focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/encounters\/p0001-encounter-\d+$/);
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeFocused();
    const taken = page.getByRole('region', { name: 'Drugs taken' });
    await taken.scrollIntoViewIfNeeded();
    await expect(taken.getByRole('row')).toHaveCount(2);
    await expect(taken).toContainText('Ibuprofen');
    await page.getByRole('link', { name: 'All encounters' }).click();
    await expect(page).toHaveURL(/\/encounters$/);

    // A refuted condition is not shown as a diagnosis; a server that refuses _include still sorts.
    const condition = `${sandbox.open}/Condition/${PATIENT}-condition-1`;
    const noted = (await (await fetch(condition)).json()) as object;
    const code = { coding: [{ code: 'refuted' }] };
    await fetch(condition, {
      method: 'PUT',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify({ ...noted, verificationStatus: code }),
    });
    await page.reload();
    await expect(table).toContainText('recorded, see Conditions (diagnosis)');
    await expect(table).not.toContainText('Acute bronchitis');
    guard.allowError(/403/);
    sandbox.fhir.faults.add({ path: /_include=Encounter/, status: 403, body: {} });
    await page.reload();
    await expect(table).toContainText('recorded, see Conditions (diagnosis)');
    await expect(page.getByText('does not sort')).toHaveCount(0);
  });

  test('names no diagnosis that was refuted, also where its reference has a text', async ({
    app,
    page,
    sandbox,
  }) => {
    const reference = `Condition/${PATIENT}-condition-1`;
    sandbox.fhir.faults.add({
      path: new RegExp(`/${reference}$`),
      rewrite: (body) => ({
        ...(body as object),
        verificationStatus: { coding: [{ code: 'refuted' }] },
      }),
    });
    sandbox.fhir.faults.add({
      path: new RegExp(`/Encounter/${ENCOUNTER}$`),
      rewrite: (body) => {
        const condition = { reference, display: 'Pulmonary embolism' };
        return { ...(body as object), diagnosis: [{ condition }] };
      },
    });
    await app.open(`/patients/${PATIENT}/encounters/${ENCOUNTER}`);
    const facts = page.getByRole('region', { name: 'Encounter', exact: true });
    await expect(facts).toContainText('recorded, see Conditions (diagnosis)');
    await expect(facts).not.toContainText('Pulmonary embolism');
  });

  test('shows its other sections when one of them fails', async ({ app, page, sandbox }) => {
    sandbox.fhir.faults.add({ path: /Condition\?.*encounter=/, status: 500, body: 'oops' });
    await app.open(`/patients/${PATIENT}/encounters/${ENCOUNTER}`);
    const conditions = page.getByRole('region', { name: 'Conditions' });
    await conditions.scrollIntoViewIfNeeded();
    await expect(conditions.getByRole('alert')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('table', { name: 'Observations' })).toBeVisible();
  });

  test('shows no record of another encounter where the server ignores the search parameter', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: /Observation\?.*encounter=/,
      rewrite: (body) => {
        const bundle = body as { entry?: { resource: { encounter?: unknown } }[] };
        for (const { resource } of bundle.entry ?? [])
          resource.encounter = { reference: 'Encounter/another' };
        return bundle;
      },
    });
    await app.open(`/patients/${PATIENT}/encounters/${ENCOUNTER}`);
    const section = page.getByRole('region', { name: 'Observations' });
    await expect(section).toContainText('Records that do not name this encounter');
    await expect(section).toContainText('Records may be missing here.');
    await expect(section.getByRole('table')).toHaveCount(0);
  });

  test('says why the server does not return it', async ({ app, page, sandbox }) => {
    await app.open(`/patients/${PATIENT}`);
    for (const [status, words] of [
      [403, 'You may not see this encounter.'],
      [404, 'The server has no encounter with this id.'],
      [410, 'This encounter was deleted.'],
      [500, 'The encounter could not be loaded.'],
    ] as const) {
      await test.step(`${status}`, async () => {
        sandbox.fhir.faults.clear();
        sandbox.fhir.faults.add({ path: /\/Encounter\/p0001/, status, body: {} });
        await page.goto(`/patients/${PATIENT}/encounters/${ENCOUNTER}`);
        await expect(page.getByRole('alert')).toContainText(words, { timeout: 20_000 });
        await expect(app.chart.banner).toBeVisible();
        await expect(page.getByRole('region', { name: 'Observations' })).toHaveCount(0);
        await expect(page.getByRole('link', { name: 'All encounters' })).toBeVisible();
      });
    }
  });

  test('pages each of its sections separately', async ({ app, page, sandbox }) => {
    const entry = Array.from({ length: 30 }, (_, n) => ({
      resource: {
        resourceType: 'Observation',
        status: 'final',
        code: { text: `Reading ${n}` },
        subject: { reference: `Patient/${PATIENT}` },
        encounter: { reference: `Encounter/${ENCOUNTER}` },
        effectiveDateTime: '2020-08-24T15:10:00Z',
        valueInteger: n,
      },
    }));
    for (const { resource } of entry) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, as a device would
      const { status } = await fetch(`${sandbox.open}/Observation`, {
        method: 'POST',
        headers: { 'content-type': 'application/fhir+json' },
        body: JSON.stringify(resource),
      });
      expect(status).toBe(201);
    }
    await app.open(`/patients/${PATIENT}/encounters/${ENCOUNTER}`);
    const section = page.getByRole('region', { name: 'Observations' });
    await expect(section.getByRole('row')).toHaveCount(26);
    const first = await section.getByRole('rowheader').allInnerTexts();
    await section.getByRole('button', { name: 'Next page' }).click();
    await expect(section.getByRole('row')).toHaveCount(12);
    const second = await section.getByRole('rowheader').allInnerTexts();
    expect(first.filter((name) => name.startsWith('Reading') && second.includes(name))).toEqual([]);
    await section.getByRole('button', { name: 'Previous page' }).click();
    await expect(section.getByRole('row')).toHaveCount(26);
    await expect(page.getByRole('region', { name: 'Conditions' })).toContainText('Hyperlipidemia');
  });

  test('is reported where the server refuses to send it', async ({ app, page }) => {
    await launched(app, { patient: PATIENT, encounter: 'p0002-encounter-1' });
    await expect(app.chart.banner).toBeVisible();
    await expect(app.chart.alert).toContainText('that the EHR named could not be read');
    await expect(page.getByRole('region', { name: 'Current encounter' })).toHaveCount(0);
  });

  test('is reported and not shown where it belongs to another patient', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: new RegExp(`/Encounter/${ENCOUNTER}$`),
      rewrite: (body) => ({ ...(body as object), subject: { reference: 'Patient/p0002' } }),
    });
    await launched(app, { patient: PATIENT, encounter: ENCOUNTER });
    await expect(app.chart.banner).toBeVisible();
    const alert = app.chart.alert.filter({
      hasText: /belongs to another patient\. It is not shown/,
    });
    await expect(alert).toContainText('check which patient is open there');
    await expect(alert.getByRole('link', { name: 'Open the access check' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Current encounter' })).toHaveCount(0);
    await page.context().clearCookies();
    await page.goto('/');
    const other = await page.context().newPage();
    await app.in(other).open(`/patients/${PATIENT}/encounters/p0002-encounter-1`);
    await expect(other.getByRole('alert')).toContainText('belongs to another patient');
    await expect(other.getByRole('region', { name: 'Observations' })).toHaveCount(0);
    await other.getByRole('alert').getByRole('link', { name: 'All encounters' }).click();
    await expect(other.getByRole('table', { name: 'Encounters' })).toBeVisible();
  });
});
