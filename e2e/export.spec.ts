import { readFile } from 'node:fs/promises';
import type { CapabilityStatement } from 'fhir/r4';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { expect, test } from './fixtures.ts';
import { ExportPage } from './pages/export-page.ts';
import { expectAccessible } from './support/axe.ts';
import { hold } from './support/hold.ts';
import { settled } from './support/settled.ts';

const KICK_OFF = /\/\$export/;
const STATUS = /\/_operations\/export\/[^/]+$/;
const FOREVER = 1_000_000;

/** As a server that lets pages of other origins read what an export needs. */
const expose = (sandbox: Sandbox): void => {
  sandbox.fhir.behaviour.exposedHeaders = ['Content-Location', 'Retry-After', 'X-Progress'];
};

const kickOffs = (sandbox: Sandbox) =>
  sandbox.fhir.log.filter(({ method, path }) => method === 'GET' && path.endsWith('$export'));

const deletions = (sandbox: Sandbox) => sandbox.fhir.log.filter((e) => e.method === 'DELETE');

test.describe('bulk export', () => {
  test('from the form to the file', async ({ app, page, sandbox }) => {
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

  test('a group, with what is typed wrong said first; keyboard only', async ({
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

  test('everything on the server, with what could not be exported counted', async ({
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

  test('a launch for one patient reaches no further: told, and nothing is sent', async ({
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

  test('goes on over a reload and while one is elsewhere', async ({ app, page, sandbox }) => {
    expose(sandbox);
    sandbox.fhir.behaviour.exportPolls = FOREVER;
    await app.open('/export', 'entra');
    const it = new ExportPage(page);
    await it.start.click();
    await expect(it.progress).toBeVisible();
    await page.reload();
    await expect(it.progress).toBeVisible();
    await expect(it.message('The records of all patients')).toBeVisible();
    await app.shell.patients.click();
    await app.listIsFilled();
    await settled(page, sandbox);
    const asked = sandbox.fhir.log.filter(({ path }) => STATUS.test(path)).length;
    await page.waitForTimeout(2500);
    expect(sandbox.fhir.log.filter(({ path }) => STATUS.test(path))).toHaveLength(asked);
    sandbox.fhir.behaviour.exportPolls = 0;
    await page.goBack();
    await expect(it.message(/The export is finished/)).toBeVisible();
    expect(kickOffs(sandbox)).toHaveLength(1);
    expect(deletions(sandbox)).toEqual([]);
  });

  test('is cancelled, after a question', async ({ app, page, sandbox }) => {
    expose(sandbox);
    sandbox.fhir.behaviour.exportPolls = FOREVER;
    await app.open('/export');
    const it = new ExportPage(page);
    await it.start.click();
    await it.cancel.click();
    await expect(it.dialog).toBeVisible();
    await expectAccessible(page, 'the question');
    await it.dialog.getByRole('button', { name: 'Let it go on' }).click();
    await expect(it.progress).toBeVisible();
    expect(deletions(sandbox)).toEqual([]);
    await it.cancel.click();
    await it.dialog.getByRole('button', { name: 'Cancel export' }).click();
    await expect(it.start).toBeVisible();
    await expect(page.getByRole('heading', { name: 'New export' })).toBeFocused();
    expect(deletions(sandbox)).toMatchObject([{ status: 202 }]);
    await page.reload();
    await expect(it.start).toBeVisible();
  });

  test('the address cannot be read: says so, and takes it from the person', async ({
    app,
    page,
    attacker,
    sandbox,
  }) => {
    await app.open('/export'); // as Azure, which exposes no header
    const it = new ExportPage(page);
    await it.start.click();
    await expect(it.message(/this page cannot see its status address/)).toBeVisible();
    await expect(it.message(/Access-Control-Expose-Headers: Content-Location/)).toBeVisible();
    await expect(it.message(/has no field for exposed headers/)).toBeVisible();
    await expectAccessible(page, 'an unreadable address');
    await page.reload();
    await expect(it.message(/this page cannot see its status address/)).toBeVisible();

    for (const wrong of [
      `${attacker.origin}/open/fhir/_operations/export/1`,
      `${new URL(sandbox.open).origin}/elsewhere/1`,
      sandbox.open,
      'javascript:globalThis.__xss=1',
    ]) {
      await it.address.fill(wrong);
      await it.follow.click();
      await expect(it.message(/so the sign-in is not sent there/)).toBeVisible();
    }
    expect(attacker.visits).toEqual([]);
    expect(sandbox.fhir.log.filter(({ path }) => path.includes('elsewhere'))).toEqual([]);

    // The same from a tool that shows all headers.
    const answer = await fetch(`${sandbox.open}/$export?_type=Group`, {
      headers: { Prefer: 'respond-async' },
    });
    await it.address.fill(answer.headers.get('content-location') ?? '');
    await it.follow.click();
    await expect(it.message('The server does not say how far it is.')).toBeVisible();
    await expect(it.progress).not.toHaveAttribute('value');
    await expect(it.message(/The export is finished: 1 file with 2 records/)).toBeVisible({
      timeout: 20_000,
    });
  });

  test('starts once, however often the button is pressed', async ({ app, page, sandbox }) => {
    expose(sandbox);
    const starting = hold(sandbox, { path: KICK_OFF });
    await app.open('/export');
    const it = new ExportPage(page);
    await it.start.dblclick();
    await page.getByRole('button', { name: 'Starting…' }).click({ force: true });
    await app.shell.patients.click();
    await app.listIsFilled();
    starting.release();
    await page.goBack();
    await expect(it.message(/The export is finished/)).toBeVisible({ timeout: 20_000 });
    expect(kickOffs(sandbox)).toHaveLength(1);
  });

  test('a reload before the answer leaves a word about it', async ({ app, page, sandbox }) => {
    expose(sandbox);
    const starting = hold(sandbox, { path: KICK_OFF });
    await app.open('/export');
    const it = new ExportPage(page);
    await it.start.click();
    await expect(page.getByRole('button', { name: 'Starting…' })).toBeVisible();
    await starting.asked();
    await page.reload();
    await expect(it.message(/answer to the last export did not come through/)).toBeVisible();
    await it.newExport.click();
    await expect(it.start).toBeVisible();
  });

  test('the access check leads to it where it is offered', async ({ app, page }) => {
    await app.open('/patients', 'entra');
    await app.shell.accessCheck.click();
    await page.getByRole('link', { name: 'Bulk export' }).click();
    await expect(new ExportPage(page).heading).toBeFocused();
  });

  test('a person without the role is told, and nothing is sent', async ({ app, page, sandbox }) => {
    await app.open('/export', 'entra', 'Robin Adeyemi');
    await expect(page.getByText('Your role does not allow exporting.')).toBeVisible();
    await expectAccessible(page, 'no role');
    await page.getByRole('link', { name: 'Open the access check' }).click();
    await expect(page.getByText('Robin Adeyemi').last()).toBeVisible();
    await expect(page.getByRole('link', { name: 'Bulk export' })).toHaveCount(0);
    expect(kickOffs(sandbox)).toEqual([]);
  });

  test('a server without it, and one that refuses', async ({ app, page, sandbox }) => {
    const it = new ExportPage(page);
    const remove = sandbox.fhir.faults.add({
      path: /\/metadata/,
      rewrite: (body) => {
        const statement = structuredClone(body) as CapabilityStatement;
        for (const rest of statement.rest ?? []) {
          delete rest.operation;
          for (const resource of rest.resource ?? []) delete resource.operation;
        }
        return statement;
      },
    });
    await app.open('/export');
    await expect(page.getByText('This server does not offer bulk export.')).toBeVisible();
    remove();
    sandbox.fhir.faults.add({
      path: KICK_OFF,
      status: 403,
      contentType: 'application/fhir+json',
      body: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'forbidden', diagnostics: 'Authorization failed.' }],
      },
    });
    await page.reload();
    await it.types.fill('Patient');
    await it.start.click();
    await expect(app.shell.alert).toContainText('You are not allowed to do this');
    await expect(app.shell.alert).toContainText('Authorization failed.');
    await expectAccessible(page, 'a refusal');
    await expect(it.types).toHaveValue('Patient');
    await page.reload();
    await expect(it.start).toBeVisible();
  });

  test('a job that ran out, and one that failed', async ({ app, page, sandbox }) => {
    expose(sandbox);
    await app.open('/export');
    const it = new ExportPage(page);
    sandbox.fhir.faults.add({ path: STATUS, status: 404, times: 1, body: '' });
    await it.start.click();
    await expect(app.shell.alert).toContainText('The server no longer knows this export.');
    await it.newExport.click();
    sandbox.fhir.faults.add({
      path: STATUS,
      status: 500,
      body: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'fatal', code: 'exception', diagnostics: '<b>Disk full</b>' }],
      },
    });
    await it.start.click();
    await expect(app.shell.alert).toContainText('The export failed.');
    await expect(app.shell.alert).toContainText('<b>Disk full</b>');
    await expectAccessible(page, 'a failed export');
  });

  test('a refused question is no failed export: ask again, and files elsewhere that need no sign-in', async ({
    app,
    page,
    sandbox,
  }) => {
    expose(sandbox);
    sandbox.fhir.behaviour.exportPolls = 0;
    sandbox.fhir.faults.add({ path: STATUS, status: 403, times: 1, body: '' });
    const signed = `https://files.example/Patient.ndjson?sig=${'a'.repeat(3000)}`;
    sandbox.fhir.faults.add({
      path: STATUS,
      rewrite: (body) => ({
        ...(body as object),
        requiresAccessToken: false,
        output: [{ type: 'Patient', url: signed }],
      }),
    });
    await app.open('/export');
    const it = new ExportPage(page);
    await it.start.click();
    await expect(app.shell.alert).toContainText('The server does not say how the export is.');
    await expect(it.cancel).toBeVisible();
    await app.shell.alert.getByRole('button', { name: 'Try again' }).click();
    const link = it.files.getByRole('link', { name: /^Download/ });
    await expect(link).toHaveAttribute('href', signed);
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(it.message('These files need none')).toBeVisible();
  });

  test('requirement 45: addresses of other servers get neither token nor request', async ({
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
    await expect(it.message(/its status address is not on the FHIR server/)).toBeVisible();
    expect(attacker.visits).toEqual([]);
  });

  test('what is kept in the tab is checked again, and gone after signing out', async ({
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
