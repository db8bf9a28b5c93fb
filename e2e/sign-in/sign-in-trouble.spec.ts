import { expect, test } from '../fixtures.ts';
import { LABELS } from '../support/app.ts';
import { UNAUTHORIZED } from '../support/records.ts';

test.describe('Entra ID', () => {
  test('requirement 32: each refusal of Entra ID is explained in words, with a way to start over', async ({
    afresh,
    app,
    page,
    sandbox,
  }) => {
    test.setTimeout(120_000);
    for (const [code, said] of [
      ['AADSTS50020', 'does not belong to the organisation'],
      ['AADSTS65001', 'An administrator must first allow this app'],
      ['AADSTS50105', 'has not been assigned to this app'],
      ['AADSTS53003', 'rules do not allow this sign-in'],
      ['AADSTS50011', 'redirect address of this site is not registered'],
      ['AADSTS700016', 'does not know this app'],
      ['AADSTS50057', 'locked or disabled'],
      ['AADB2C90091', 'The sign-in was cancelled'],
    ] as const) {
      await afresh(code, async () => {
        const description = `${code}: <img src=x onerror=globalThis.__xss=1> Trace ID: 1`;
        sandbox.entra.control.deny = { error: 'access_denied', description };
        await page.goto('/patients');
        await app.shell.signInTo(LABELS.entra).click();
        await expect(app.shell.alert).toContainText(said);
        await expect(app.shell.alert).toContainText(code);
        await expect(app.shell.alert.locator('img[src="x"]')).toHaveCount(0);
        await expect(app.shell.alert.getByRole('link', { name: 'Access check' })).toBeVisible();
        await page.getByRole('button', { name: 'Start over' }).click();
        await expect(app.shell.signInTo(LABELS.entra)).toBeVisible();
      });
    }
    sandbox.entra.control.deny = undefined;
    await app.signIn('entra');
    await app.listIsFilled();
  });

  test('a browser clock that is a day ahead neither prevents sign-in nor causes a loop', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.clock.install({ time: Date.now() + 26 * 3_600_000 });
    await app.openList('entra');
    await page.reload();
    await app.listIsFilled();
    expect(sandbox.entra.log.filter(({ kind }) => kind === 'authorize')).toHaveLength(1);
    expect(
      sandbox.entra.log.filter(({ kind, method }) => kind === 'token' && method === 'POST').length,
    ).toBeLessThanOrEqual(2);
  });

  test('an identity provider that cannot be reached is reported, with what to check', async ({
    app,
    guard,
    page,
    sandbox,
    stage,
  }) => {
    guard.allowError(/net::ERR|fetch|endpoints_resolution|ClientAuthError/i);
    const config = sandbox.appConfig();
    const authority = 'https://localhost:9/11111111-2222-3333-4444-555555555555';
    stage.host.setConfig({
      ...config,
      servers: config.servers.map((server) =>
        server.id === 'entra'
          ? { ...server, auth: { ...server.auth, authority, knownAuthorities: ['localhost:9'] } }
          : server,
      ),
    });
    guard.allowOrigin('https://localhost:9');
    await page.goto('/patients');
    await app.shell.signInTo(LABELS.entra).click();
    await expect(app.shell.alert).toContainText('identity provider could not be reached');
    await expect(app.shell.alert).toContainText('certificate');
    await expect(app.shell.signInTo(LABELS.entra)).toBeEnabled();
  });

  test('blocked cookies and storage are explained before anything is sent', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.addInitScript(() => {
      Object.defineProperty(globalThis, 'sessionStorage', {
        get() {
          throw new DOMException('Access is denied for this document.', 'SecurityError');
        },
      });
    });
    await page.goto('/patients');
    for (const server of ['entra', 'ehr'] as const) {
      await app.shell.signInTo(LABELS[server]).click();
      await expect(app.shell.alert.last()).toContainText('does not let this page keep anything');
    }
    expect([...sandbox.entra.log, ...sandbox.ehr.log]).toEqual([]);
  });

  test('an expired sign-in hides the page, and a new sign-in returns to the same page', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/interaction_required|login_required|BrowserAuthError|frame/i);
    await app.openList('entra');
    await app.list.box.fill('Methusa');
    await app.list.searchButton.click();
    await expect(app.list.rows).toHaveCount(1);
    sandbox.entra.control.refuseRefresh = true; // AADSTS700084, after 24 hours
    await page.context().clearCookies(); // and the provider has no session any more
    const again = sandbox.fhir.faults.add({
      method: 'GET',
      path: /\/fhir\/[A-Z]/,
      ...UNAUTHORIZED,
    });
    await app.list.patient(/methusa/i).click();
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toContainText('Your session has ended');
    await expect(app.list.patients).toBeHidden();
    await expect(app.chart.banner).toBeHidden();
    again();
    const address = page.url();
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('button', { name: 'Dr Casey Moreau' }).click();
    await expect(app.chart.banner).toBeVisible();
    expect(page.url()).toBe(address);
  });

  test('claims that a policy demands go into the next sign-in', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/interaction_required|BrowserAuthError|frame/i);
    await app.openList('entra');
    sandbox.entra.control.interactionRequired = true;
    const again = sandbox.fhir.faults.add({ method: 'GET', path: /Patient/, ...UNAUTHORIZED });
    await app.list.box.fill('Methusa');
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toBeVisible();
    again();
    sandbox.entra.log.length = 0;
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await page.getByRole('button', { name: 'Dr Casey Moreau' }).click();
    await expect(app.list.patient(/methusa/i)).toBeVisible();
    await expect(app.list.box).toHaveValue('Methusa');
    const asked = sandbox.entra.log.find(({ kind }) => kind === 'authorize')?.params ?? {};
    expect(asked['claims']).toContain('"acrs"');
  });

  test('a token that the server never accepts is reported as a loop at the fourth sign-in in a minute', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    test.setTimeout(120_000);
    guard.allowError(/interaction_required|BrowserAuthError|frame/i);
    await app.openList('entra');
    sandbox.entra.control.interactionRequired = true;
    sandbox.entra.control.signInAs = sandbox.entra.users[0]?.id;
    sandbox.fhir.faults.add({ method: 'GET', path: /Patient/, ...UNAUTHORIZED });
    await app.list.box.fill('Methusa');
    const dialog = page.getByRole('alertdialog');
    for (let i = 0; i < 2; i++) {
      const arrived = page.waitForEvent('load');
      await dialog.getByRole('button', { name: 'Sign in again' }).click();
      await arrived;
      await expect(dialog).toContainText('Your session has ended', { timeout: 20_000 });
    }
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await expect(dialog).toContainText('back and forth');
    await expect(dialog).toContainText('three times in a minute');
    await expect(dialog.getByRole('link', { name: 'Access check' }).first()).toBeVisible();
  });
});
