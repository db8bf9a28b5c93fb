import { faultKinds } from '#sandbox/fhir/faults/faults.ts';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
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

/*
 * The response to a write is lost, so the app cannot know whether it was done: it reads before it
 * writes again. Each test counts the writes, because a browser may repeat a request by itself.
 */

const ID = 'awkward-inactive';

const versions = (sandbox: Sandbox, id: string): number =>
  sandbox.fhir.store.versions('Patient', id).length;

const asked = (sandbox: Sandbox, method: string, path: RegExp): number =>
  sandbox.fhir.log.filter((r) => r.method === method && path.test(r.path)).length;

test.beforeEach(({ guard }) => {
  guard.allowError(/net::ERR|Failed to load resource/);
});

test.describe('a lost response to an edit', () => {
  test('an edit that was done is found, and not sent again', async ({ app, sandbox }) => {
    await app.open(`/patients/${ID}/edit`);
    await app.form.family.fill('Savedonce');
    sandbox.fhir.faults.add({ method: 'PUT', times: 1, ...faultKinds.answerLost() });
    await app.form.save.click();
    await expect(app.chart.heading).toContainText('SAVEDONCE');
    expect(asked(sandbox, 'PUT', /Patient/)).toBe(1);
    expect(versions(sandbox, ID)).toBe(2);
  });

  test('an edit that was not done is offered again, with everything that was typed', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open(`/patients/${ID}/edit`);
    await app.form.family.fill('Triedagain');
    sandbox.fhir.faults.add({ method: 'PUT', times: 1, ...faultKinds.html(504) });
    await app.form.save.click();
    await expect(dialog(page)).toContainText(
      'So far nothing was changed, but the server may still do it.',
    );
    await expectAccessible(page, 'a lost answer to a change');
    expect(versions(sandbox, ID)).toBe(1);
    await press(page, 'Back to the form').click();
    await expect(app.form.family).toHaveValue('Triedagain');
    sandbox.fhir.faults.add({ method: 'PUT', times: 1, ...faultKinds.html(504) });
    await app.form.save.click();
    await press(page, 'Try again').click();
    await expect(app.chart.heading).toContainText('TRIEDAGAIN');
    expect(versions(sandbox, ID)).toBe(2);
  });

  test('a second try writes nothing twice, even where the server cannot be asked what was done', async ({
    app,
    context,
    page,
    sandbox,
  }) => {
    await app.open(`/patients/${ID}/edit`);
    await app.form.family.fill('Offlinenow');
    // The change arrives, then the network fails before the response and for every later read.
    let gone = false;
    await page.route(/\/Patient\//, async (route) => {
      if (route.request().method() === 'PUT') {
        await route.fetch();
        gone = true;
      }
      await (gone ? route.abort('connectionreset') : route.fallback());
    });
    await app.form.save.click();
    await expect(dialog(page)).toContainText(
      'the server cannot be asked what became of the change',
    );
    await page.unroute(/\/Patient\//);
    await context.setOffline(false);
    await press(page, 'Try again').click();
    await expect(app.chart.heading).toContainText('OFFLINENOW');
    expect(versions(sandbox, ID)).toBe(2);
  });

  test('later input is saved on top of the edit, and is not reported as a conflict', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open(`/patients/${ID}/edit`);
    await app.form.family.fill('Typedfirst');
    sandbox.fhir.faults.add({ method: 'PUT', times: 1, ...faultKinds.answerLost() });
    const silence = sandbox.fhir.faults.add({ method: 'GET', skip: 1, ...faultKinds.html(502) });
    await app.form.save.click();
    await expect(dialog(page)).toContainText(
      'the server cannot be asked what became of the change',
    );
    silence();
    await press(page, 'Back to the form').click();
    await app.form.given.fill('Typedsince');
    await app.form.save.click();
    await expect(app.chart.heading).toContainText('TYPEDFIRST, Typedsince');
    await expect(dialog(page)).toHaveCount(0);
    expect(versions(sandbox, ID)).toBe(3);
  });

  test('the resolution of a conflict can be tried again and is saved once', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open(`/patients/${ID}/edit`);
    await app.form.family.fill('Merged');
    await elsewhere(sandbox, ID, { gender: 'other' });
    await app.form.save.click();
    await expect(dialog(page)).toContainText('Somebody else changed this patient');
    sandbox.fhir.faults.add({ method: 'PUT', times: 1, ...faultKinds.html(502) });
    await dialog(page).getByRole('button', { name: 'Save changes' }).click();
    await expect(dialog(page)).toContainText('It is safe to try again.');
    sandbox.fhir.faults.add({ method: 'PUT', times: 1, ...faultKinds.answerLost() });
    await dialog(page).getByRole('button', { name: 'Save changes' }).click();
    await expect(app.chart.heading).toContainText('MERGED');
    expect(versions(sandbox, ID)).toBe(3);
    expect((await stored(sandbox, ID)).gender).toBe('other');
  });
});

test.describe('a create whose response holds no record', () => {
  test('the record is searched until it is found, and not created twice', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open('/patients/new');
    await app.form.family.fill('Unsaid');
    const create = { method: 'POST', path: /\/Patient$/ };
    sandbox.fhir.faults.add({ ...create, times: 1, ...faultKinds.createdUnsaid() });
    // The search index of a server may lag behind its writes.
    const indexed = sandbox.fhir.faults.add({
      path: /\/Patient\?/,
      rewrite: (body) => ({ ...(body as object), entry: [] }),
    });
    await app.form.create.click();
    await expect(dialog(page)).toContainText('UNSAID was created');
    await expect(dialog(page)).toContainText('do not create it a second time');
    await expect(dialog(page).getByRole('button', { name: /try again|anyway/i })).toHaveCount(0);
    await expectAccessible(page, 'created, and not said where');
    // Back in the form, even after a reload, the same button searches for the record again.
    await page.keyboard.press('Escape');
    await expect(dialog(page)).toBeHidden();
    page.on('dialog', (leaving) => void leaving.accept());
    await page.reload();
    await expect(page.getByText('created the record, but did not say where')).toBeVisible();
    await expect(page.getByText('no answer came')).toHaveCount(0);
    await app.form.create.click();
    await expect(dialog(page)).toContainText('does not find it yet');
    indexed();
    await press(page, 'Look again').click();
    await expect(dialog(page)).toContainText('It seems to be the one below');
    await dialog(page)
      .getByRole('button', { name: /^Open this record instead/ })
      .click();
    await expect(app.chart.heading).toContainText('UNSAID');
    expect(asked(sandbox, 'POST', /\/Patient$/)).toBe(1);
  });

  test('the record is opened where Location names it, even if it cannot be read yet', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.setMode('hapi'); // exposes Location to the page
    await app.open('/patients/new');
    await app.form.family.fill('Unread');
    const headers = { Location: `${sandbox.fhir.openBaseUrl}/Patient/${ID}/_history/1` };
    sandbox.fhir.faults.add({ method: 'POST', path: /\/Patient$/, status: 201, body: '', headers });
    sandbox.fhir.faults.add({ method: 'GET', path: new RegExp(`/Patient/${ID}$`), status: 404 });
    await app.form.create.click();
    await expect(page.getByRole('paragraph').filter({ hasText: /^Created UNREAD/ })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/patients/${ID}$`));
    expect(asked(sandbox, 'POST', /\/Patient$/)).toBe(1);
  });
});

test.describe('a lost response to an action', () => {
  test('marking as inactive can be tried again and is done once', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-no-contact';
    await app.open(`/patients/${id}`);
    await more(page, 'Mark as inactive');
    const confirm = dialog(page).getByRole('button', { name: 'Mark as inactive' });
    sandbox.fhir.faults.add({ method: 'PUT', times: 1, ...faultKinds.html(504) });
    await confirm.click();
    await expect(dialog(page)).toContainText('So far nothing was changed');
    sandbox.fhir.faults.add({ method: 'PUT', times: 1, ...faultKinds.answerLost() });
    await confirm.click();
    await expect(app.chart.banner).toContainText('Inactive record');
    expect(versions(sandbox, id)).toBe(2);
  });

  test('a deletion can be tried again and is done once', async ({ app, page, sandbox }) => {
    const id = 'awkward-test';
    const confirm = await startDeleting(app);
    sandbox.fhir.faults.add({ method: 'DELETE', times: 1, ...faultKinds.html(504) });
    await confirm.click();
    await expect(dialog(page)).toContainText('So far nothing was changed');
    expect(versions(sandbox, id)).toBe(1);
    // The server deletes, but the gateway in front of it responds with an error.
    await page.route(
      /\/Patient\/awkward-test$/,
      async (route) => {
        if (route.request().method() !== 'DELETE') return route.fallback();
        await route.fetch();
        return route.fulfill({ status: 504, headers: { 'access-control-allow-origin': '*' } });
      },
      { times: 1 },
    );
    await confirm.click();
    await expect(page.getByRole('heading', { name: 'Patient deleted' })).toBeVisible();
    expect(versions(sandbox, id)).toBe(2);
    expect(asked(sandbox, 'POST', /Provenance/)).toBe(1);
  });

  for (const done of [true, false]) {
    test(`two records are linked once when the transaction ${done ? 'was' : 'was not'} done`, async ({
      app,
      page,
      sandbox,
    }) => {
      await findTwin(app);
      await chooseTwin(page);
      sandbox.fhir.faults.add({
        method: 'POST',
        path: /\/fhir\/?$/,
        times: 1,
        ...(done ? faultKinds.answerLost() : faultKinds.html(504)),
      });
      await linkTwins(page);
      if (!done) {
        await expect(dialog(page)).toContainText('So far nothing was changed');
        expect(versions(sandbox, 'awkward-survivor')).toBe(1);
        await link(page).click();
      }
      await expect(app.chart.banner).toContainText(/merged/i);
      expect(versions(sandbox, 'awkward-seealso')).toBe(2);
      expect(versions(sandbox, 'awkward-survivor')).toBe(2);
      expect(asked(sandbox, 'POST', /fhir\/?$/)).toBe(done ? 1 : 2);
    });
  }

  test('restoring an old version can be tried again and is done once', async ({
    app,
    page,
    sandbox,
  }) => {
    const id = 'awkward-no-contact';
    await elsewhere(sandbox, id, { gender: 'other' });
    await app.open(`/patients/${id}/history/1`);
    await press(page, 'Restore this version').click();
    const restore = dialog(page).getByRole('button', { name: 'Restore this version' });
    sandbox.fhir.faults.add({ method: 'PUT', times: 1, ...faultKinds.html(502) });
    await restore.click();
    await expect(dialog(page)).toContainText('It is safe to try again.');
    sandbox.fhir.faults.add({ method: 'PUT', times: 1, ...faultKinds.answerLost() });
    await restore.click();
    await expect(page.getByRole('table', { name: 'History' })).toContainText('Version 3');
    expect(versions(sandbox, id)).toBe(3);
  });
});
