import type { Bundle, Provenance } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { hold } from '../support/hold.ts';
import { keepWithout } from '../support/keep-without.ts';
import { dialog, elsewhere, press, stored } from '../support/records.ts';
import { arrived, settled } from '../support/settled.ts';

test.describe('the history of a patient', () => {
  test('shows versions and authors, compares two versions in words, and restores an old one', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-no-contact';
    await elsewhere(sandbox, id, { gender: 'female' });
    await elsewhere(sandbox, id, { gender: 'female', birthDate: '1950-02-02' });
    await fetch(`${sandbox.fhir.openBaseUrl}/Provenance`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/fhir+json' },
      body: JSON.stringify({
        resourceType: 'Provenance',
        target: [{ reference: `Patient/${id}/_history/2` }],
        recorded: '2026-01-01T00:00:00Z',
        agent: [{ who: { display: 'Registrar Rowe' } }],
      } satisfies Provenance),
    });
    await app.open(`/patients/${id}/history`);
    const table = page.getByRole('table', { name: 'History' });
    await expect(table.getByRole('row', { name: /Version 2/ })).toContainText('Registrar Rowe');
    await expect(table.getByRole('row', { name: /Version 3/ })).toContainText('Not recorded');
    await expect(table.getByRole('row', { name: /Version 3/ })).toContainText('Birth date');
    expect(
      sandbox.fhir.log.filter(({ method, path }) => method === 'GET' && /Provenance/.test(path)),
    ).toHaveLength(1);
    await expectAccessible(page, 'history');
    await table.getByRole('link', { name: 'Version 1' }).click();
    await page.getByLabel('Compare with').selectOption({ index: 1 });
    await expect(page.getByRole('table', { name: 'Differences' })).toContainText('02-Feb-1950');
    await press(page, 'Restore this version').click();
    await expect(dialog(page)).toContainText('It is saved as a new version.');
    await expectAccessible(page, 'restoring a version');
    await dialog(page).getByRole('button', { name: 'Restore this version' }).click();
    await expect(table.getByRole('row', { name: /Version 4/ })).toBeVisible();
    expect(await stored(sandbox, id)).toMatchObject({ gender: 'male', birthDate: '1949-02-02' });
  });

  test('a restore after another user saved asks for confirmation again, then is done', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    const id = 'awkward-no-contact';
    guard.allowError(/412/);
    await elsewhere(sandbox, id, { gender: 'female' });
    await app.open(`/patients/${id}/history/1`);
    await press(page, 'Restore this version').click();
    await elsewhere(sandbox, id, { gender: 'other', birthDate: '1950-02-02' });
    const restore = dialog(page).getByRole('button', { name: 'Restore this version' });
    await restore.click();
    await expect(dialog(page).getByRole('alert')).toBeVisible();
    // The restore would now undo the other user's change, too.
    await expect(dialog(page)).toContainText('02-Feb-1950');
    await restore.click();
    await expect(dialog(page)).toHaveCount(0);
    expect(await stored(sandbox, id)).toMatchObject({ gender: 'male', birthDate: '1949-02-02' });
  });

  test('a restore names the data that the server did not keep', async ({ app, page, sandbox }) => {
    const id = 'awkward-no-contact';
    await elsewhere(sandbox, id, { gender: 'female', birthDate: '1950-02-02' });
    await app.open(`/patients/${id}/history/1`);
    await keepWithout(page, 'birthDate');
    await press(page, 'Restore this version').click();
    await dialog(page).getByRole('button', { name: 'Restore this version' }).click();
    await expect(page.getByRole('alert')).toContainText('SILENT');
    await expect(page.getByRole('alert')).toContainText(/did not keep everything .*: Birth date/);
    await expectAccessible(page, 'a version that was not restored whole');
    // About this page only: whoever goes on to another patient is not told of this one.
    await app.shell.patients.click();
    await expect(page.getByRole('alert')).toHaveCount(0);
  });

  test('a failed restore of a deleted record shows its error in the dialog, which stays open', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/4(10|12)/);
    const id = 'awkward-test';
    await fetch(`${sandbox.fhir.openBaseUrl}/Patient/${id}`, { method: 'DELETE' });
    await app.open(`/patients/${id}`);
    await press(page, 'Restore').click();
    sandbox.fhir.faults.add({ method: 'PUT', path: /Patient/, times: 1, status: 412, body: '' });
    await dialog(page).getByRole('button', { name: 'Restore this version' }).click();
    await expect(dialog(page).getByRole('alert')).toBeVisible();
    await settled(page, sandbox);
    await expect(dialog(page).getByRole('alert')).toBeVisible();
    await dialog(page).getByRole('button', { name: 'Restore this version' }).click();
    await expect(app.chart.heading).toContainText('ZZZTEST');
  });

  test('a restore that is cancelled while the record is read is not done', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-no-contact';
    await elsewhere(sandbox, id, { gender: 'female' });
    await app.open(`/patients/${id}/history/1`);
    await press(page, 'Restore this version').click();
    const path = new RegExp(`${id}$`);
    const read = hold(sandbox, { method: 'GET', path, times: 1 });
    const look = page.waitForRequest((request) => path.test(request.url()));
    await dialog(page).getByRole('button', { name: 'Restore this version' }).click();
    await read.asked();
    await expect(dialog(page).getByRole('status')).toHaveText('');
    await press(page, 'Cancel').click();
    await expect(dialog(page)).toHaveCount(0);
    read.release();
    await arrived(await look);
    await settled(page, sandbox);
    expect((await stored(sandbox, id)).gender).toBe('female');
  });

  test('data that was not read is not shown as not recorded, added or the only version', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    const id = 'awkward-no-contact';
    for (const day of ['02', '03', '04'])
      await elsewhere(sandbox, id, { birthDate: `1950-01-${day}` });
    sandbox.fhir.behaviour.defaultCount = 2;
    guard.allowError(/403/);
    sandbox.fhir.faults.add({ path: /Provenance\?/, status: 403, body: {} });
    await app.open(`/patients/${id}/history`);
    const row = page
      .getByRole('table', { name: 'History' })
      .getByRole('row', { name: /Version 4/ });
    await expect(row).toContainText('Not available');
    await expect(page.getByRole('alert')).toContainText('Who made the versions could not be read');

    // The previous version is beyond the first page of the history.
    const other = page.getByLabel('Compare with');
    const table = page.getByRole('table', { name: 'Differences' });
    await page.goto(`/patients/${id}/history/2`);
    await expect(other).toHaveValue('1');
    await expect(table).not.toContainText('Added');
    await other.selectOption({ value: '4' });
    await expect(table.getByRole('columnheader').last()).toHaveText('Version 4');

    // The previous version is further back than the app reads without being asked.
    for (const day of ['05', '06', '07'])
      await elsewhere(sandbox, id, { birthDate: `1950-01-${day}` });
    sandbox.fhir.behaviour.defaultCount = 1;
    const unknown = page.getByText('The version before this one is not among');
    await page.goto(`/patients/${id}/history/2`);
    await expect(unknown).toBeVisible();
    await press(page, 'Read older versions').press('Enter');
    await expect(other).toHaveValue('1');
    await expect(press(page, 'Read older versions')).toBeFocused();

    const elsewhereNext = { link: [{ relation: 'next', url: 'https://other.example/r4?p=2' }] };
    const rewrite = (body: unknown): unknown => ({ ...(body as Bundle), ...elsewhereNext });
    sandbox.fhir.faults.add({ path: /_history(\?|$)/, rewrite });
    await page.goto(`/patients/${id}/history/3`);
    await expect(unknown).toBeVisible();
    await expect(table).toHaveCount(0);
    await expectAccessible(page, 'a version whose predecessor is not known');
    await page.getByRole('link', { name: 'All versions' }).click();
    await expect(app.shell.main).toContainText(
      'next page is at another address, and was not followed',
    );
  });

  test('a version of another patient is neither shown nor restored', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    const id = 'awkward-test';
    const other = { ...(await stored(sandbox, 'awkward-aged')), meta: { versionId: '1' } };
    guard.allowError(/410/);
    await fetch(`${sandbox.fhir.openBaseUrl}/Patient/${id}`, { method: 'DELETE' });
    const deletion = {
      request: { method: 'DELETE', url: `Patient/${id}` },
      response: { status: '204', etag: 'W/"2"' },
    };
    const entry = [deletion, { resource: other, request: { method: 'PUT', url: `Patient/${id}` } }];
    const body = { resourceType: 'Bundle', type: 'history', entry };
    sandbox.fhir.faults.add({ method: 'GET', path: /_history/, status: 200, body });
    const notice = 'The server sent a version of another record. It is not shown.';
    await app.open(`/patients/${id}`);
    for (const address of [`/patients/${id}`, `/patients/${id}/history`]) {
      await page.goto(address);
      await expect(app.shell.main).toContainText(notice);
      await expect(app.shell.main).not.toContainText(other.name?.[0]?.family ?? '');
      await expect(page.getByRole('button', { name: /Restore/ })).toHaveCount(0);
    }
    await expectAccessible(page, 'a history with versions of another patient');
  });
});
