import type { Locator } from 'playwright/test';
import { expect, test } from '../fixtures.ts';
import { ExportPage } from '../pages/export-page.ts';
import { LABELS } from '../support/app.ts';
import { hold } from '../support/hold.ts';
import { UNAUTHORIZED } from '../support/records.ts';

test.describe('a session that runs out', () => {
  test('requirement 43: an unused session ends and the screen is cleared', async ({
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

  test('requirement 43: a new sign-in in a popup counts as use: the hidden page waits for it', async ({
    app,
    guard,
    page,
    sandbox,
    stage,
  }) => {
    guard.allowError(/interaction_required|BrowserAuthError|frame/i);
    const config = sandbox.appConfig();
    const servers = config.servers.map((server) =>
      server.id === 'entra'
        ? { ...server, auth: { ...server.auth, interaction: 'popup' } }
        : server,
    );
    stage.host.setConfig({ ...config, servers, idleTimeoutMinutes: 1 });
    const signInBy = async (button: Locator): Promise<Locator> => {
      const opening = page.waitForEvent('popup');
      await button.click();
      return (await opening).getByRole('button', { name: 'Dr Casey Moreau' });
    };
    await page.clock.install();
    await page.goto('/patients');
    await (await signInBy(app.shell.signInTo(LABELS.entra))).click();
    await app.listIsFilled();
    sandbox.entra.control.interactionRequired = true;
    const clear = sandbox.fhir.faults.add({ method: 'GET', path: /Patient/, ...UNAUTHORIZED });
    await app.list.box.fill('Methusa');
    const expired = page.getByRole('alertdialog', { name: 'Your session has ended' });
    await expect(expired).toBeVisible();
    clear();
    const person = await signInBy(expired.getByRole('button', { name: 'Sign in again' }));
    for (let i = 0; i < 4; i++) await page.clock.runFor(20_000); // the user enters a second factor
    await expect(expired).toBeVisible();
    await person.click();
    await expect(app.list.patient(/methusa/i)).toBeVisible();
    await expect(expired).toHaveCount(0);
  });

  test('requirement 43: an export warns of the idle time, and a download counts as use', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    const { behaviour } = sandbox.fhir;
    behaviour.exposedHeaders = ['Content-Location', 'Retry-After'];
    behaviour.exportPolls = 1_000_000;
    stage.host.setConfig({ ...sandbox.appConfig(), idleTimeoutMinutes: 2 });
    await page.clock.install();
    await app.open('/export', 'token');
    const it = new ExportPage(page);
    await it.start.click();
    await expect(it.message(/2 minutes without use sign you out/)).toBeVisible();
    behaviour.exportPolls = 0;
    const file = hold(sandbox, { path: /ndjson/ });
    const coming = page.waitForEvent('download');
    await it.download('Patient.ndjson').click();
    await file.asked();
    for (let i = 0; i < 7; i++) await page.clock.runFor(20_000);
    file.release();
    expect((await coming).suggestedFilename()).toBe('Patient.ndjson');
    await expect(it.download('Patient.ndjson')).toBeVisible();
  });
});
