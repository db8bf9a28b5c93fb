import { expect, test } from '../fixtures.ts';
import { hold } from '../support/hold.ts';
import { refreshes } from '../support/launch.ts';
import { searchAfterExpiry, UNAUTHORIZED } from '../support/records.ts';
import { settled } from '../support/settled.ts';

test.describe('a session that runs out', () => {
  test('requirements 12, 39: many 401s at once lead to one refresh with client_id, and everything is shown', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList('ehr');
    // All four are open before the first is repeated, or the repeated one would be refused, too.
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
    const asked = sandbox.ehr.log.find(({ kind }) => kind === 'authorize')?.params['scope'];
    expect(asked).toContain('offline_access');
    expect([undefined, asked], 'no more scopes').toContain(refreshes(app)[0]?.params['scope']);
    await expect(page.getByRole('alertdialog')).toHaveCount(0);
  });

  test('requirement 39: a refresh token that was rotated is never sent again', async ({ app }) => {
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

  test('requirement 40: a refused refresh hides the page and does not loop', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.clock.install();
    await app.openList('ehr');
    sandbox.ehr.control.refresh = 'refuse';
    sandbox.fhir.faults.add({ method: 'GET', path: /Patient/, ...UNAUTHORIZED });
    await app.list.box.fill('Methusa');
    await expect(page.getByRole('alertdialog')).toContainText('Your session has ended');
    await page.clock.fastForward('00:30'); // past the delay of any retry
    await settled(page, sandbox);
    expect(refreshes(app).length).toBeLessThanOrEqual(2);
    await expect(app.list.patients.first()).toBeHidden();
  });

  test('requirement 42: a renewal for which Entra ID needs the user ends the session within seconds', async ({
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

  test('requirement 41: a server that accepts no token gets one renewal and one retry, then an error shows', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.clock.install();
    await app.openList('ehr');
    const search = /\/Patient\?.*Methusa/; // the list may still be fetching its second page
    sandbox.fhir.faults.add({ method: 'GET', path: search, ...UNAUTHORIZED });
    const asked: string[] = [];
    page.on('request', (request) => {
      if (search.test(request.url())) asked.push(request.url());
    });
    await app.list.box.fill('Methusa');
    await expect(app.shell.alert.or(page.getByRole('alertdialog')).first()).toBeVisible();
    await page.clock.fastForward('00:30'); // past the delay of any retry
    await settled(page, sandbox);
    expect(refreshes(app)).toHaveLength(1);
    expect(asked).toHaveLength(2);
  });

  test('requirement 40: a refusal without CORS headers still ends the session', async ({
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
});

test('the search of one session is not shown in the next, not even after Back', async ({
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
  // History entries survive a sign-out: they may only hold keys of data that is gone.
  expect(await page.evaluate(() => JSON.stringify(history.state))).not.toMatch(/fletch|token\|/i);
});
