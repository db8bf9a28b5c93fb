import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { dialog, draftKept, elsewhere, press, stored } from '../support/records.ts';

test.describe('editing a patient', () => {
  test('two conflicts (412) in a row can be resolved and saved by keyboard', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-inactive';
    await app.open(`/patients/${id}/edit`);
    await app.form.family.fill('Minefamily');
    await app.form.given.fill('Minegiven');
    await elsewhere(sandbox, id, { birthDate: '1991-07-18', gender: 'other' });
    await app.form.save.click();
    await expect(dialog(page)).toContainText('Somebody else changed this patient');
    await expectAccessible(page, 'a conflict');
    await elsewhere(sandbox, id, {
      name: [{ use: 'official', family: 'Theirfamily', given: ['Ines'] }],
    });
    await dialog(page).getByRole('button', { name: 'Save changes' }).click();
    await expect(dialog(page).getByText('One choice is left.')).toBeVisible();
    await expect(dialog(page).getByRole('alert')).toContainText('changed once more');
    await expect(dialog(page)).not.toContainText('Reload');
    const mine = dialog(page)
      .getByRole('radio', { name: /take yours/ })
      .last();
    await mine.focus();
    await page.keyboard.press('Space');
    await expect(dialog(page).getByText('Nothing is left to choose.')).toBeVisible();
    await dialog(page).getByRole('button', { name: 'Save changes' }).focus();
    await page.keyboard.press('Enter');
    await expect(app.chart.heading).toContainText('MINEFAMILY, Minegiven');
    // The next page confirms the save, and no page after it.
    const saved = page.getByRole('paragraph').filter({ hasText: /^Saved MINEFAMILY/ });
    await expect(saved).toBeInViewport();
    await expect(page.getByRole('paragraph').filter({ hasText: /^Name\b/ })).toBeInViewport();
    await expectAccessible(page, 'a chart after a save');
    await app.editSaved();
    await expect(saved).toBeHidden();
    const now = await stored(sandbox, id);
    expect(now.birthDate).toBe('1991-07-18');
    expect(now.gender).toBe('other');
    expect(now.name?.[0]?.family).toBe('Minefamily');
  });

  test('a link, the Back button and closing the tab warn of unsaved changes', async ({
    app,
    page,
  }) => {
    await app.open('/patients/awkward-inactive');
    await app.chart.edit.click();
    await app.form.family.fill('Halfdone');
    await app.shell.patients.click();
    await expect(dialog(page)).toContainText('Leave without saving?');
    await expect(press(page, 'Stay on this page')).toBeFocused();
    await press(page, 'Stay on this page').click();
    await page.goBack();
    await expect(dialog(page)).toContainText('Leave without saving?');
    await press(page, 'Stay on this page').click();
    await expect(app.form.family).toHaveValue('Halfdone');
    let warned = false;
    page.on('dialog', (asked) => {
      warned = asked.type() === 'beforeunload';
      void asked.accept();
    });
    await draftKept(page, 'Halfdone');
    await page.reload();
    expect(warned).toBe(true);
    await expect(app.form.family).toHaveValue('Halfdone');
  });

  test('a draft restored by a reload does not overwrite what another user saved since', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-inactive';
    await app.open(`/patients/${id}/edit`);
    await app.form.family.fill('Minefamily');
    await draftKept(page, 'Minefamily');
    await elsewhere(sandbox, id, { name: [{ family: 'Theirfamily', given: ['Ines'] }] });
    page.on('dialog', (asked) => void asked.accept());
    await page.reload();
    await expect(app.form.family).toHaveValue('Minefamily');
    await app.form.save.click();
    await expect(dialog(page)).toContainText('Somebody else changed this patient');
    expect((await stored(sandbox, id)).name?.[0]?.family).toBe('Theirfamily');
  });

  test('unchanged decimals are sent back with the digits that the server sent', async ({
    app,
    sandbox,
  }) => {
    const id = 'awkward-inactive';
    const place = ['47.50', '1.50e1', '12345678901234567890']
      .map((digits, i) => `{"url":"https://x.example/${i}","valueDecimal":${digits}}`)
      .join();
    const now = JSON.stringify({ ...(await stored(sandbox, id)), extension: ['here'] });
    const body = now.replace('"here"', place);
    sandbox.fhir.faults.add({
      method: 'GET',
      path: /Patient\/awkward-inactive$/,
      status: 200,
      body,
    });
    await app.open(`/patients/${id}/edit`);
    await app.form.family.fill('Exactly');
    await app.form.save.click();
    await expect(app.chart.heading).toContainText('EXACTLY');
    const sent = sandbox.fhir.log.find(({ method }) => method === 'PUT');
    expect(sent?.body).toContain(`"extension":[${place}]`);
    expect(sent?.body).toContain('Exactly');
  });

  test('a draft survives a session that expires, and is gone after sign-out', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open('/patients/awkward-inactive/edit', 'token');
    await app.form.family.fill('Stilltyped');
    await draftKept(page, 'Stilltyped');
    sandbox.fhir.faults.add({ method: 'PUT', path: /\/Patient\//, times: 1, status: 401 });
    await app.form.save.click();
    const expired = page.getByRole('alertdialog');
    await expect(expired).toBeVisible();
    await expired.getByLabel(/access token/i).fill(await sandbox.entra.accessToken());
    await expired.getByRole('button', { name: /sign in/i }).click();
    await expect(expired).toBeHidden();
    await expect(app.form.family).toHaveValue('Stilltyped');
    await app.form.save.click();
    await expect(app.chart.heading).toContainText('STILLTYPED');

    await app.editSaved();
    await app.form.family.fill('Nottobekept');
    await draftKept(page, 'Nottobekept');
    await app.shell.signOut.click();
    await expect(dialog(page)).toContainText('Leave without saving?');
    await expectAccessible(page, 'a sign-out with unsaved changes');
    await press(page, 'Stay on this page').click();
    await expect(app.form.family).toHaveValue('Nottobekept');
    await app.shell.signOut.click();
    await press(page, 'Leave without saving').click();
    await expect(app.shell.signInTo('Open test server')).toBeVisible();
    expect(await page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)))).not.toContain(
      'Nottobekept',
    );
  });
});
