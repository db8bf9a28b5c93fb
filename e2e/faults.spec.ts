import { expect, test } from './fixtures.ts';
import { expectAccessible } from './support/axe.ts';
import { dialog, more, press } from './support/records.ts';
import { drawn, settled } from './support/settled.ts';

const SEARCH = /\/Patient(\?|$)/;

test.describe('when the server fails', () => {
  const cases = [
    [
      'an error of the server',
      {
        status: 500,
        body: {
          resourceType: 'OperationOutcome',
          issue: [{ severity: 'fatal', code: 'exception', diagnostics: 'Boom' }],
        },
      },
      'The server failed.',
    ],
    [
      'an HTML page of a gateway',
      {
        status: 502,
        contentType: 'text/html',
        body: '<html><title>Bad Gateway</title><script>globalThis.__xss=1</script></html>',
      },
      'The server failed.',
    ],
    [
      'an HTML page with status 200',
      { status: 200, contentType: 'text/html', body: '<html><title>Welcome</title></html>' },
      'not what a FHIR server sends',
    ],
    [
      'malformed JSON',
      { status: 200, body: '{"resourceType":"Bundle","entry":[{' },
      'not what a FHIR server sends',
    ],
    ['an empty answer', { status: 200, body: '' }, 'not what a FHIR server sends'],
    [
      '403',
      {
        status: 403,
        body: {
          resourceType: 'OperationOutcome',
          issue: [{ severity: 'error', code: 'forbidden' }],
        },
      },
      'You are not allowed',
    ],
    [
      'a search it does not support',
      {
        status: 403,
        body: {
          resourceType: 'OperationOutcome',
          issue: [{ severity: 'error', code: 'not-supported' }],
        },
      },
      'does not support this request',
    ],
    [
      'plain text',
      { status: 400, contentType: 'text/plain', body: 'No supported search parameters provided' },
      'did not accept the request',
    ],
  ] as const;
  test('the list explains each response that is not a list, and can be tried again', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList();
    for (const [name, fault, text] of cases) {
      await test.step(name, async () => {
        sandbox.fhir.faults.add({ path: SEARCH, ...fault });
        await page.reload();
        await expect(app.shell.alert).toContainText(text);
        await expect(app.shell.alert.getByRole('link', { name: /access check/i })).toBeVisible();
        sandbox.fhir.faults.clear();
        await app.shell.alert.getByRole('button', { name: 'Try again' }).click();
        await app.listIsFilled();
        await expect(app.shell.alert).toHaveCount(0);
      });
    }
  });

  test('the list says that the server could not be reached after a dropped connection', async ({
    app,
    guard,
    sandbox,
  }) => {
    guard.allowError(/net::ERR/);
    sandbox.fhir.faults.add({ path: SEARCH, connection: 'drop' });
    await app.open('/patients');
    await expect(app.shell.alert).toContainText('The server could not be reached.');
  });

  test('the list retries a busy server at most three times, then says so', async ({
    app,
    sandbox,
  }) => {
    const busy = {
      status: 429,
      headers: { 'Retry-After': '0' },
      body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'throttled' }] },
    };
    sandbox.fhir.faults.add({ path: SEARCH, times: 1, ...busy });
    await app.open('/patients');
    await app.listIsFilled();
    sandbox.fhir.log.length = 0;
    sandbox.fhir.faults.add({ path: SEARCH, ...busy });
    await app.list.box.fill('Busy');
    await app.list.searchButton.click();
    await expect(app.shell.alert).toContainText('busy', { timeout: 30_000 });
    const asked = sandbox.fhir.log.filter(
      ({ method, query }) => method === 'GET' && /Busy/.test(query),
    );
    expect(asked.length).toBeLessThanOrEqual(4);
  });

  test('the list says that it is offline, and repeats the search once online', async ({
    app,
    context,
    guard,
  }) => {
    guard.allowError(/net::ERR/);
    await app.openList();
    await context.setOffline(true);
    await app.list.box.fill('Offline');
    await app.list.searchButton.click();
    await expect(app.shell.alert).toContainText(/offline/i);
    // Once online, the search is repeated automatically.
    await context.setOffline(false);
    await expect(app.shell.alert).toHaveCount(0);
  });

  test('a page and an action that were opened offline load once online', async ({
    app,
    context,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/net::ERR|Failed to fetch|preload|^network$/);
    await app.open('/patients/awkward-test');
    await expect(app.chart.edit).toBeVisible();
    await settled(page, sandbox); // open requests of the chart would report being offline, too
    const fetched = () =>
      page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .join(),
      );
    await expect.poll(fetched).toMatch(/offline-page.*for-every-page|for-every-page.*offline-page/);
    await context.setOffline(true);
    await app.chart.edit.click();
    await expect(app.shell.alert).toContainText(/offline/i);
    await expect(press(page, 'Reload the page')).toHaveCount(0);
    await expect(app.chart.banner).toBeVisible();
    await context.setOffline(false);
    await expect(app.form.family).toBeVisible();
    await expect(page.locator('main form'), 'its style sheet, too').toHaveCSS('display', 'flex');

    await context.setOffline(true);
    await more(page, 'Delete');
    await expect(dialog(page)).toContainText(/offline/i);
    await expect(app.chart.banner).toBeVisible();
    await context.setOffline(false);
    await press(page, 'Try again').click();
    await expect(dialog(page)).toContainText('Delete the record of ZZZTEST');
  });

  test('a page opened offline has a title, and stays when the network is back in name only', async ({
    app,
    context,
    guard,
    page,
    sandbox,
    stage,
  }) => {
    guard.allowError(/net::ERR|Failed to fetch|preload|^network$/);
    await app.openList();
    await settled(page, sandbox);
    const fetched = () =>
      page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .map(({ name }) => name)
          .join(),
      );
    await expect.poll(fetched).toContain('offline-page');
    const site = `${stage.appOrigin}/**`;
    await context.setOffline(true);
    await app.list.newPatient.press('Enter');
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toHaveText('Page not loaded');
    await expect(heading).toBeFocused();
    await expect(page).toHaveTitle(/^Page not loaded/);

    const asked: string[] = [];
    await page.route(site, (route) => {
      asked.push(route.request().url());
      return route.abort();
    });
    await context.setOffline(false);
    await expect.poll(() => asked).not.toEqual([]);
    await drawn(page);
    await expect(heading).toHaveText('Page not loaded');
    await expectAccessible(page, 'a page that was not loaded');
    await page.unroute(site);
    await press(page, 'Try again').press('Enter');
    await expect(heading).toHaveText('New patient');
    await expect(heading).toBeFocused();
    await expect(page.locator('main form')).toHaveCSS('display', 'flex');
  });

  test('a page that the site does not send replaces no page by one of the browser', async ({
    app,
    guard,
    page,
    sandbox,
    stage,
  }) => {
    guard.allowError(/net::ERR|Failed to fetch|preload|^network$/);
    await app.openList();
    await settled(page, sandbox);
    const site = `${stage.appOrigin}/**`;
    let asked = 0;
    await page.route(site, (route) => {
      asked++;
      return route.abort();
    });
    await app.list.newPatient.press('Enter');
    await expect(app.shell.alert).toContainText('The website of this app did not answer.');
    const before = asked;
    await press(page, 'Try again').press('Enter');
    await expect.poll(() => asked, 'the code, then the site').toBeGreaterThan(before);
    await settled(page, sandbox);
    await expect(app.shell.alert).toContainText('The website of this app did not answer.');
    await page.unroute(site);
    await press(page, 'Try again').press('Enter');
    await expect(app.form.create).toBeVisible();
  });

  test('the chart says that a patient does not exist or was deleted', async ({ app, sandbox }) => {
    await app.open('/patients/no-such-patient');
    await expect(app.shell.alert).toContainText('no patient with this id');
    await fetch(`${sandbox.fhir.openBaseUrl}/Patient/awkward-toddler`, { method: 'DELETE' });
    await app.page.goto('/patients/awkward-toddler');
    await expect(app.shell.alert).toContainText('deleted');
  });

  test('requirement 69: a broken config.json leads to a page that names the wrong fields', async ({
    app,
    page,
  }) => {
    await page.route('**/config.json', (route) =>
      route.fulfill({
        json: {
          servers: [
            { id: 'x', label: 'X', fhirBaseUrl: 'http://fhir.example', auth: { type: 'open' } },
          ],
          idleTimeoutMinuets: 5,
        },
      }),
    );
    await page.goto('/');
    await expect(page.getByText('servers[0].fhirBaseUrl')).toBeVisible();
    await expect(page.getByText('idleTimeoutMinuets')).toBeVisible();
    await expect(app.shell.signOut).toHaveCount(0);
  });

  test('requirement 69: a missing config.json is reported', async ({ page }) => {
    await page.route('**/config.json', (route) =>
      route.fulfill({ status: 404, body: 'Not found' }),
    );
    await page.goto('/patients');
    await expect(page.getByText('config.json').first()).toBeVisible();
  });

  test('requirement 69: the address overrides nothing of the configuration', async ({
    app,
    attacker,
    page,
  }) => {
    await page.goto(
      `/?config=${attacker.origin}/config.json&fhirBaseUrl=${attacker.origin}&fhirServiceUrl=${attacker.origin}`,
    );
    await app.signIn('open');
    await app.listIsFilled();
    expect(attacker.visits).toEqual([]);
  });
});
