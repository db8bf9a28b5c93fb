import type { Page } from 'playwright/test';
import { distChecks } from '../.ci/dist-checks.ts';
import { expect, test } from './fixtures.ts';
import type { App } from './support/app.ts';
import { LABELS } from './support/app.ts';
import { PATIENT } from './support/launch.ts';
import { withoutMathRandom } from './support/without-math-random.ts';

// Browser features that the app needs, and its behaviour where they are missing.

/** Serves the app at a plain http address of another host, which is not a secure context. */
async function overPlainHttp(app: App, origin: string): Promise<void> {
  await app.page.route(`${origin}/**`, async (route) => {
    const url = route.request().url().replace(origin, app.stage.appOrigin);
    // The page may have navigated, which cancels its requests.
    await route
      .fetch({ url })
      .then((response) => route.fulfill({ response }))
      .catch(() => undefined);
  });
}

test.describe('an address without encryption', () => {
  const ORIGIN = 'http://hospital.test';

  test('requirements 1, 74: sign-in and launch explain that https is missing, and nothing is sent', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowOrigin(ORIGIN);
    guard.allowError(/Cross-Origin-Opener-Policy|net::ERR|CORS|address space|fetch/i);
    await overPlainHttp(app, ORIGIN);
    await page.goto(`${ORIGIN}/patients`);
    expect(await page.evaluate(() => [isSecureContext, typeof crypto.subtle])).toEqual([
      false,
      'undefined',
    ]);
    for (const server of ['entra', 'ehr'] as const) {
      await app.shell.signInTo(LABELS[server]).click();
      await expect(app.shell.alert.last()).toContainText('This address is not secure (https)');
      await expect(app.shell.alert.last()).toContainText('Open the app at its https:// address');
    }
    const launch = new URL(app.stage.launchUrl({ patient: PATIENT }));
    await page.goto(`${ORIGIN}/launch${launch.search}`);
    await expect(app.shell.alert).toContainText('This address is not secure (https)');
    expect(page.url()).not.toContain('launch=');
    expect([...sandbox.ehr.log, ...sandbox.entra.log]).toEqual([]);
  });
});

test.describe('state and verifier', () => {
  test('requirements 19, 20: each of 48 launches has a state of 122 random bits and its own verifier', async ({
    context,
    stage,
  }) => {
    test.setTimeout(300_000);
    const launches = 48; // each loads the app: more would take a minute and prove no more
    const asked: { state: string; challenge: string; verifier: string }[] = [];
    const worker = async (count: number): Promise<void> => {
      const page = await context.newPage();
      await withoutMathRandom(page);
      let seen: URL | undefined;
      await page.route('**/auth/authorize?*', (route) => {
        seen = new URL(route.request().url());
        return route.fulfill({ status: 204 });
      });
      await page.goto('/redirect.html');
      for (let i = 0; i < count; i++) {
        seen = undefined;
        await page.evaluate(() => sessionStorage.clear());
        await page.goto(stage.launchUrl({ patient: PATIENT })).catch(() => undefined);
        await expect.poll(() => seen, { intervals: [20], timeout: 20_000 }).toBeDefined();
        const params = (seen as unknown as URL).searchParams;
        const state = params.get('state') ?? '';
        const verifier = await page.evaluate(
          (key) =>
            (JSON.parse(sessionStorage.getItem(key) ?? '{}') as { codeVerifier: string })
              .codeVerifier,
          state,
        );
        asked.push({ state, challenge: params.get('code_challenge') ?? '', verifier });
      }
      await page.close();
    };
    await Promise.all(Array.from({ length: 4 }, () => worker(launches / 4)));
    const states = asked.map(({ state }) => state);
    expect(new Set(states).size).toBe(launches);
    expect(new Set(asked.map(({ challenge }) => challenge)).size).toBe(launches);
    expect(new Set(asked.map(({ verifier }) => verifier)).size).toBe(launches);
    for (const { verifier } of asked) expect(verifier).toMatch(/^[A-Za-z0-9\-._~]{43,128}$/);
    // A hexadecimal digit that takes (nearly) every value over 48 launches holds four random bits.
    const digits = Math.min(...states.map(({ length }) => length));
    const random = Array.from({ length: digits }, (_, at) => new Set(states.map((s) => s[at])));
    expect(random.filter(({ size }) => size >= 15).length * 4).toBeGreaterThanOrEqual(122);
  });
});

test('requirement 37: a token goes only to the FHIR server and its issuer, and is not visible anywhere', async ({
  app,
  context,
  guard,
  page,
  sandbox,
}) => {
  await page.addInitScript(() => {
    for (const name of ['debug', 'DEBUG']) localStorage.setItem(name, '*,FHIR*');
  });
  const carried: { url: string; header: string; body: string }[] = [];
  context.on('request', (request) =>
    carried.push({
      url: request.url(),
      header: JSON.stringify(request.headers()),
      body: request.postData() ?? '',
    }),
  );
  await app.openList('ehr');
  await app.list.patients.first().click();
  await expect(app.chart.banner).toBeVisible();
  await app.shell.signOut.click();
  await expect(app.shell.signInTo(LABELS.ehr)).toBeVisible();
  const TOKEN = /eyJ[\w-]{10,}\.[\w-]+\.[\w-]+/;
  const { ehr, fhir } = sandbox;
  for (const { url, header, body } of carried) {
    expect(url).not.toMatch(TOKEN);
    if (TOKEN.test(header)) expect(url.startsWith(`${fhir.baseUrl}/`), url).toBe(true);
    if (TOKEN.test(body)) expect(url.startsWith(`${ehr.origin}/auth/`), url).toBe(true);
  }
  expect(carried.some(({ header }) => TOKEN.test(header))).toBe(true);
  expect(guard.console.join('\n')).not.toMatch(/eyJ|access_token|codeVerifier|refresh_token/);
  expect(await page.content()).not.toMatch(TOKEN);
  expect(await page.title()).not.toMatch(TOKEN);
});

test('requirements 62, 65, 66: the build loads nothing from other hosts and holds no forbidden code', () => {
  const wrong = distChecks(process.env['E2E_DIST'] ?? 'dist').filter(({ ok }) => !ok);
  expect(wrong).toEqual([]);
});

test.describe('a page that breaks', () => {
  /** Makes the formatting of dates throw from now on, which breaks every page. */
  const breakDates = (page: Page): Promise<void> =>
    page.evaluate(() => {
      const broken = (): never => {
        throw new RangeError('CANARYPHI cannot be formatted');
      };
      for (const name of ['format', 'formatToParts', 'formatRange'] as const)
        Object.defineProperty(Intl.DateTimeFormat.prototype, name, { get: () => broken });
      Object.defineProperty(Intl, 'DateTimeFormat', { value: broken });
    });

  test('requirements 68, 76, 77: shows an alert without patient data, and can be reloaded', async ({
    app,
    guard,
    page,
  }) => {
    guard.secret('CANARYPHI');
    guard.allowError(/^(?:Range|Type)Error\b/);
    await app.openList('open');
    const link = app.list.patient(/methusa/i);
    await app.list.box.fill('Methusa');
    await app.list.searchButton.click();
    await expect(link).toBeVisible();
    await breakDates(page);
    await link.click();
    await expect(app.shell.alert).toBeVisible();
    await expect(app.shell.alert).toContainText('This page stopped working');
    await expect(page.locator('body')).not.toContainText(/CANARYPHI|RangeError/);
    // Only the class of the error is logged, because its text may hold patient data.
    expect(guard.console.join('\n')).toMatch(/(?:Range|Type)Error/);
    expect(guard.console.join('\n')).not.toContain('CANARYPHI');
    await expect(app.shell.main).not.toContainText(/methusa/i);
    await page.keyboard.press('Tab');
    const reload = app.shell.alert.getByRole('button', { name: /reload/i });
    await reload.focus();
    await page.keyboard.press('Enter');
    await expect(app.chart.banner).toBeVisible();
  });
});
