import { expect, test } from './fixtures.ts';
import type { App } from './support/app.ts';
import { LABELS } from './support/app.ts';

const UNAUTHORIZED = {
  status: 401,
  body: {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'login', diagnostics: 'Authentication failed.' }],
  },
};

const refreshes = (app: App) =>
  app.stage.sandbox.ehr.log.filter(({ params }) => params['grant_type'] === 'refresh_token');

test.describe('a session that runs out', () => {
  test('requirements 12, 39: many 401s at once: one refresh, with client_id, and everything is shown', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList('ehr');
    sandbox.fhir.faults.add({ method: 'GET', path: /\/fhir\/[A-Z]/, times: 4, ...UNAUTHORIZED });
    await app.list.patient(/./).first().click();
    await expect(app.chart.banner).toBeVisible();
    await page.waitForLoadState('networkidle');
    await expect(app.chart.alert).toHaveCount(0);
    expect(refreshes(app)).toHaveLength(1);
    expect(refreshes(app)[0]?.params['client_id']).toBe(sandbox.ehr.clientId);
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
  });

  test('requirement 39: a rotated refresh token: the old one is never sent again', async ({
    app,
    sandbox,
  }) => {
    await app.openList('ehr');
    for (const name of ['Methusa', 'Dormant']) {
      sandbox.fhir.faults.add({ method: 'GET', path: /Patient\?/, times: 1, ...UNAUTHORIZED });
      await app.list.box.fill(name);
      await app.list.searchButton.click();
      await expect(app.list.rows).toHaveCount(1);
      await expect(app.list.patient(new RegExp(name, 'i'))).toBeVisible();
    }
    const sent = refreshes(app).map(({ params }) => params['refresh_token']);
    expect(sent).toHaveLength(2);
    expect(new Set(sent).size).toBe(2);
  });

  test('requirement 40: refresh refused: the page is masked, and nothing loops', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList('ehr');
    sandbox.ehr.control.refresh = 'refuse';
    sandbox.fhir.faults.add({ method: 'GET', path: /Patient/, ...UNAUTHORIZED });
    await app.list.box.fill('Methusa');
    await app.list.searchButton.click();
    await expect(page.getByRole('alertdialog')).toContainText('Your session has ended');
    await page.waitForTimeout(1_000);
    expect(refreshes(app).length).toBeLessThanOrEqual(2);
    await expect(app.list.patients.first()).toBeHidden();
  });

  test('requirement 40: what was typed in a form survives a new sign-in in place', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open('/patients/new', 'token');
    await app.form.family.fill('Keptwhileexpired');
    const clear = sandbox.fhir.faults.add({ method: 'POST', path: /Patient$/, ...UNAUTHORIZED });
    await app.form.create.click();
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toContainText('Your session has ended');
    clear();
    await dialog.getByLabel(/access token/i).fill(await sandbox.entra.accessToken());
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await expect(dialog).toHaveCount(0);
    await expect(app.form.family).toHaveValue('Keptwhileexpired');
  });

  test('requirement 42: Entra asks for the person: said within seconds, not after a hanging frame', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/interaction_required|BrowserAuthError|frame/i);
    await app.openList('entra');
    sandbox.entra.control.interactionRequired = true;
    sandbox.fhir.faults.add({ method: 'GET', path: /Patient/, ...UNAUTHORIZED });
    await app.list.box.fill('Methusa');
    await app.list.searchButton.click();
    await expect(page.getByRole('alertdialog')).toBeVisible({ timeout: 6_000 });
  });

  test('requirement 43: without use the session ends and the screen is cleared', async ({
    app,
    page,
  }) => {
    await page.clock.install();
    await app.openList('token');
    await page.clock.fastForward('16:00');
    await expect(app.shell.signInTo(LABELS.token)).toBeVisible();
    await expect(page.getByText('not used for a while')).toBeVisible();
    await expect(app.list.patients).toHaveCount(0);
  });
});
