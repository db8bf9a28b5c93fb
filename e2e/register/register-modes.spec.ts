import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';
import { hold } from '../support/hold.ts';

test.describe('servers of other kinds', () => {
  test('Oracle: the list asks for search criteria in plain words and focuses the search box', async ({
    app,
    sandbox,
  }) => {
    sandbox.fhir.setMode('oracle');
    await app.open('/patients');
    await expect(app.list.alert).toContainText(
      'Give at least a name, an identifier or a birth date.',
    );
    await expect(app.list.alert).toContainText('No supported search parameters provided');
    await expect(app.list.box).toBeFocused();
    await expectAccessible(app.page, 'needs more criteria');
    await app.page.keyboard.type('methusa');
    await expect(app.list.patient(/^ELDER, Methusa/)).toBeVisible();
    await expect(app.list.alert).toHaveCount(0);
  });

  test('Oracle: a full name is searched as family and given name, and the list says which is which', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.setMode('oracle');
    await app.open('/patients');
    await expect(app.list.alert).toBeVisible();
    await app.list.box.fill('elder methusa');
    await expect(page.getByText('Searching by family name methusa and')).toBeVisible();
    await page
      .getByRole('button', { name: 'Search by family name elder and given name methusa instead' })
      .click();
    await expect(app.list.patient(/^ELDER, Methusa/)).toBeVisible();
    await expectAccessible(page, 'searched in the plainest form');
    // From now on, searches use this form at once.
    await app.list.box.fill('Methusa Elder 1922');
    await expect(page.getByText('Searching by family name Elder and given name')).toBeVisible();
    await expect(app.list.patient(/^ELDER, Methusa/)).toBeVisible();
    await expect(app.list.alert).toHaveCount(0);
    const refused = sandbox.fhir.log.filter(
      ({ status, query }) => status === 400 && query.includes('name='),
    );
    expect(refused).toHaveLength(1);
  });

  test('Epic: the list asks for the criteria that the server names in its refusal', async ({
    app,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: /\/Patient\?(?!.*birthdate)/,
      status: 400,
      body: {
        resourceType: 'OperationOutcome',
        issue: [
          {
            severity: 'error',
            code: 'required',
            diagnostics: 'Either identifier, or family, given and birthdate, must be provided.',
          },
        ],
      },
    });
    await app.open('/patients');
    await expect(app.list.alert).toContainText(
      'Give at least identifier or family name or given name or birth date.',
    );
    await expect(app.list.box).toBeFocused();
    await app.list.box.fill('elder 22 Sep 1922');
    await expect(app.list.patient(/^ELDER, Methusa/)).toBeVisible();
  });

  test('HAPI: paging back, removing a refused filter and counting work', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.setMode('hapi');
    await app.openList();
    const first = await app.names();
    await app.nextPage(2);
    expect(await app.names()).not.toEqual(first);
    await app.nextPage(3);
    for (const page of [2, 1]) {
      await app.list.previous.click();
      await expect(app.list.pageNumber(page)).toBeVisible();
    }
    await app.listIsFilled();
    expect(await app.names()).toEqual(first);
    await app.list.moreFilters.click();
    await app.list.filter('Email').waitFor();
    sandbox.fhir.behaviour.unsupported.add('Patient.email');
    await app.list.filter('Email').fill('a@b.example');
    await app.list.searchButton.click();
    await app.list.alert.getByRole('button', { name: 'Search without the filters' }).click();
    await app.listIsFilled();
    await expect(app.list.alert).toHaveCount(0);
    await page.getByRole('button', { name: 'Count them' }).click();
    await expect(page.getByText(/^1–20 of \d+$/)).toBeVisible();
  });

  test('FHIR R5: every page warns of the other version, and changes are not offered', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: /\/metadata/,
      rewrite: (body) => ({ ...(body as object), fhirVersion: '5.0.0' }),
    });
    await app.openList();
    const alert = page.getByRole('alert').filter({ hasText: 'This server speaks FHIR 5.0.0' });
    await expect(alert).toBeVisible();
    await expect(app.list.newPatient).toBeDisabled();
    await expect(app.list.newPatient).toHaveAccessibleDescription(/server does not offer it/);
    await expectAccessible(page, 'another version of FHIR');
    await page.goto('/patients/p0001');
    await expect(alert).toBeVisible();
    await expect(app.chart.edit).toHaveCount(0);
    await page.goto('/patients/new');
    await expect(alert).toBeVisible();
    await expect(app.form.create).toHaveCount(0);
    await page.goto('/patients/p0001/edit');
    await expect(alert).toBeVisible();
    await expect(app.form.save).toHaveCount(0);
  });

  test('the link New patient keeps the focus when the server turns out to refuse it', async ({
    app,
    sandbox,
  }) => {
    const held = hold(sandbox, {
      path: /\/metadata/,
      rewrite: (body) => ({ ...(body as object), fhirVersion: '5.0.0' }),
    });
    await app.openList();
    await held.asked();
    await app.list.newPatient.focus();
    await expect(app.list.newPatient).toBeEnabled();
    held.release();
    await expect(app.list.newPatient).toBeDisabled();
    await expect(app.list.newPatient).toBeFocused();
  });

  test('a refused count is reported in one line', async ({ app, page, sandbox }) => {
    await app.openList();
    sandbox.fhir.faults.add({
      path: /_summary=count/,
      status: 403,
      body: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'not-supported' }],
      },
    });
    await page.getByRole('button', { name: 'Count them' }).click();
    await expect(page.getByText('The server does not count.')).toBeVisible();
  });

  test('a count smaller than the number of rows in sight is not shown', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList();
    // A server may give the number of entries of a page instead of the total.
    sandbox.fhir.faults.add({
      path: /_summary=count/,
      rewrite: (body) => ({ ...(body as object), total: 10 }),
    });
    await page.getByRole('button', { name: 'Count them' }).click();
    await expect(page.getByText('The server does not count.')).toBeVisible();
    await expect(page.getByText(/of 10$/)).toHaveCount(0);
  });
});
