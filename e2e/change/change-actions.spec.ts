import type { Bundle, Provenance } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { alertsIn } from '../support/announced.ts';
import {
  chooseTwin,
  dialog,
  elsewhere,
  findTwin,
  link,
  linkTwins,
  more,
  press,
  startDeleting,
  stored,
} from '../support/records.ts';
import { hold } from '../support/hold.ts';

test.describe('actions on a patient', () => {
  test('the menu works by keyboard and returns the focus when it closes', async ({ app, page }) => {
    await app.open('/patients/awkward-no-contact');
    await expect(app.chart.heading).toContainText('SILENT');
    const opener = press(page, 'More');
    await opener.focus();
    await page.keyboard.press('Enter');
    await expect(opener).toHaveAttribute('aria-expanded', 'true');
    await expectAccessible(page, 'the menu of actions');
    await page.keyboard.press('ArrowDown');
    await expect(press(page, 'Mark as inactive')).toBeFocused();
    await page.keyboard.press('ArrowUp');
    await expect(press(page, 'Delete')).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(opener).toBeFocused();
    await expect(opener).toHaveAttribute('aria-expanded', 'false');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp'); // from the opener: to the last
    await expect(press(page, 'Delete')).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(opener).toBeFocused();
  });

  test('marking as inactive asks again after another change, sends If-Match and can be undone', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-no-contact';
    await app.open(`/patients/${id}`);
    await more(page, 'Mark as inactive');
    await expectAccessible(page, 'marking as inactive');
    await elsewhere(sandbox, id, { gender: 'other' });
    await press(page, 'Mark as inactive').last().click();
    await expect(dialog(page)).toContainText('Somebody changed this record in the meantime');
    const sent = page.waitForRequest((r) => r.method() === 'PUT');
    await dialog(page).getByRole('button', { name: 'Mark as inactive' }).click();
    expect((await sent).headers()['if-match']).toBe('W/"2"');
    await expect(dialog(page)).toBeHidden();
    await expect(app.chart.banner).toContainText('Inactive record');
    const now = await stored(sandbox, id);
    expect(now).toMatchObject({ active: false, gender: 'other' });
    await more(page, 'Mark as active');
    await dialog(page).getByRole('button', { name: 'Mark as active' }).click();
    await expect(app.chart.banner).not.toContainText('Inactive record');
  });

  test('marking as deceased takes a partial date, refuses a future one, and can be changed and undone', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-no-contact';
    await app.open(`/patients/${id}`);
    await more(page, 'Mark as deceased');
    const year = dialog(page).getByLabel('Year');
    await year.fill('2999');
    await dialog(page).getByRole('button', { name: 'Mark as deceased' }).click();
    // The wrong field gets the focus, and screen readers read its error with it.
    await expect(year).toBeFocused();
    await expect(year).toHaveAccessibleDescription('The date is in the future.');
    await expect(year).toHaveAttribute('aria-invalid', 'true');
    await expectAccessible(page, 'marking as deceased');
    await dialog(page).getByLabel('Year').fill('2024');
    await dialog(page).getByLabel('Month').selectOption({ label: 'May' });
    await dialog(page).getByRole('button', { name: 'Mark as deceased' }).click();
    await expect(app.chart.banner).toContainText('May-2024');
    expect((await stored(sandbox, id)).deceasedDateTime).toBe('2024-05');

    await more(page, 'Change the date of death');
    await expect(dialog(page)).toContainText('Date of death of SILENT');
    await dialog(page).getByLabel('Month').selectOption({ label: 'June' });
    await press(page, 'Save the date').click();
    await expect(app.chart.banner).toContainText('Jun-2024');
    await more(page, 'Change the date of death');
    await press(page, 'Not deceased').click();
    await expect(app.chart.banner).not.toContainText('Jun-2024');
    const alive = await stored(sandbox, id);
    expect([alive.deceasedDateTime, alive.deceasedBoolean]).toEqual([undefined, false]);
  });

  test('a patient whom another user deleted is shown as deleted and can be restored', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/410/);
    const id = 'awkward-test';
    await page.clock.install();
    await app.open(`/patients/${id}`);
    await expect(app.chart.edit).toBeVisible();
    await fetch(`${sandbox.fhir.openBaseUrl}/Patient/${id}`, { method: 'DELETE' });
    await app.shell.patients.click();
    await app.listIsFilled();
    await page.clock.fastForward(90_000); // the cached record is stale, and requested again
    await page.goBack();
    await expect(page.getByRole('heading', { name: 'Patient deleted' })).toBeVisible();
    await expect(app.chart.edit).toHaveCount(0);
    await expect(press(page, 'Restore')).toBeVisible();
    await page.getByRole('main').getByRole('link', { name: 'History' }).click();
    await expect(page.getByRole('table', { name: 'History' })).toBeVisible();
    await press(page, 'Restore').click();
    await expect(dialog(page)).toContainText('The record comes back');
    await dialog(page).getByRole('button', { name: 'Restore this version' }).click();
    await expect(app.chart.heading).toContainText('ZZZTEST, Training');
  });

  test('deleting asks for reason and name, records them in the history, and can be undone', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-test';
    await app.open(`/patients/${id}`, 'entra');
    await more(page, 'Delete');
    // At fourfold magnification the name of the patient to delete is not cut off.
    await page.setViewportSize({ width: 320, height: 256 });
    const outside = await dialog(page).evaluate((frame) => {
      const heading = frame.querySelector('h2');
      const boxes = [heading, heading?.parentElement, frame].map((e) => e?.getBoundingClientRect());
      const tops = boxes.map((box) => box?.top ?? 0);
      const ends = boxes.map((box) => -(box?.bottom ?? 0));
      // Each box must lie within the next one.
      return [tops, ends].flatMap((edges) =>
        edges.filter((edge, i) => edge < (edges[i + 1] ?? edge)),
      );
    });
    expect(outside).toEqual([]);
    await page.setViewportSize({ width: 1280, height: 720 });
    const confirm = dialog(page).getByRole('button', { name: 'Delete', exact: true });
    await confirm.click();
    const reason = dialog(page).getByLabel('Reason');
    await expect(reason).toBeFocused();
    await expect(reason).toHaveAccessibleDescription(/^Choose why the record is deleted\./);
    await reason.selectOption({ label: 'Test record' });
    const name = dialog(page).getByLabel('To confirm, type Zzztest');
    await name.fill('somebody');
    await confirm.click();
    await expect(dialog(page)).toContainText('This is not the name of the patient.');
    await expectAccessible(page, 'deleting');
    await name.fill('zzztest');
    await elsewhere(sandbox, id, { gender: 'unknown' });
    await confirm.click();
    await expect(dialog(page)).toContainText('Somebody changed this record in the meantime');
    expect((await stored(sandbox, id)).gender).toBe('unknown');
    await name.fill('zzztest');
    const alerts = await alertsIn(page);
    await confirm.click();
    await expect(page.getByRole('heading', { name: 'Patient deleted' })).toBeVisible();
    expect((await fetch(`${sandbox.fhir.openBaseUrl}/Patient/${id}`)).status).toBe(410);
    const main = page.getByRole('main');
    await expect(main).toContainText('ZZZTEST, Training was deleted');
    await expect(main).toContainText('Casey Moreau (Test record)');
    // The deletion succeeded: nothing on the page may look like an error.
    await expect(app.shell.alert).toContainText('Warning');
    await expect(app.shell.alert).not.toContainText('Error');
    await expect(main.getByRole('link', { name: 'Back to the patients' })).toBeVisible();
    await expectAccessible(page, 'a deleted patient');
    await press(page, 'Restore').click();
    await expect(dialog(page)).toContainText('The record comes back');
    await page.keyboard.press('Escape');
    // Screen readers were interrupted once, not by each response that the page shows.
    expect(await alerts()).toHaveLength(1);

    await main.getByRole('link', { name: 'History' }).click();
    const table = page.getByRole('table', { name: 'History' });
    await expect(table.getByRole('row', { name: /Deleted/ })).toContainText(
      'Casey Moreau (Test record)',
    );
    await expectAccessible(page, 'the history of a deleted patient');
    await press(page, 'Restore').click();
    await expect(dialog(page)).toContainText('The record comes back');
    await dialog(page).getByRole('button', { name: 'Restore this version' }).click();
    await expect(app.chart.heading).toContainText('ZZZTEST, Training');
    const back = await stored(sandbox, id);
    expect(back.gender).toBe('unknown');
    expect(back.meta?.security?.[0]?.code).toBe('HTEST');
    const kept = (await (
      await fetch(`${sandbox.fhir.openBaseUrl}/Provenance?target=Patient/${id}`)
    ).json()) as Bundle<Provenance>;
    expect(kept.entry?.[0]?.resource?.reason?.[0]?.text).toBe('Test record');
  });

  test('a deletion that the server refuses shows its reason, and offers to mark the record as inactive', async ({
    app,
    page,
    sandbox,
  }) => {
    const confirm = await startDeleting(app);
    sandbox.fhir.faults.add({
      method: 'DELETE',
      status: 409,
      contentType: 'application/fhir+json',
      body: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'conflict', diagnostics: 'Referenced by Condition/1' }],
      },
    });
    await confirm.click();
    await expect(dialog(page)).toContainText('other records refer to it');
    await expect(dialog(page)).toContainText('Referenced by Condition/1');
    await dialog(page).getByRole('button', { name: 'Mark as inactive' }).click();
    await expect(dialog(page)).toBeHidden();
    await expect(app.chart.banner).toContainText('Inactive');
  });

  test('searching for a duplicate works while suggestions are still loading', async ({
    app,
    page,
    sandbox,
  }) => {
    const alike = hold(sandbox, { path: /Patient\?.*birthdate/ });
    await findTwin(app);
    await chooseTwin(page);
    await expect(dialog(page).getByText('Compare the two.')).toBeVisible();
    alike.release();
  });

  for (const way of ['transaction', 'one by one'] as const) {
    test(`two records are linked, and the link is undone: ${way}`, async ({
      app,
      page,
      sandbox,
    }) => {
      if (way === 'one by one') {
        sandbox.fhir.faults.add({ method: 'POST', path: /\/fhir\/?$/, status: 405, body: '' });
      }
      const recorded = async () => {
        const ids = ['awkward-seealso', 'awkward-survivor'];
        const both = await Promise.all(ids.map((id) => stored(sandbox, id)));
        return both.map((one) => [one.link, one.active]);
      };
      const before = await recorded();
      await findTwin(app);
      await expect(dialog(page).getByText('Already merged')).toBeVisible();
      await chooseTwin(page);
      // Each step takes the focus, because the button that was pressed is gone.
      const compare = dialog(page).getByText('Compare the two.');
      await expect(compare).toBeFocused();
      await press(page, 'Choose another record').press('Enter');
      const search = dialog(page).getByLabel('Name, birth date or identifier');
      await expect(search).toBeFocused();
      await search.fill('Duplicate Dora');
      await search.press('Enter');
      await chooseTwin(page);
      await expect(compare).toBeFocused();
      await expectAccessible(page, 'linking two records');
      await link(page).click();
      const sure = dialog(page).getByRole('checkbox');
      await expect(sure).toBeFocused();
      await expect(sure).toHaveAccessibleDescription(
        'Confirm that you have compared the two records.',
      );
      await linkTwins(page);
      await expect(app.chart.banner).toContainText(/merged/i);
      await expect(app.chart.edit).toHaveCount(0);
      const gone = await stored(sandbox, 'awkward-seealso');
      expect(gone.active).toBe(false);
      expect(gone.link).toContainEqual({
        other: { reference: 'Patient/awkward-survivor' },
        type: 'replaced-by',
      });
      expect((await stored(sandbox, 'awkward-survivor')).link).toContainEqual({
        other: { reference: 'Patient/awkward-seealso' },
        type: 'replaces',
      });
      await press(page, 'More').click();
      await expect(page.getByText('must not be changed any more')).toBeVisible();

      await press(page, 'Undo the link').click();
      await expect(dialog(page)).toContainText('In use again');
      await expectAccessible(page, 'undoing a link');
      await dialog(page).getByRole('button', { name: 'Undo the link' }).click();
      await expect(dialog(page)).toBeHidden();
      await expect(app.chart.banner).not.toContainText(/merged|Inactive/i);
      await expect(app.chart.edit).toBeVisible();
      expect(await recorded()).toEqual(before);
    });
  }

  test('a link whose second update fails is reported as half done and can be tried again', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({ method: 'POST', path: /\/fhir\/?$/, status: 405, body: '' });
    sandbox.fhir.faults.add({
      method: 'PUT',
      path: /awkward-seealso/,
      times: 2,
      status: 422,
      body: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'business-rule', diagnostics: 'It is under review.' }],
      },
    });
    await findTwin(app);
    await chooseTwin(page);
    await linkTwins(page);
    await expect(dialog(page)).toContainText('Only half of it was done');
    await expect(dialog(page)).toContainText('It is under review.');
    expect((await stored(sandbox, 'awkward-seealso')).active).not.toBe(false);
    // A retry that fails shows the server's reason, too.
    await linkTwins(page);
    await expect(dialog(page)).toContainText('It is under review.');
    await expect(dialog(page)).toContainText('Only half of it was done');
    // The half that is done concerns this record, not another choice.
    await press(page, 'Choose another record').click();
    await expect(dialog(page)).not.toContainText('Only half of it was done');
    const search = dialog(page).getByLabel('Name, birth date or identifier');
    await search.fill('Duplicate Dora');
    await search.press('Enter');
    await chooseTwin(page);
    await linkTwins(page);
    await expect(app.chart.banner).toContainText(/merged/i);
    const links = (await stored(sandbox, 'awkward-survivor')).link ?? [];
    expect(links.filter(({ type }) => type === 'replaces')).toHaveLength(2);
  });

  test('requirement 23: a user who may only read is told why no action is offered', async ({
    app,
    page,
  }) => {
    await app.open('/patients/awkward-test', 'entra', 'Robin Adeyemi');
    await press(page, 'More').click();
    await expect(page.getByText('Your role does not allow deleting patients.')).toBeVisible();
    await expect(page.getByText('Your role does not allow changing patients.')).toBeVisible();
    await expect(press(page, 'Delete')).toHaveCount(0);
    await page.goto('/patients/awkward-test/edit');
    await expect(app.shell.main).toContainText('Your role does not allow editing.');
  });

  test('a user with read-only scopes is told that deleting was not granted at sign-in', async ({
    app,
    page,
  }) => {
    await page.goto(app.stage.launchUrl({ patient: 'awkward-test' }));
    await expect(app.chart.heading).toContainText('ZZZTEST');
    await press(page, 'More').click();
    await expect(page.getByText('Deleting patients was not granted at sign-in.')).toBeVisible();
  });
});
