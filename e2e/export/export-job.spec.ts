import type { CapabilityStatement } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { ExportPage } from '../pages/export-page.ts';
import { expectAccessible } from '../support/axe.ts';
import { KICK_OFF, STATUS, FOREVER, expose, kickOffs, deletions } from '../support/export.ts';
import { hold } from '../support/hold.ts';
import { settled } from '../support/settled.ts';

test.describe('bulk export', () => {
  test('goes on after a reload and while the user is on another page', async ({
    app,
    page,
    sandbox,
  }) => {
    expose(sandbox);
    sandbox.fhir.behaviour.exportPolls = FOREVER;
    await page.clock.install();
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
    await page.clock.fastForward('00:30'); // past the delay between two status requests
    await settled(page, sandbox);
    expect(sandbox.fhir.log.filter(({ path }) => STATUS.test(path))).toHaveLength(asked);
    sandbox.fhir.behaviour.exportPolls = 0;
    await page.goBack();
    await expect(it.message(/The export is finished/)).toBeVisible();
    expect(kickOffs(sandbox)).toHaveLength(1);
    expect(deletions(sandbox)).toEqual([]);
  });

  test('can be cancelled after a confirmation, once its address has proved to be an export', async ({
    app,
    page,
    sandbox,
  }) => {
    expose(sandbox);
    sandbox.fhir.behaviour.exportPolls = FOREVER;
    const first = hold(sandbox, { path: STATUS, times: 1 });
    await app.open('/export');
    const it = new ExportPage(page);
    await it.start.click();
    await first.asked();
    // The address may still be that of a record: Cancel, which sends DELETE, is not offered.
    await expect(it.stopFollowing).toBeVisible();
    await expect(it.cancel).toHaveCount(0);
    first.release();
    await it.cancel.click();
    await expect(it.dialog).toBeVisible();
    await expectAccessible(page, 'the question');
    await it.dialog.getByRole('button', { name: 'Continue export' }).click();
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

  test('says that its status address cannot be read, and takes it from the user', async ({
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
      `${sandbox.open}/Patient/awkward-test`,
      `${sandbox.open}/Patient?identifier=x`,
      'javascript:globalThis.__xss=1',
    ]) {
      await it.address.fill(wrong);
      await it.follow.click();
      await expect(it.message(/so the sign-in is not sent there/)).toBeVisible();
    }
    expect(attacker.visits).toEqual([]);
    expect(sandbox.fhir.log.filter(({ path }) => path.includes('elsewhere'))).toEqual([]);
    expect(sandbox.fhir.log.filter(({ path }) => path.includes('awkward-test'))).toEqual([]);

    // The user reads the address with a tool that shows all headers.
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

  test('says after a reload that the response to the last export was lost', async ({
    app,
    page,
    sandbox,
  }) => {
    expose(sandbox);
    const starting = hold(sandbox, { path: KICK_OFF });
    await app.open('/export');
    const it = new ExportPage(page);
    await it.start.click();
    await expect(page.getByRole('button', { name: 'Starting…' })).toBeVisible();
    await starting.asked();
    await page.reload();
    await expect(it.message(/answer to the last export request was not received/)).toBeVisible();
    await it.newExport.click();
    await expect(it.start).toBeVisible();
  });

  test('tells a user that the role is missing, and sends nothing', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open('/export', 'entra', 'Robin Adeyemi');
    await expect(page.getByText('Your role does not allow exporting.')).toBeVisible();
    await expectAccessible(page, 'no role');
    await page.getByRole('link', { name: 'Open the access check' }).click();
    await expect(page.getByText('Robin Adeyemi').last()).toBeVisible();
    await expect(page.getByRole('link', { name: 'Bulk export' })).toHaveCount(0);
    expect(kickOffs(sandbox)).toEqual([]);
  });

  test('says that the server does not offer it, or why the server refuses', async ({
    app,
    page,
    sandbox,
  }) => {
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

  test('says that a job has expired, or that it failed', async ({ app, page, sandbox }) => {
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

  test('offers to ask again where its status is refused, and links files that need no sign-in', async ({
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
    await expect(app.shell.alert).toContainText('The status of the export could not be read.');
    await expect(it.stopFollowing).toBeVisible();
    await expect(it.cancel).toHaveCount(0);
    await app.shell.alert.getByRole('button', { name: 'Try again' }).click();
    const link = it.files.getByRole('link', { name: /^Download/ });
    await expect(link).toHaveAttribute('href', signed);
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(it.message('These files do not need it')).toBeVisible();
  });
});
