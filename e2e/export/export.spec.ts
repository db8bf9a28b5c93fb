import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures.ts';
import { ExportPage } from '../pages/export-page.ts';
import { expectAccessible } from '../support/axe.ts';
import { KICK_OFF, STATUS, FOREVER, expose, kickOffs } from '../support/export.ts';

test.describe('bulk export', () => {
  test('works from the form to the downloaded file', async ({ app, page, sandbox }) => {
    expose(sandbox);
    sandbox.fhir.behaviour.exportPolls = 4;
    await app.open('/export', 'token');
    const it = new ExportPage(page);
    await expect(it.start).toBeVisible();
    await expectAccessible(page, 'the form');
    await it.types.fill('Patient, Observation');
    await it.start.click();
    await expect(it.progress).toHaveAttribute('value', '40');
    await expect(
      page.getByRole('status').filter({ hasText: 'The server says: 40%' }),
    ).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Export', exact: true })).toBeFocused();
    await expectAccessible(page, 'a running export');
    await expect(it.message(/The export is finished: 2 files with [\d,]+ records/)).toBeVisible({
      timeout: 20_000,
    });
    await expectAccessible(page, 'a finished export');
    expect(kickOffs(sandbox)).toMatchObject([
      {
        path: '/fhir/Patient/$export',
        query: '_type=Patient%2CObservation',
        authorized: true,
        headers: { accept: 'application/fhir+json', prefer: 'respond-async' },
      },
    ]);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      it.download('Patient.ndjson').click(),
    ]);
    expect(download.suggestedFilename()).toBe('Patient.ndjson');
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
    const row = it.files.getByRole('row', { name: /^Patient / });
    const count = Number((await row.getByRole('cell').first().innerText()).replace(/\D/g, ''));
    expect(lines).toHaveLength(count);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ resourceType: 'Patient' });

    await it.newExport.click();
    await expect(page.getByRole('heading', { name: 'New export' })).toBeFocused();
  });

  test('exports a group by keyboard alone, after errors in the form', async ({
    app,
    page,
    sandbox,
  }) => {
    expose(sandbox);
    await app.open('/export');
    const it = new ExportPage(page);
    await it.level('The records of all patients').focus();
    await page.keyboard.press('ArrowDown');
    await expect(it.group).toBeVisible();
    await it.container.fill('Not A Container');
    await it.types.fill('patient');
    await it.types.press('Enter');
    await expect(it.group).toBeFocused();
    await expect(page.getByText('Enter the id of the group.')).toBeVisible();
    await expect(page.getByText('“patient” is not the name of a resource type.')).toBeVisible();
    await expectAccessible(page, 'problems in the form');
    expect(kickOffs(sandbox)).toEqual([]);
    await page.keyboard.type('group-charted');
    await it.types.fill('Condition');
    await it.fillSince('1 Jan 2020 10:00');
    await it.container.fill('exports');
    await it.container.press('Enter');
    await expect(it.files.getByRole('row')).toHaveCount(2, { timeout: 20_000 });
    const [asked] = kickOffs(sandbox);
    expect(asked?.path).toBe('/open/fhir/Group/group-charted/$export');
    expect(Object.fromEntries(new URLSearchParams(asked?.query))).toEqual({
      _type: 'Condition',
      _since: '2019-12-31T23:00:00.000Z', // Sydney, in summer
      _container: 'exports',
    });
    expect(asked?.authorized).toBe(false);
  });

  test('exports everything on the server, and counts what could not be exported', async ({
    app,
    page,
    sandbox,
  }) => {
    expose(sandbox);
    sandbox.fhir.behaviour.exportPolls = 0;
    sandbox.fhir.faults.add({
      path: STATUS,
      rewrite: (body) => {
        const { output } = body as { output: { url: string }[] };
        const error = [{ type: 'OperationOutcome', url: output[0]?.url, count: 7 }];
        return { ...(body as object), error };
      },
    });
    await app.open('/export', 'token');
    const it = new ExportPage(page);
    await it.level('Everything on the server').check();
    await it.types.fill('Organization');
    await it.start.click();
    const errors = page.getByRole('table', { name: 'What could not be exported' });
    await expect(errors.getByRole('cell', { name: '7', exact: true })).toBeVisible();
    await expect(errors.getByRole('button', { name: /^Download/ })).toBeVisible();
    expect(kickOffs(sandbox)).toMatchObject([
      { path: '/fhir/$export', query: '_type=Organization', authorized: true },
    ]);
  });

  test('is not offered after a launch for one patient, and nothing is sent', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    await page.goto(stage.launchUrl({ patient: 'p0001' }));
    await expect(app.chart.banner).toBeVisible();
    await page.goto('/export');
    await expect(page.getByText('Exporting was not granted at sign-in.')).toBeVisible();
    await expect(new ExportPage(page).start).toHaveCount(0);
    expect(kickOffs(sandbox)).toEqual([]);
  });

  test('is linked from the access check where it is offered', async ({ app, page }) => {
    await app.open('/patients', 'entra');
    await app.shell.accessCheck.click();
    await page.getByRole('link', { name: 'Bulk export' }).click();
    await expect(new ExportPage(page).heading).toBeFocused();
  });

  test('requirement 45: sends neither token nor request to addresses of other servers', async ({
    app,
    attacker,
    page,
    sandbox,
  }) => {
    expose(sandbox);
    sandbox.fhir.behaviour.exportPolls = 0;
    const evil = `${attacker.origin}/files/Patient.ndjson`;
    const remove = sandbox.fhir.faults.add({
      path: STATUS,
      rewrite: (body) => ({
        ...(body as object),
        output: [{ type: 'Patient', url: evil, count: 3 }],
        error: [{ type: 'OperationOutcome', url: 'javascript:globalThis.__xss=1' }],
      }),
    });
    await app.open('/export', 'token');
    const it = new ExportPage(page);
    await it.start.click();
    await expect(it.files).toContainText(evil);
    await expect(it.message('Files outside the FHIR server')).toBeVisible();
    await expect(page.getByRole('table', { name: 'What could not be exported' })).toBeVisible();
    await expect(page.getByRole('button', { name: /^Download/ })).toHaveCount(0);
    await expect(page.locator(`a[href*="${attacker.origin}"], a[href^="javascript"]`)).toHaveCount(
      0,
    );
    await expectAccessible(page, 'files elsewhere');

    remove();
    await it.newExport.click();
    sandbox.fhir.faults.add({
      path: KICK_OFF,
      status: 202,
      headers: { 'Content-Location': `${attacker.origin}/jobs/1` },
      body: '',
    });
    await it.start.click();
    await expect(it.message(/its status address is not the address of an export/)).toBeVisible();
    expect(attacker.visits).toEqual([]);
  });

  test('checks the stored status address again after a reload, and deletes it at sign-out', async ({
    app,
    attacker,
    page,
    sandbox,
  }) => {
    expose(sandbox);
    sandbox.fhir.behaviour.exportPolls = FOREVER;
    await app.open('/export', 'entra');
    const it = new ExportPage(page);
    await it.start.click();
    await expect(it.progress).toBeVisible();
    const keys = () =>
      page.evaluate(() => Object.keys(sessionStorage).filter((k) => k.startsWith('/pb.export.')));
    expect(await keys()).toHaveLength(1);
    await page.evaluate((origin) => {
      for (const key of Object.keys(sessionStorage).filter((k) => k.startsWith('/pb.export.'))) {
        const job = JSON.parse(sessionStorage.getItem(key) ?? '{}') as object;
        const statusUrl = `${origin}/fhir/_operations/export/1`;
        sessionStorage.setItem(key, JSON.stringify({ ...job, statusUrl }));
      }
    }, attacker.origin);
    await page.reload();
    await expect(it.start).toBeVisible();
    expect(attacker.visits).toEqual([]);
    await it.start.click();
    await expect(it.progress).toBeVisible();
    await app.shell.signOut.click();
    await expect(app.shell.signInTo('Open test server')).toBeVisible();
    expect(await keys()).toEqual([]);
  });
});

for (const [look, use] of [
  ['dark', { colorScheme: 'dark', viewport: { width: 1280, height: 900 } }],
  ['390 px', { colorScheme: 'light', viewport: { width: 390, height: 900 } }],
] as const) {
  test.describe(`bulk export, ${look}`, () => {
    test.use(use);

    test('is accessible, and does not scroll sideways', async ({ app, page, sandbox }) => {
      expose(sandbox);
      const it = new ExportPage(page);
      const check = async (what: string): Promise<void> => {
        await expectAccessible(page, what);
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflow, what).toBeLessThanOrEqual(1);
      };
      await app.open('/export');
      await expect(it.start).toBeVisible();
      await check('form');
      await it.start.click();
      await expect(it.progress).toBeVisible();
      await check('running');
      await expect(it.files).toBeVisible({ timeout: 20_000 });
      await check('finished');
    });
  });
}
