import type { Patient } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { hold } from '../support/hold.ts';
import { draftKept, press, stored } from '../support/records.ts';

const postsOf = (log: readonly { method: string; path: string }[]): number =>
  log.filter(({ method, path }) => method === 'POST' && path.endsWith('/Patient')).length;

test.describe('creating a patient', () => {
  test('opens the chart of the new patient, whom the list finds', async ({ app, sandbox }) => {
    await app.open('/patients/new');
    await app.form.family.fill('Quillfeather');
    await app.form.given.fill('Ada Grace');
    await app.form.day.fill('25');
    await app.form.month.selectOption({ label: 'December' }).catch(() => app.form.month.fill('12'));
    await app.form.year.fill('1960');
    await app.form.gender.selectOption({ label: 'Female' });
    await app.form.create.click();
    await expect(app.chart.heading).toContainText('QUILLFEATHER, Ada Grace');
    await expect(app.chart.banner).toContainText('25-Dec-1960');
    expect(postsOf(sandbox.fhir.log)).toBe(1);
    await app.shell.patients.click();
    await app.list.box.fill('Quillfeather');
    await app.list.searchButton.click();
    await expect(app.list.patient(/^QUILLFEATHER, Ada Grace/)).toBeVisible();
  });

  test('requirement 58: a double click creates one patient, without id and meta', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open('/patients/new');
    const creating = hold(sandbox, { method: 'POST', path: /\/Patient$/, times: 1 });
    await app.form.family.fill('<b>Double</b>');
    await app.form.given.fill('Click');
    const sent = page.waitForRequest((r) => r.method() === 'POST' && r.url().endsWith('/Patient'));
    await app.form.create.dblclick();
    const request = await sent;
    await creating.asked();
    creating.release();
    expect(request.headers()['content-type']).toMatch(/^application\/fhir\+json/);
    const body = request.postDataJSON() as Patient;
    expect(Object.keys(body)).not.toContain('id');
    expect(Object.keys(body)).not.toContain('meta');
    expect(body.name?.[0]?.family).toBe('<b>Double</b>');
    await expect(app.chart.banner).toContainText('<B>DOUBLE</B>', { ignoreCase: true });
    expect(postsOf(sandbox.fhir.log)).toBe(1);
  });

  test('a missing name and an impossible date are named, with links to the fields', async ({
    app,
    sandbox,
  }) => {
    await app.open('/patients/new');
    await expect(app.shell.main).toContainText('at least a family name or given names');
    await app.form.day.fill('31');
    await app.form.month.selectOption({ label: 'February' }).catch(() => app.form.month.fill('2'));
    await app.form.year.fill('1999');
    const { day, month, year, gender } = app.form;
    const places = (): Promise<unknown> =>
      Promise.all(
        [day, month, year, gender].map(async (field) => {
          const { x, y, width } = (await field.boundingBox())!;
          const first = (await day.boundingBox())!;
          return { x, width, below: y - first.y };
        }),
      );
    const before = await places();
    const form = app.page.locator('form');
    await form.evaluate((element) => {
      new MutationObserver(() => (document.body.dataset['inert'] = 'once')).observe(element, {
        attributeFilter: ['inert'],
        subtree: true,
      });
    });
    await app.form.create.click();
    await expect(app.form.alert.first()).toBeVisible();
    // The errors are shown without making the form inert, and no field has moved.
    await expect(app.page.locator('body')).not.toHaveAttribute('data-inert');
    await expect(day).toHaveAccessibleDescription(/This day does not exist/);
    expect(await places()).toEqual(before);
    await app.form.alert.first().getByRole('link').first().click();
    await expect(app.page.locator('input:focus, select:focus')).toHaveCount(1);
    expect(postsOf(sandbox.fhir.log)).toBe(0);
  });

  test('shows the reason of a refusal at its field', async ({ app, sandbox }) => {
    await app.open('/patients/new');
    await app.form.family.fill('Refused');
    const post = { method: 'POST', path: /\/Patient$/, times: 1 };
    sandbox.fhir.faults.add({ ...post, status: 403, body: '' });
    await app.form.create.click();
    // The button is below the form and the alert above it.
    await expect(app.form.alert).toBeInViewport();
    await expect(app.page.getByText('found no problems')).toHaveCount(0);
    sandbox.fhir.faults.add({
      ...post,
      status: 422,
      contentType: 'application/fhir+json',
      body: {
        resourceType: 'OperationOutcome',
        issue: [
          {
            severity: 'error',
            code: 'invariant',
            diagnostics: 'This family name is on the list of test names.',
            expression: ['Patient.name[0].family'],
          },
        ],
      },
    });
    await app.form.create.click();
    await expect(app.form.alert.first()).toContainText(
      'This family name is on the list of test names.',
    );
    await expect(app.form.family).toHaveAttribute('aria-invalid', 'true');
    await expect(app.form.family).toHaveValue('Refused');
    await app.form.create.click();
    await expect(app.chart.heading).toContainText('REFUSED');
  });

  test('leads from the reason of a refusal to the general practitioner that it is about', async ({
    app,
    page,
    sandbox,
  }) => {
    const patient = sandbox.fhir.store.current('Patient', 'p0001') as Patient;
    const generalPractitioner = [{ reference: 'Practitioner/gone', display: 'Dr. Gone' }];
    sandbox.fhir.store.write({ ...patient, generalPractitioner }, 'p0001');
    await app.open('/patients/p0001/edit');
    await app.form.family.fill('Changed');
    sandbox.fhir.faults.add({
      method: 'PUT',
      path: /\/Patient\/p0001$/,
      status: 422,
      contentType: 'application/fhir+json',
      body: {
        resourceType: 'OperationOutcome',
        issue: [
          {
            severity: 'error',
            code: 'not-found',
            diagnostics: 'There is no such practitioner.',
            expression: ['Patient.generalPractitioner[0]'],
          },
        ],
      },
    });
    await app.form.save.click();
    await app.form.alert.getByRole('link', { name: 'There is no such practitioner.' }).click();
    const remove = page.getByRole('button', { name: 'Remove Dr. Gone' });
    await expect(remove).toBeFocused();
    await expect(remove).toHaveAccessibleDescription('There is no such practitioner.');
  });

  test('fills the form from a search that found nobody, and keeps the search out of addresses', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList();
    const register = page.getByRole('button', { name: 'Register this person' });
    await app.list.box.fill('Zzmary Ann Zzevans 25 Dec 1960');
    await register.click();
    await expect(app.form.family).toHaveValue('Zzevans');
    await expect(app.form.given).toHaveValue('Zzmary Ann');
    await expect(app.form.year).toHaveValue('1960');
    const hint = page.getByText('Filled in from your search: Family name, Given names');
    await expect(hint).toBeVisible();
    await press(page, 'Swap the names').click();
    await expect(app.form.family).toHaveValue('Zzmary Ann');
    expect(page.url()).toMatch(/\/patients\/new$/);
    const kept = await page.evaluate(() =>
      JSON.stringify([history.state, Object.entries(localStorage)]),
    );
    expect(kept).not.toMatch(/zzevans/i);
    // This input is a draft like any other, which a later search does not overwrite.
    await draftKept(page, String.raw`family\":\"Zzmary Ann`);
    page.on('dialog', (asked) => void asked.accept());
    await page.goto('/patients');
    await app.list.box.fill('Zzlater');
    await register.click();
    await expect(page.getByText('What you typed earlier is back.')).toBeVisible();
    await expect(app.form.family).toHaveValue('Zzmary Ann');
    const afresh = press(page, 'Start afresh');
    await afresh.click();
    const question = page.getByRole('alertdialog', { name: 'Start afresh?' });
    await expect(question).toContainText('will be lost');
    await expectAccessible(page, 'the question before a draft is discarded');
    await page.keyboard.press('Enter'); // the answer that loses nothing has the focus
    await expect(question).toBeHidden();
    await expect(afresh).toBeFocused();
    await expect(app.form.family).toHaveValue('Zzmary Ann');
    await afresh.click();
    await question.getByRole('button', { name: 'Start afresh' }).click();
    await expect(app.form.family).toHaveValue('Zzlater');
    await expect(app.form.family).toBeFocused();
    await press(page, 'Empty the form').click();
    await expect(app.form.family).toHaveValue('');
    await expect(app.form.family).toBeFocused();
    expect(postsOf(sandbox.fhir.log)).toBe(0);
  });

  test('requirement 23: a user who may only read cannot create a patient, and is told why', async ({
    app,
    sandbox,
  }) => {
    await app.open('/patients', 'entra', 'Robin Adeyemi');
    await app.listIsFilled();
    await expect(app.list.newPatient.and(app.page.locator('a[href]'))).toHaveCount(0);
    await app.list.box.fill('Nobodyhasthisname');
    await expect(app.page.getByText('No patients found')).toBeVisible();
    await expect(app.page.getByRole('button', { name: 'Register this person' })).toHaveCount(0);
    await app.page.goto('/patients/new');
    await expect(app.shell.main).toContainText(/not allowed|may not|role/i);
    await expect(app.form.create.and(app.page.locator(':enabled'))).toHaveCount(0);
    expect(postsOf(sandbox.fhir.log)).toBe(0);
  });
});

test.describe('editing a patient', () => {
  test('changes what was edited and keeps the rest, with If-Match', async ({ app, sandbox }) => {
    const opened = await stored(sandbox, 'awkward-primitive-extensions');
    await app.open('/patients/awkward-primitive-extensions/edit');
    await app.form.family.fill('Van Changed');
    const sent = app.page.waitForRequest((request) => request.method() === 'PUT');
    await app.form.save.click();
    const request = await sent;
    expect(request.headers()['if-match']).toBe('W/"1"');
    const body = request.postDataJSON() as Patient;
    expect(body.contained).toHaveLength(1);
    expect(body.extension?.length).toBeGreaterThan(1);
    expect(body).toMatchObject({ contained: opened.contained, extension: opened.extension });
    await expect(app.chart.heading).toContainText('VAN CHANGED');
    expect(sandbox.fhir.log.some(({ method }) => method === 'PUT')).toBe(true);
  });
});
