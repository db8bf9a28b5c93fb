import { expect, test } from '../fixtures.ts';
import { tokensOf, openLaunch } from '../support/launch.ts';
import { settled } from '../support/settled.ts';

test.describe('the token response of a launch', () => {
  test('requirement 34: a patient that is not a valid id never reaches a request', async ({
    afresh,
    app,
    sandbox,
  }) => {
    for (const patient of ['../Observation', 'a?b', 42, 'x'.repeat(10_000), '<script>']) {
      await afresh(JSON.stringify(patient).slice(0, 20), async () => {
        sandbox.ehr.control.mutate = (response) => ({ ...response, patient });
        await openLaunch(app);
        await expect(app.list.heading.or(app.shell.alert).first()).toBeVisible();
        expect(
          sandbox.fhir.log.filter(({ path, query }) =>
            /Observation|a\?b|a%3Fb|xxxxx|script/.test(`${path}?${query}`),
          ),
        ).toEqual([]);
      });
    }
  });

  test('requirement 34: a token with an odd expires_in works and is not renewed for every request', async ({
    afresh,
    app,
    sandbox,
  }) => {
    const odd = [0, -1, 1e99, 'abc', null, '3599'].map((value) => ({ value }));
    for (const expiresIn of [...odd, 'string', 'absent'] as const) {
      await afresh(JSON.stringify(expiresIn), async () => {
        sandbox.ehr.control.expiresIn = expiresIn;
        await openLaunch(app);
        await expect(app.chart.banner).toBeVisible();
        await settled(app.page, sandbox);
        expect(tokensOf(app)).toHaveLength(1);
      });
    }
  });

  test('requirement 33: a token endpoint that never answers is reported after half a minute', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/net::ERR|fetch|abort/i);
    // Shortens the limit of 30 seconds to one: Playwright's clock does not move it.
    await page.addInitScript(() => {
      const real = AbortSignal.timeout.bind(AbortSignal);
      AbortSignal.timeout = (ms) => real(ms === 30_000 ? 1_000 : ms);
    });
    sandbox.ehr.control.tokenDelay = 20_000;
    await openLaunch(app);
    await expect(app.shell.alert).toBeVisible();
    await expect(app.shell.signOut).toHaveCount(0);
    expect(tokensOf(app)).toHaveLength(1);
  });

  test('requirement 34: a response without a usable token is refused and not stored', async ({
    afresh,
    app,
    page,
    sandbox,
  }) => {
    for (const change of [
      { access_token: undefined },
      { access_token: '' },
      { token_type: 'mac' },
    ]) {
      await afresh(Object.entries(change).join(), async () => {
        sandbox.ehr.control.mutate = (response) => ({ ...response, ...change });
        await openLaunch(app);
        await expect(app.shell.alert).toBeVisible();
        await expect(app.shell.signOut).toHaveCount(0);
        expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toMatch(
          /eyJ|refresh_token/,
        );
      });
    }
  });

  const FAILURES = [
    // This comes first: on a reused connection the browser would repeat the request by itself.
    ['a dropped connection', 'drop'],
    ['400 invalid_grant', { status: 400, body: { error: 'invalid_grant' } }],
    ['401', { status: 401, body: { error: 'invalid_client' } }],
    ['403', { status: 403, body: { error: 'access_denied' } }],
    ['500', { status: 500, body: 'oops' }],
    [
      'HTML',
      {
        status: 200,
        body: '<html><script>globalThis.__xss=1</script></html>',
        contentType: 'text/html',
      },
    ],
    ['an empty body', { status: 200, body: '' }],
    ['a JSON array', { status: 200, body: [1, 2] }],
    ['30 MB', { status: 200, body: `{"access_token":"${'x'.repeat(30_000_000)}"}` }],
  ] as const;
  test('requirement 33: any failure of the token endpoint shows an error and leaves the user signed out', async ({
    afresh,
    app,
    guard,
    sandbox,
  }) => {
    guard.allowError(/net::ERR|CORS|fetch/i);
    for (const [name, failure] of FAILURES) {
      await afresh(name, async () => {
        sandbox.ehr.control.tokenFailure = failure;
        await openLaunch(app);
        await expect(app.shell.alert).toBeVisible();
        await expect(app.shell.signOut).toHaveCount(0);
        // The browser itself repeats a request that was dropped on a reused connection.
        const sent = name === 'a dropped connection' ? 2 : 1;
        expect(tokensOf(app).length).toBeLessThanOrEqual(sent);
      });
    }
  });
});
