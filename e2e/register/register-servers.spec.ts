import type { Patient } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import {
  chooseTwin,
  createDuplicate,
  dialog,
  elsewhere,
  findTwin,
  linkTwins,
  posts,
  press,
  startDeleting,
  stored,
} from '../support/records.ts';

/* The same tasks on the two other kinds of server; other files test Microsoft's in detail. */

for (const mode of ['hapi', 'oracle'] as const) {
  test.describe(`${mode}: find, create and change`, () => {
    test.beforeEach(({ sandbox }) => {
      sandbox.fhir.setMode(mode);
    });

    test('asks about a duplicate, creates one patient on a double click, then edits and finds it', async ({
      app,
      page,
      sandbox,
    }) => {
      await createDuplicate(app);
      await expect(dialog(page).getByText('The server: probably the same person')).toHaveCount(
        mode === 'hapi' ? 1 : 0,
      );
      await press(page, 'Back to the form').click();
      await app.form.family.fill('Dormouse');
      await app.form.year.fill('1971');
      await app.form.create.dblclick();
      await expect(app.chart.heading).toContainText('DORMOUSE, Ines');
      expect(posts(sandbox)).toBe(1);

      await app.editSaved();
      await app.form.given.fill('Ines Maria');
      const put = page.waitForRequest((r) => r.method() === 'PUT');
      await app.form.save.click();
      expect((await put).headers()['if-match']).toBe('W/"1"');
      await expect(app.chart.heading).toContainText('DORMOUSE, Ines Maria');
      await app.shell.patients.click();
      await app.list.box.fill('dormouse');
      await expect(app.list.patient(/^DORMOUSE, Ines Maria/)).toBeVisible();
    });

    test('shows base, theirs and mine after a conflicting edit (412), and keeps what was typed', async ({
      app,
      page,
      sandbox,
    }) => {
      const id = 'awkward-inactive';
      await app.open(`/patients/${id}/edit`);
      await app.form.family.fill('Minefamily');
      await elsewhere(sandbox, id, {
        gender: 'other',
        name: [{ use: 'official', family: 'Theirfamily', given: ['Ines'] }],
      });
      await app.form.save.click();
      await expect(dialog(page)).toContainText('Somebody else changed this patient');
      for (const column of ['Before', 'Theirs, now on the server', 'Yours'])
        await expect(dialog(page).getByRole('columnheader', { name: column })).toBeVisible();
      await expectAccessible(page, `a conflict, ${mode}`);
      await dialog(page)
        .getByRole('radio', { name: /take yours, .*Minefamily/i })
        .check();
      await dialog(page).getByRole('button', { name: 'Save changes' }).click();
      await expect(app.chart.heading).toContainText('MINEFAMILY');
      expect(await stored(sandbox, id)).toMatchObject({
        gender: 'other',
      } satisfies Partial<Patient>);
    });

    test('deletes and restores a patient, and shows both in the history', async ({
      app,
      page,
      sandbox,
    }) => {
      const id = 'awkward-test';
      await (await startDeleting(app, 'entra')).click();
      await expect(page.getByRole('heading', { name: 'Patient deleted' })).toBeVisible();
      const main = page.getByRole('main');
      await expect(main).toContainText('Casey Moreau (Test record)');
      await main.getByRole('link', { name: 'History' }).click();
      const table = page.getByRole('table', { name: 'History' });
      await expect(table.getByRole('row', { name: /Deleted/ })).toContainText('Casey Moreau');
      await press(page, 'Restore').click();
      await dialog(page).getByRole('button', { name: 'Restore this version' }).click();
      await expect(app.chart.heading).toContainText('ZZZTEST, Training');
      await app.chart.history.click();
      await expect(table.getByRole('row')).toHaveCount(4);
      await table.getByRole('link', { name: 'Version 1' }).click();
      await expect(page.getByRole('button', { name: 'Restore this version' })).toBeVisible();
      expect((await stored(sandbox, id)).meta?.security?.[0]?.code).toBe('HTEST');
    });

    test('links two records of one person', async ({ app, page, sandbox }) => {
      await findTwin(app);
      await chooseTwin(page);
      await linkTwins(page);
      await expect(app.chart.banner).toContainText(/merged/i);
      expect((await stored(sandbox, 'awkward-seealso')).active).toBe(false);
    });
  });
}
