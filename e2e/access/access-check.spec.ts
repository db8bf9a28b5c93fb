import { expect, test } from '../fixtures.ts';
import { finished, item, openCheck, word } from '../pages/access-page.ts';
import { LABELS } from '../support/app.ts';

test.describe('the access check names the cause', () => {
  test('when the web server’s Content-Security-Policy does not name the FHIR server', async ({
    sandbox,
    stage,
    stranger,
  }) => {
    // The guard does not watch this page, because the test violates the policy on purpose.
    const config = sandbox.appConfig();
    const other = { id: 'x', label: 'X', fhirBaseUrl: 'https://fhir.elsewhere.example/r4' };
    await stranger.route('**/config.json', (route) =>
      route.fulfill({ json: { ...config, servers: [{ ...other, auth: { type: 'open' } }] } }),
    );
    await stranger.goto(`${stage.appOrigin}/access`);
    await finished(stranger);
    const finding = item(stranger, 'FHIR server');
    await expect(word(finding, 'Means')).toHaveText(
      /Content-Security-Policy of this site’s web server does not hold https:\/\/fhir\.elsewhere\.example/,
    );
    await expect(word(finding, 'What to do')).toHaveText(/connect-src/);
    await expect(item(stranger, 'Content security policy')).toContainText('Problem');
  });

  test('when the page is not on https, and the other checks still run', async ({
    stage,
    stranger,
  }) => {
    // Over http, the browser treats every host name but localhost as insecure.
    await stranger.route('http://hospital.test/**', async (route) => {
      const url = route.request().url().replace('http://hospital.test', stage.appOrigin);
      await route.fulfill({ response: await route.fetch({ url }) });
    });
    await stranger.goto('http://hospital.test/access');
    await finished(stranger);
    expect(await stranger.evaluate(() => isSecureContext)).toBe(false);
    const finding = item(stranger, 'Secure connection');
    await expect(finding).toContainText('Problem');
    await expect(word(finding, 'Came back')).toHaveText('Not a secure context.');
    await expect(word(finding, 'Means')).toHaveText(/nobody can sign in/);
    await expect(word(finding, 'What to do')).toHaveText('Serve the app over https.');
    await expect(item(stranger, 'Configuration')).toContainText('In order');
    await expect(stranger.getByText('The check itself failed')).toHaveCount(0);
    // Files that the page loads in advance may still be on their way.
    await stranger.unrouteAll({ behavior: 'ignoreErrors' });
  });

  test('a frame is not called a fault, and the popup of Entra ID is announced', async ({
    guard,
    page,
    sandbox,
    stage,
  }) => {
    const config = sandbox.appConfig();
    const { attacker: other, host, appOrigin } = stage;
    guard.allowOrigin(other.origin);
    host.setConfig({ ...config, embedding: { frameAncestors: [other.origin] } });
    other.serve(
      '/ehr',
      'text/html',
      `<iframe title="app" src="${appOrigin}/access" width="900" height="900"></iframe>`,
    );
    await page.goto(`${other.origin}/ehr`);
    const frame = page.frameLocator('iframe');
    await expect(frame.getByRole('status').filter({ hasText: /^Done/ })).toBeVisible();
    const finding = frame
      .getByRole('listitem')
      .filter({ has: frame.getByRole('heading', { level: 3, name: 'Frame', exact: true }) });
    await expect(finding).toContainText('For information');
    await expect(finding).toContainText('its sign-in opens in a small window');
    await expect(finding).toContainText(`allow pop-ups for ${appOrigin}`);
  });

  test('after a failed launch or sign-in, the server of that sign-in is checked', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    sandbox.ehr.control.metadata = (metadata) => ({
      ...metadata,
      token_endpoint: 'https://elsewhere.example/token',
    });
    await page.goto(stage.launchUrl({ patient: 'p0001' }));
    await page.getByRole('alert').getByRole('link', { name: 'Access check' }).click();
    await finished(page);
    const chosen = page.getByLabel('Server to check').locator('option:checked');
    await expect(chosen).toHaveText('Example EHR (SMART) (opened from the EHR)');
    await expect(word(item(page, 'Identity provider'), 'Means')).toHaveText(/elsewhere\.example/);
    // The failure is still shown, instead of "Nobody is signed in".
    const session = page.getByRole('region', { name: 'Who is signed in' });
    await expect(session.getByRole('alert')).toContainText('does not trust');
    await expect(session).not.toContainText('Nobody is signed in');

    await page.goto('/patients');
    await app.shell.signInTo(LABELS.ehr).click();
    await page.getByRole('alert').getByRole('link', { name: 'Access check' }).click();
    await expect(chosen).toHaveText(LABELS.ehr);
  });

  test('without a fault nothing is found, and the addresses to register are listed', async ({
    app,
    page,
    stage,
  }) => {
    await page.goto('/patients');
    await app.signIn('entra');
    await openCheck(app);
    await expect(page.getByRole('status').filter({ hasText: /^Done/ })).toHaveText(
      'Done: no problem found, nothing to look at.',
    );
    const redirects = item(page, 'Addresses to register');
    for (const path of ['/redirect.html', '/callback', '/launch'])
      await expect(redirects).toContainText(`${stage.appOrigin}${path}`);
  });
});
