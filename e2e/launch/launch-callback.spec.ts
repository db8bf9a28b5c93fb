import { expect, test } from '../fixtures.ts';
import { rememberedBy } from '../support/guard.ts';
import { PATIENT, ANSWER, tokensOf, openLaunch, intercepted } from '../support/launch.ts';
import { settled } from '../support/settled.ts';

/** Error description of a hostile authorization server. */
const SAID = '<img src=x onerror=globalThis.__xss=1> because';

test.describe('the callback of a launch', () => {
  test('requirement 25: a forged response without a pending launch sends no token request', async ({
    app,
    page,
  }) => {
    await page.goto('/callback?code=FORGED&state=FORGED');
    await expect(app.shell.alert).toBeVisible();
    expect(tokensOf(app)).toEqual([]);
    expect(page.url()).not.toMatch(/FORGED/);
  });

  test('requirement 25: a forged response during a launch sends no token request, and the launch goes on', async ({
    app,
    page,
  }) => {
    const answer = await intercepted(app);
    await page.goto('/callback?code=FORGED&state=FORGED');
    await expect(app.shell.alert).toBeVisible();
    expect(tokensOf(app)).toEqual([]);
    await page.goto(answer);
    await expect(app.chart.banner).toBeVisible();
    expect(tokensOf(app)).toHaveLength(1);
  });

  test('requirement 26: the same response twice sends one token request', async ({
    app,
    page,
    sandbox,
  }) => {
    let answer = '';
    page.on('request', (request) => {
      if (request.isNavigationRequest() && request.url().includes('/callback?'))
        answer = request.url();
    });
    await openLaunch(app);
    await expect(app.chart.banner).toBeVisible();
    expect(answer).toContain('code=');
    await page.goto(answer);
    // The page shows nothing until it has exchanged the code.
    await expect(app.shell.alert.or(app.chart.banner).first()).toBeVisible();
    await settled(page, sandbox);
    expect(tokensOf(app)).toHaveLength(1);
    await page.reload();
    await expect(app.shell.main).not.toBeEmpty();
    await settled(page, sandbox);
    expect(tokensOf(app)).toHaveLength(1);
  });

  test('requirements 26, 31: back, forward and reload send no second token request and leave no code in an address', async ({
    app,
    page,
  }) => {
    await page.goto('/redirect.html');
    await openLaunch(app);
    await expect(app.chart.banner).toBeVisible();
    await app.chart.navigation.getByRole('link', { name: 'Conditions' }).click();
    await expect(page).toHaveURL(/conditions$/);
    await page.goBack();
    await expect(page).toHaveURL(new RegExp(`/patients/${PATIENT}$`));
    await page.goForward();
    await page.reload();
    await expect(app.chart.banner).toBeVisible();
    expect(tokensOf(app)).toHaveLength(1);
    const traces = await page.evaluate(() => [
      location.href,
      document.referrer,
      ...performance.getEntries().map(({ name }) => name),
    ]);
    expect(traces.filter((text) => ANSWER.test(text))).toEqual([]);
    expect((await rememberedBy(page)).filter((text) => ANSWER.test(text))).toEqual([]);
  });

  test('requirement 31: an error response leaves no parameter in an address', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.ehr.control.authorizeError = {
      error: 'access_denied',
      description: 'CANARYDESCRIPTION',
      withState: true,
    };
    await openLaunch(app);
    await expect(app.shell.alert).toBeVisible();
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect(app.shell.signInTo('Example EHR (SMART)')).toBeVisible();
    const traces = await page.evaluate(() => [
      location.href,
      document.referrer,
      ...performance.getEntries().map(({ name }) => name),
    ]);
    const remembered = await rememberedBy(page);
    expect(
      [...traces, ...remembered].filter((text) => ANSWER.test(text) || /CANARY/.test(text)),
    ).toEqual([]);
  });

  test('requirement 27: a response copied to another browser sends no token request', async ({
    app,
    stranger,
  }) => {
    const answer = await intercepted(app);
    await stranger.goto(answer);
    await expect(stranger.getByRole('alert')).toBeVisible();
    expect(tokensOf(app)).toEqual([]);
  });

  test('requirement 28: a launch older than ten minutes is refused', async ({ app, page }) => {
    const answer = await intercepted(app);
    await page.addInitScript(() => {
      const now = Date.now;
      Date.now = () => now() + 11 * 60_000;
    });
    await page.goto(answer);
    await expect(app.shell.alert).toBeVisible();
    expect(tokensOf(app)).toEqual([]);
  });

  test('requirement 29: a response with repeated parameters is refused', async ({ app, page }) => {
    const answer = await intercepted(app);
    await page.goto(`${answer}&code=second`);
    await expect(app.shell.alert).toBeVisible();
    expect(tokensOf(app)).toEqual([]);
  });

  test('requirement 30: the code of a response from another issuer is not sent', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.ehr.control.responseIssuer = 'https://another-ehr.example';
    await page.goto(app.stage.launchUrl({ patient: PATIENT }));
    await expect(app.shell.alert).toBeVisible();
    expect(tokensOf(app)).toEqual([]);
  });

  test('requirement 32: each error of the server is explained in words and sends no token request', async ({
    afresh,
    app,
    page,
    sandbox,
  }) => {
    for (const [error, words] of [
      ['access_denied', 'The sign-in was refused.'],
      ['invalid_scope', 'The server refuses the permissions (scopes) that the app asks for.'],
      ['invalid_request', 'The sign-in was refused.'],
      ['unauthorized_client', 'The server does not accept this app’s registration.'],
      ['login_required', 'The sign-in was refused.'],
      ['server_error', 'The server for signing in has a problem of its own.'],
      ['temporarily_unavailable', 'The server for signing in has a problem of its own.'],
      ['odd_one', 'This sign-in answer does not belong to this window'],
    ] as const) {
      await afresh(error, async () => {
        sandbox.ehr.control.authorizeError = {
          error,
          description: SAID,
          withState: error !== 'odd_one',
        };
        await openLaunch(app);
        await expect(app.shell.alert).toContainText(words);
        if (error !== 'odd_one') {
          await app.shell.alert.getByText('The server’s own words').click();
          await expect(app.shell.alert.getByText(SAID)).toBeVisible();
        }
        await expect(app.shell.alert.locator('img[src="x"]')).toHaveCount(0);
        await expect(page.getByRole('button', { name: 'Start over' })).toBeVisible();
        expect(tokensOf(app)).toEqual([]);
        expect(page.url()).not.toMatch(/error/);
      });
    }
  });

  test('requirement 77: opened by hand or reloaded, the page announces an error and can be left by keyboard', async ({
    app,
    page,
  }) => {
    for (const path of ['/callback', '/launch']) {
      await page.goto(path);
      await expect(app.shell.alert).toBeVisible();
      await page.reload();
      await expect(app.shell.alert).toBeVisible();
      const on = app.shell.main.getByRole('button', { name: 'Start over' });
      for (let i = 0; i < 12; i++) {
        await page.keyboard.press('Tab');
        if (await on.evaluate((button) => button === document.activeElement)) break;
      }
      await expect(on).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(app.shell.signInTo('Example EHR (SMART)')).toBeVisible();
    }
    await page.goBack();
    await expect(app.shell.main).toBeVisible();
    expect(tokensOf(app)).toEqual([]);
  });
});
