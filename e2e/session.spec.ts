import type { Locator } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { ExportPage } from './pages/export-page.ts';
import type { App } from './support/app.ts';
import { LABELS } from './support/app.ts';
import { hold } from './support/hold.ts';
import { draftKept, searchAfterExpiry, UNAUTHORIZED } from './support/records.ts';
import { settled } from './support/settled.ts';

const refreshes = (app: App) =>
  app.stage.sandbox.ehr.log.filter(({ params }) => params['grant_type'] === 'refresh_token');

test.describe('a session that runs out', () => {
  test('requirements 12, 39: many 401s at once: one refresh, with client_id, and everything is shown', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList('ehr');
    // All four are under way before the first is asked again: it would be refused twice.
    const four = { method: 'GET', path: /\/fhir\/[A-Z]/, times: 4 };
    const refused = hold(sandbox, { ...four, ...UNAUTHORIZED });
    await app.list.patient(/./).first().click();
    await refused.asked(4);
    refused.release();
    await expect(app.chart.banner).toBeVisible();
    await settled(page, sandbox);
    await expect(app.chart.alert).toHaveCount(0);
    expect(refreshes(app)).toHaveLength(1);
    expect(refreshes(app)[0]?.params['client_id']).toBe(sandbox.ehr.clientId);
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
  });

  test('requirement 39: a rotated refresh token: the old one is never sent again', async ({
    app,
  }) => {
    await app.openList('ehr');
    for (const name of ['Methusa', 'Dormant']) {
      await searchAfterExpiry(app, name);
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
    await page.clock.install();
    await app.open('/patients/new', 'token');
    await app.form.family.fill('Keptwhileexpired');
    const clear = sandbox.fhir.faults.add({ method: 'POST', path: /Patient$/, ...UNAUTHORIZED });
    await app.form.create.click();
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toContainText('Your session has ended');
    clear();
    await dialog.getByRole('button', { name: 'Sign out' }).click();
    const question = page.getByRole('alertdialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Stay on this page' }).click();
    await expect(question).toHaveCount(0);
    // Requirement 43: nor is it lost without a warning because the new token took a while.
    await page.clock.fastForward('14:20');
    const warning = page.getByRole('alertdialog', { name: 'Are you still there?' });
    await warning.getByRole('button', { name: 'Stay signed in' }).click();
    await expect(warning).toHaveCount(0);
    await page.clock.fastForward('01:00');
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

  test('requirement 43: a new sign-in in a window of its own is use: the masked page waits for it', async ({
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
    for (let i = 0; i < 4; i++) await page.clock.runFor(20_000); // a second factor
    await expect(expired).toBeVisible();
    await person.click();
    await expect(app.list.patient(/methusa/i)).toBeVisible();
    await expect(expired).toHaveCount(0);
  });

  test('requirement 43: an export says what idleness does to it, and a download is use', async ({
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

  test('requirement 39: a duplicated tab never uses a refresh token that the other has used', async ({
    app,
    sandbox,
  }) => {
    await app.openList('ehr');
    const other = await app.duplicate();
    for (const [tab, name] of [
      [app, 'Methusa'],
      [other, 'Dormant'], // this one still holds the token that the first has used up
      [other, 'Methusa'],
      [app, 'Dormant'],
    ] as const) {
      await searchAfterExpiry(tab, name);
      await expect(tab.list.patient(new RegExp(name, 'i'))).toBeVisible();
      await expect(tab.page.getByRole('alertdialog')).toHaveCount(0);
    }
    const sent = refreshes(app).map(({ params }) => params['refresh_token']);
    expect(sent.length).toBeGreaterThanOrEqual(2);
    expect(new Set(sent).size, 'no token twice').toBe(sent.length);
    expect(sandbox.ehr.log.filter(({ kind, status }) => kind === 'token' && status >= 400)).toEqual(
      [],
    );
  });

  test('requirement 39: two tabs that renew at the same moment take turns', async ({
    app,
    sandbox,
  }) => {
    await app.openList('ehr');
    const other = await app.duplicate();
    sandbox.ehr.control.tokenDelay = 500;
    await Promise.all([searchAfterExpiry(app, 'Methusa'), searchAfterExpiry(other, 'Methusa')]);
    for (const tab of [app, other]) {
      await expect(tab.list.patient(/methusa/i)).toBeVisible();
      await expect(tab.page.getByRole('alertdialog')).toHaveCount(0);
    }
    const sent = refreshes(app).map(({ params }) => params['refresh_token']);
    expect(new Set(sent).size, 'no token twice').toBe(sent.length);
  });

  test('requirement 39: the race is lost to a tab that is gone: sign in again in place', async ({
    app,
    sandbox,
  }) => {
    await app.openList('ehr');
    const other = await app.duplicate();
    await searchAfterExpiry(app, 'Methusa');
    await expect(app.list.patient(/methusa/i)).toBeVisible();
    await app.page.close();
    await searchAfterExpiry(other, 'Dormant');
    const dialog = other.page.getByRole('alertdialog');
    await expect(dialog).toContainText('Your session has ended');
    sandbox.ehr.log.length = 0;
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await app.stage.answerEhr(other.page);
    await expect(other.list.patient(/dormant/i)).toBeVisible();
    await expect(other.page).toHaveURL(/\/patients$/);
  });

  test('requirements 37, 39, 70: what duplicated tabs tell each other holds no readable token', async ({
    app,
    page,
  }) => {
    await page.addInitScript(() => {
      const heard: string[] = [];
      Reflect.set(globalThis, '__heard', heard);
      const Real = BroadcastChannel;
      globalThis.BroadcastChannel = class extends Real {
        override postMessage(message: unknown): void {
          heard.push(
            JSON.stringify(message, (_key, value: unknown) =>
              value instanceof ArrayBuffer ? new TextDecoder().decode(value) : value,
            ),
          );
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no window
          super.postMessage(message);
        }
      };
    });
    await app.openList('ehr');
    const other = await app.duplicate();
    await searchAfterExpiry(app, 'Methusa');
    await expect(app.list.patient(/methusa/i)).toBeVisible();
    // A stranger's message of the right shape changes nothing.
    await other.page.evaluate(() => {
      const id = (
        JSON.parse(sessionStorage.getItem('/pb.smart.session') ?? '{}') as {
          share: { id: string };
        }
      ).share.id;
      const channel = new BroadcastChannel('pb.tokens');
      const tell = channel.postMessage.bind(channel);
      channel.addEventListener('message', () => {
        const data = new TextEncoder().encode('{"accessToken":"FORGED","expiresAt":9e9}').buffer;
        tell({ type: 'answer', id, iv: new Uint8Array(12), data });
        tell({ type: 'answer', id, iv: 'x', data: 'y' });
        tell(null);
      });
    });
    const used: (string | undefined)[] = [];
    other.page.on('request', (request) => used.push(request.headers()['authorization']));
    await searchAfterExpiry(other, 'Dormant');
    await expect(other.list.patient(/dormant/i)).toBeVisible();
    const heard = (await app.page.evaluate(() => Reflect.get(globalThis, '__heard'))) as string[];
    expect(heard.some((text) => text.includes('"answer"'))).toBe(true);
    expect(heard.join('\n')).not.toMatch(/eyJ|accessToken|FORGED/);
    expect(used.join('\n')).toMatch(/Bearer eyJ/);
    expect(used.join('\n')).not.toContain('FORGED');
  });

  test('requirement 41: a server that takes no token: one renewal, one more try, then it is said', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList('ehr');
    sandbox.fhir.faults.add({ method: 'GET', path: /\/Patient\?/, ...UNAUTHORIZED });
    const asked: string[] = [];
    page.on('request', (request) => {
      if (/\/Patient\?/.test(request.url())) asked.push(request.url());
    });
    await app.list.box.fill('Methusa');
    await expect(app.shell.alert.or(page.getByRole('alertdialog')).first()).toBeVisible();
    await page.waitForTimeout(1_500);
    expect(refreshes(app)).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });

  test('requirement 40: a server that hides its refusal from the page (no CORS headers) still ends the session', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/CORS|net::ERR/i);
    await page.clock.install();
    sandbox.ehr.control.tokenLifetime = 60;
    await app.openList('ehr');
    sandbox.ehr.control.refresh = 'refuse';
    await page.clock.fastForward('01:05');
    await page.route(/\/fhir\/Patient\?/, (route) => route.abort('failed'));
    await app.list.box.fill('Methusa');
    await expect(page.getByRole('alertdialog')).toContainText('Your session has ended');
  });

  test('requirement 40: what was typed in a form survives a sign-in at the EHR', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.open('/patients/new', 'ehr');
    await app.form.family.fill('Keptoverredirect');
    await draftKept(page, 'Keptoverredirect');
    sandbox.ehr.control.refresh = 'refuse';
    const clear = sandbox.fhir.faults.add({ path: /\/fhir\/Patient/, ...UNAUTHORIZED });
    await app.form.create.click();
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toContainText('Your session has ended');
    await expect(app.form.family).toBeHidden();
    clear();
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await app.stage.answerEhr(page);
    await expect(page).toHaveURL(/\/patients\/new$/);
    await expect(app.form.family).toHaveValue('Keptoverredirect');
  });

  test('requirement 40: in place means the same page, scroll and typed text', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.setViewportSize({ width: 1000, height: 360 });
    await app.openList('token');
    const clear = sandbox.fhir.faults.add({ method: 'GET', path: /\/Patient/, ...UNAUTHORIZED });
    await app.list.box.fill('Methus');
    await page.evaluate(() => window.scrollTo(0, 60));
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toContainText('Your session has ended');
    await expect(app.list.patients.first()).toBeHidden();
    const scroll = await page.evaluate(() => window.scrollY);
    clear();
    await dialog.getByLabel(/access token/i).fill(await sandbox.entra.accessToken());
    await dialog.getByRole('button', { name: 'Sign in again' }).click();
    await expect(dialog).toHaveCount(0);
    // What failed for want of a token is asked for again by itself.
    await expect(app.list.patient(/methusa/i)).toBeVisible();
    await expect(app.list.box).toHaveValue('Methus');
    expect(Math.abs((await page.evaluate(() => window.scrollY)) - scroll)).toBeLessThan(40);
    await expect(page).toHaveURL(/\/patients$/);
  });

  test('requirement 43: the warning is for all tabs: staying in one keeps the other, leaving it ends both', async ({
    app,
    context,
  }) => {
    test.setTimeout(90_000);
    await context.clock.install();
    await app.openList('token');
    const other = app.in(await context.newPage());
    await other.openList('token');
    await context.clock.fastForward('14:20');
    const [here, there] = [app, other].map(({ page }) =>
      page.getByRole('alertdialog', { name: 'Are you still there?' }),
    );
    await expect(here!).toContainText(/You will be signed out in \d+ seconds/);
    await expect(there!).toBeVisible();
    // The clock of the second page was started later: it is a little behind, never ahead.
    await there!.getByRole('button', { name: 'Stay signed in' }).click();
    await expect(here!).toHaveCount(0);
    await expect(there!).toHaveCount(0);
    await context.clock.fastForward('14:20');
    await expect(here!).toBeVisible();
    await here!.getByRole('button', { name: 'Sign out' }).click();
    for (const tab of [app, other]) {
      await expect(tab.shell.signInTo(LABELS.token)).toBeVisible();
      await expect(tab.list.patients).toHaveCount(0);
    }
  });
});

test('what was looked for in one session is not shown to the next, by Back either', async ({
  app,
  page,
}) => {
  await app.openList('token');
  await app.list.box.fill('fletch');
  await expect(app.list.patients.first()).toContainText('FLETCHER');
  await app.list.patients.first().click();
  await expect(app.chart.banner).toBeVisible();
  await app.shell.signOut.click();
  await app.signIn('open');
  await page.goBack();
  await app.listIsFilled();
  await expect(app.list.box).toHaveValue('');
  // What a history entry holds stays there: it may only be a name of what is gone.
  expect(await page.evaluate(() => JSON.stringify(history.state))).not.toMatch(/fletch|token\|/i);
});
