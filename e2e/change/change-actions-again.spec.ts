import type { Page } from 'playwright/test';
import type { Patient } from 'fhir/r4';
import { faultKinds } from '#sandbox/fhir/faults/faults.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { hold } from '../support/hold.ts';
import { keepWithout } from '../support/keep-without.ts';
import { arrived, settled } from '../support/settled.ts';
import {
  chooseTwin,
  dialog,
  elsewhere,
  findTwin,
  link,
  linkTwins,
  more,
  press,
  stored,
} from '../support/records.ts';

/*
 * An action does what the user chose when its dialog was opened, or nothing, whatever another user
 * or the server changed in the meantime.
 */

const ID = 'awkward-no-contact';
const DIED = {
  deceasedDateTime: '2024-05-06T10:15:00+01:00',
  _deceasedDateTime: { extension: [{ url: 'https://site.example/source', valueString: 'ward' }] },
} as Partial<Patient>;

const puts = (sandbox: Sandbox): number =>
  sandbox.fhir.log.filter(({ method }) => method === 'PUT').length;
const confirm = (page: Page, name: string) =>
  dialog(page).getByRole('button', { name, exact: true });

test.describe('another user changed the record in the meantime', () => {
  test('an action that the other user already did closes its dialog and writes nothing', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open(`/patients/${ID}`);
    await more(page, 'Mark as deceased');
    await elsewhere(sandbox, ID, DIED);
    const before = puts(sandbox);
    await confirm(page, 'Mark as deceased').click();
    await expect(dialog(page)).toHaveCount(0);
    await expect(app.chart.banner).toContainText('06-May-2024');
    expect(await stored(sandbox, ID)).toMatchObject(DIED);
    expect(puts(sandbox)).toBe(before);

    await more(page, 'Mark as inactive');
    await elsewhere(sandbox, ID, { active: false });
    await confirm(page, 'Mark as inactive').click();
    await expect(dialog(page)).toHaveCount(0);
    await expect(app.chart.banner).toContainText('Inactive record');
    expect((await stored(sandbox, ID)).active).toBe(false);
  });

  test('a date of death that the other user saved replaces the one typed, and confirming keeps it', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open(`/patients/${ID}`);
    await more(page, 'Mark as deceased');
    await dialog(page).getByLabel('Year').fill('2023');
    await elsewhere(sandbox, ID, DIED);
    await confirm(page, 'Mark as deceased').click();
    await expect(dialog(page)).toContainText('06-May-2024. You had entered: 2023.');
    await expect(dialog(page).getByLabel('Day')).toHaveValue('6');
    await expect(dialog(page).getByLabel('Year')).toHaveValue('2024');
    await expect(confirm(page, 'Not deceased')).toHaveCount(0);
    await expectAccessible(page, 'a death that somebody else recorded');
    await confirm(page, 'Mark as deceased').click();
    await expect(dialog(page)).toHaveCount(0);
    expect(await stored(sandbox, ID)).toMatchObject(DIED);
  });

  test('saving a date of death does not mark as deceased again after that mark was removed', async ({
    app,
    page,
    sandbox,
  }) => {
    await elsewhere(sandbox, ID, DIED);
    await app.open(`/patients/${ID}`);
    await more(page, 'Change the date of death');
    await dialog(page).getByLabel('Year').fill('2023');
    await elsewhere(sandbox, ID, {
      deceasedDateTime: undefined,
      _deceasedDateTime: undefined,
      deceasedBoolean: false,
    });
    await confirm(page, 'Save the date').click();
    await expect(dialog(page)).toContainText('removed the mark as deceased');
    await expect(confirm(page, 'Save the date')).toHaveCount(0);
    await expect(confirm(page, 'Not deceased')).toHaveCount(0);
  });

  test('an unrelated change asks for confirmation again, which a key held down does not give', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open(`/patients/${ID}`);
    await more(page, 'Mark as inactive');
    await elsewhere(sandbox, ID, { gender: 'other' });
    const before = puts(sandbox);
    await confirm(page, 'Mark as inactive').focus();
    await page.keyboard.down('Enter');
    await expect(dialog(page)).toContainText('Somebody changed this record in the meantime');
    for (let n = 0; n < 5; n += 1) await page.keyboard.down('Enter'); // key repeat
    await page.keyboard.up('Enter');
    await confirm(page, 'Mark as inactive').focus();
    await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
    await expect(dialog(page)).toHaveCount(0);
    expect(puts(sandbox)).toBe(before + 1);
    expect(await stored(sandbox, ID)).toMatchObject({ active: false, gender: 'other' });
  });

  test('a record that was merged cannot be marked as active', async ({ app, page, sandbox }) => {
    await elsewhere(sandbox, ID, { active: false });
    await app.open(`/patients/${ID}`);
    await more(page, 'Mark as active');
    const replaced = { other: { reference: 'Patient/awkward-aged' }, type: 'replaced-by' as const };
    await elsewhere(sandbox, ID, { link: [replaced], gender: 'other' });
    await confirm(page, 'Mark as active').click();
    await expect(dialog(page)).toContainText('must not be changed any more');
    await expect(confirm(page, 'Mark as active')).toHaveCount(0);
    await expectAccessible(page, 'an action on a record that was merged');
    expect((await stored(sandbox, ID)).active).toBe(false);
  });

  test('a record that was merged itself cannot be chosen as the one that stays', async ({
    app,
    page,
    sandbox,
  }) => {
    await findTwin(app);
    const replaced = {
      other: { reference: 'Patient/awkward-seealso' },
      type: 'replaced-by' as const,
    };
    await elsewhere(sandbox, 'awkward-survivor', { active: false, link: [replaced] });
    await chooseTwin(page);
    await expect(dialog(page)).toContainText('has already been merged into another record');
    await expect(link(page)).toHaveCount(0);
    await press(page, 'Choose another record').click();
    await expect(dialog(page).getByLabel('Name, birth date or identifier')).toBeFocused();
  });
});

test.describe('a server that accepts a change but does not keep it', () => {
  test('an action is not reported as done', async ({ app, page, sandbox }) => {
    await app.open(`/patients/${ID}`);
    await keepWithout(page, 'deceasedBoolean');
    await more(page, 'Mark as deceased');
    await confirm(page, 'Mark as deceased').click();
    await expect(dialog(page)).toContainText('The server accepted the change, but did not save it');
    await expectAccessible(page, 'an action that the server did not store');
    expect((await stored(sandbox, ID)).deceasedBoolean).toBeUndefined();
  });

  test('a link of two records is not reported as done', async ({ app, page, sandbox }) => {
    await findTwin(app);
    await keepWithout(page, 'link');
    await chooseTwin(page);
    await linkTwins(page);
    await expect(dialog(page)).toContainText('The server accepted the change, but did not save it');
    expect((await stored(sandbox, 'awkward-seealso')).link).toBeUndefined();
  });

  test('an action that is done names other data that the server lost', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open(`/patients/${ID}`);
    await keepWithout(page, 'name');
    await more(page, 'Mark as inactive');
    await confirm(page, 'Mark as inactive').click();
    await expect(dialog(page)).toHaveCount(0);
    await expect(page.getByRole('alert')).toContainText(/did not keep everything .*: Name/);
    expect((await stored(sandbox, ID)).active).toBe(false);
  });
});

test('a link is not reported as half done when a later read shows that both halves are done', async ({
  app,
  guard,
  page,
  sandbox,
}) => {
  guard.allowError(/ERR_CONTENT_LENGTH_MISMATCH/);
  sandbox.fhir.faults.add({ method: 'POST', path: /\/fhir\/?$/, status: 405, body: '' });
  const path = /awkward-seealso$/;
  sandbox.fhir.faults.add({ method: 'PUT', path, times: 1, ...faultKinds.answerLost() });
  await findTwin(app);
  await chooseTwin(page);
  // The reads before the transaction and before the updates succeed; the one after the loss fails.
  sandbox.fhir.faults.add({ method: 'GET', path, skip: 2, times: 1, status: 403, body: '' });
  await linkTwins(page);
  await expect(dialog(page)).toHaveCount(0);
  await expect(app.chart.banner).toContainText(/merged/i);
  expect(sandbox.fhir.log.filter((e) => path.test(e.path) && e.status === 403)).toHaveLength(1);
  expect((await stored(sandbox, 'awkward-seealso')).active).toBe(false);
});

test.describe('cancelled before anything is sent', () => {
  test('an action is not done after Cancel or leaving while the record is being read', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open(`/patients/${ID}`);
    await app.shell.patients.click();
    await app.listIsFilled();
    await page.goBack();
    const before = puts(sandbox);
    const looking = { method: 'GET', path: new RegExp(`${ID}$`), times: 1 };
    for (const way of ['Cancel', 'leaving']) {
      await more(page, 'Mark as deceased');
      const read = hold(sandbox, looking);
      const look = page.waitForRequest((request) => looking.path.test(request.url()));
      await confirm(page, 'Mark as deceased').click();
      await read.asked();
      await expect(dialog(page).getByRole('status')).toHaveText('');
      if (way === 'Cancel') {
        await press(page, 'Cancel').click();
        await expect(dialog(page)).toHaveCount(0);
      } else {
        await page.goForward();
        await app.listIsFilled();
      }
      read.release();
      await arrived(await look);
      await settled(page, sandbox);
      expect(puts(sandbox), way).toBe(before);
    }
    expect((await stored(sandbox, ID)).deceasedBoolean).toBeUndefined();
  });

  test('a link of two records is not made', async ({ app, page, sandbox }) => {
    await findTwin(app);
    await chooseTwin(page);
    const path = /awkward-survivor$/;
    const read = hold(sandbox, { method: 'GET', path, times: 1 });
    const look = page.waitForRequest((request) => path.test(request.url()));
    await linkTwins(page);
    await read.asked();
    await press(page, 'Cancel').click();
    await expect(dialog(page)).toHaveCount(0);
    read.release();
    await arrived(await look);
    await settled(page, sandbox);
    const bundles = sandbox.fhir.log.filter(
      (e) => e.method === 'POST' && /\/fhir\/?$/.test(e.path),
    );
    expect(bundles).toHaveLength(0);
    expect((await stored(sandbox, 'awkward-seealso')).active).not.toBe(false);
  });
});
