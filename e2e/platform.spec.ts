import type { Page } from 'playwright/test';
import { distChecks } from '../.ci/dist-checks.ts';
import { expect, test } from './fixtures.ts';
import type { App } from './support/app.ts';
import { LABELS } from './support/app.ts';
import { settled } from './support/settled.ts';

// What the app asks of the browser, and what it does where the browser does not give it.

const PATIENT = 'p0001';

/** The app under a plain http address that is not this machine: no secure context. */
async function overPlainHttp(app: App, origin: string): Promise<void> {
  await app.page.route(`${origin}/**`, async (route) => {
    const url = route.request().url().replace(origin, app.stage.appOrigin);
    const response = await route.fetch({ url });
    // The page may have gone on, and with it what it asked for.
    await route.fulfill({ response }).catch(() => undefined);
  });
}

test.describe('an address without encryption', () => {
  const ORIGIN = 'http://hospital.test';

  test('requirements 1, 74: said in words, and nothing is registered, sent or asked for', async ({
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
  test('requirements 19, 20: 48 launches, each with a state of 122 random bits and a verifier of its own', async ({
    context,
    stage,
  }) => {
    test.setTimeout(300_000);
    const launches = 48; // each loads the app: more take a minute and say no more
    const asked: { state: string; challenge: string; verifier: string }[] = [];
    const worker = async (count: number): Promise<void> => {
      const page = await context.newPage();
      await page.addInitScript(() => {
        Math.random = () => 0.5;
      });
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

test('requirement 37: a token goes to the FHIR server and to where it came from, and is seen nowhere', async ({
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

test('requirements 62, 65, 66: the build loads nothing from elsewhere, runs no text, and holds no way around', () => {
  const wrong = distChecks(process.env['E2E_DIST'] ?? 'dist').filter(({ ok }) => !ok);
  expect(wrong).toEqual([]);
});

test.describe('other windows', () => {
  /** What other programs send to windows: of this app's libraries, of others, and nonsense. */
  const MESSAGES: unknown[] = [
    { type: 'signed-out' },
    { type: 'active', at: 9e15 },
    { type: 'setCallback', url: 'https://evil.example/callback?code=X&state=Y' },
    'https://evil.example/callback?code=X&state=Y',
    { type: 'msal:popup-relay-response', id: 'x', payload: '#code=X&state=Y' },
    { source: 'react-devtools-bridge', payload: {} },
    { messageId: 'x', messageType: 'scratchpad.read', payload: {} },
    { __proto__: { polluted: true }, constructor: { prototype: { polluted: true } } },
    null,
    0,
  ];

  test('requirement 70: whatever the page around it posts, the app does nothing', async ({
    attacker,
    guard,
    page,
    sandbox,
    stage,
  }) => {
    guard.allowOrigin(attacker.origin);
    stage.host.setConfig({
      ...sandbox.appConfig(),
      embedding: { frameAncestors: [attacker.origin] },
    });
    const body = `<iframe title="app" src="${stage.appOrigin}/patients" width="1000" height="800"></iframe>`;
    attacker.serve('/ehr', 'text/html', body);
    await page.goto(`${attacker.origin}/ehr`);
    const view = page.frameLocator('iframe');
    await view.getByRole('button', { name: `Sign in to ${LABELS.open}` }).click();
    const first = view.getByRole('table').getByRole('link').first();
    await expect(first).toBeVisible();
    await settled(page.frames()[1] ?? page, sandbox); // what the list itself asks for later has come
    const before = sandbox.fhir.log.length;
    const visits = attacker.visits.length;
    await page.evaluate((messages) => {
      for (const message of messages) frames[0]?.postMessage(message, '*');
    }, MESSAGES);
    await page.waitForTimeout(500);
    await expect(first).toBeVisible();
    await expect(view.getByRole('button', { name: 'Sign out' })).toBeVisible();
    expect(sandbox.fhir.log.length).toBe(before);
    expect(attacker.visits.length).toBe(visits);
  });

  test('requirement 70: between tabs only messages of the right shape count', async ({
    app,
    context,
  }) => {
    await app.openList('token');
    const other = await context.newPage();
    await other.goto('/redirect.html');
    const say = (messages: unknown[]): Promise<void> =>
      other.evaluate((all) => {
        const channel = new BroadcastChannel('pb.session');
        const tell = channel.postMessage.bind(channel);
        for (const message of all) tell(message);
      }, messages);
    await say([...MESSAGES.slice(1), { type: ['signed-out'] }, { type: 'Signed-out' }]);
    await app.page.waitForTimeout(500);
    await expect(app.list.patients.first()).toBeVisible();
    await say([{ type: 'signed-out' }]);
    await expect(app.shell.signInTo(LABELS.token)).toBeVisible();
  });

  test('requirement 72: opened by another page, the app knows no opener and moves nobody', async ({
    app,
    attacker,
    guard,
    page,
    stage,
  }) => {
    guard.allowOrigin(attacker.origin);
    const link = `<a href="${stage.launchUrl({ patient: PATIENT })}" target="_blank" rel="opener">app</a>`;
    attacker.serve('/ehr', 'text/html', link);
    await page.goto(`${attacker.origin}/ehr`);
    const popup = page.waitForEvent('popup');
    await page.getByRole('link', { name: 'app' }).click();
    const opened = app.in(await popup);
    await expect(opened.chart.banner).toBeVisible();
    expect(await opened.page.evaluate(() => window.opener as unknown)).toBeNull();
    expect(page.url()).toBe(`${attacker.origin}/ehr`);
    await opened.shell.signOut.click();
    await expect(opened.shell.signInTo(LABELS.ehr)).toBeVisible();
    expect(page.url()).toBe(`${attacker.origin}/ehr`);
  });

  test('requirement 72: every link to a window of its own cuts the tie', async ({ app }) => {
    const links: string[] = [];
    await app.open('/patients/p0001');
    await expect(app.chart.navigation.getByRole('link').nth(5)).toBeVisible();
    const paths = await app.chart.navigation
      .getByRole('link')
      .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).pathname));
    expect(paths.length).toBeGreaterThan(5);
    for (const path of paths) {
      await app.page.locator(`nav a[href="${path}"]`).first().click();
      await expect(app.page).toHaveURL(new RegExp(`${path}$`));
      await expect(app.shell.main).not.toHaveAttribute('aria-busy', 'true');
      links.push(
        ...(await app.page
          .locator('a[target]')
          .evaluateAll((all) =>
            all
              .filter((a) => !/\bnoopener\b/.test((a as HTMLAnchorElement).rel))
              .map((a) => (a as HTMLAnchorElement).href),
          )),
      );
    }
    expect(links).toEqual([]);
  });

  test('requirement 71: the page between a frame and its sign-in window opens nothing for strangers', async ({
    attacker,
    context,
    guard,
    page,
    stage,
  }) => {
    guard.allowOrigin(attacker.origin);
    const request = encodeURIComponent(
      JSON.stringify({ id: 'x', method: 'GET', url: attacker.origin.replace('http', 'https') }),
    );
    const relay = `${stage.appOrigin}/redirect.html#req=${request}`;
    attacker.serve('/ehr', 'text/html', `<a href="${relay}" target="_blank" rel="opener">x</a>`);
    await page.goto(`${attacker.origin}/ehr`);
    const popup = page.waitForEvent('popup');
    await page.getByRole('link').click();
    const opened = await popup;
    await opened.waitForURL(/redirect\.html$/);
    await expect(opened.getByRole('button')).toHaveCount(0);
    const byHand = await context.newPage();
    await byHand.goto(relay);
    await expect(byHand.getByRole('button', { name: 'Continue to sign in' })).toHaveCount(0);
    await expect(byHand).toHaveURL(`${stage.appOrigin}/`);
  });
});

test.describe('a page that breaks', () => {
  /** Breaks what every page formats its dates with, from now on. */
  const breakDates = (page: Page): Promise<void> =>
    page.evaluate(() => {
      const broken = (): never => {
        throw new RangeError('CANARYPHI cannot be formatted');
      };
      for (const name of ['format', 'formatToParts', 'formatRange'] as const)
        Object.defineProperty(Intl.DateTimeFormat.prototype, name, { get: () => broken });
      Object.defineProperty(Intl, 'DateTimeFormat', { value: broken });
    });

  test('requirements 76, 77: says so without a word of the patient, aloud, and reloads', async ({
    app,
    guard,
    page,
  }) => {
    guard.allowError(/CANARYPHI|not a constructor|error boundary/i);
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
    await expect(app.shell.main).not.toContainText(/methusa/i);
    await page.keyboard.press('Tab');
    const reload = app.shell.alert.getByRole('button', { name: /reload/i });
    await reload.focus();
    await page.keyboard.press('Enter');
    await expect(app.chart.banner).toBeVisible();
  });
});

test.describe('pictures', () => {
  const PIXEL =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
  const SVG = Buffer.from(
    '<svg xmlns="http://www.w3.org/2000/svg" onload="globalThis.__xss=1"><script>globalThis.__xss=1</script></svg>',
  ).toString('base64');

  test('requirement 54: of a photo nothing is fetched, and no SVG is ever a picture', async ({
    app,
    attacker,
    page,
    sandbox,
  }) => {
    const photo = [
      { contentType: 'image/svg+xml', data: SVG },
      { contentType: 'image/png', data: SVG },
      { contentType: 'text/html', data: btoa('<script>globalThis.__xss=1</script>') },
      { contentType: 'image/png', url: `${attacker.origin}/photo.png` },
      { contentType: 'image/png', url: 'javascript:globalThis.__xss=1' },
      { contentType: 'image/png', data: PIXEL.repeat(40_000) },
    ];
    const answer = JSON.stringify({
      resourceType: 'Patient',
      id: PATIENT,
      meta: { versionId: '1' },
      name: [{ family: 'Pictured' }],
      photo,
    });
    sandbox.fhir.faults.add({
      method: 'GET',
      path: /\/Patient\/p0001$/,
      status: 200,
      body: answer,
      contentType: 'application/fhir+json',
    });
    for (const path of [`/patients/${PATIENT}`, `/patients/${PATIENT}/edit`]) {
      await app.open(path);
      await expect(page.getByText(/pictured/i).first()).toBeVisible();
      await page.waitForTimeout(300);
      const sources = await page
        .locator('img, image, object, embed, iframe')
        .evaluateAll((all) =>
          all.map(
            (e) =>
              (e.getAttribute('src') ?? e.getAttribute('href') ?? e.getAttribute('data')) || '',
          ),
        );
      expect(sources.filter((s) => !/^(?:\/|data:image\/(?:png|jpeg|gif|webp);)/.test(s))).toEqual(
        [],
      );
      expect(sources.filter((s) => s.length > 1_500_000)).toEqual([]);
      expect(await page.evaluate(() => Reflect.get(globalThis, '__xss') as unknown)).toBe(
        undefined,
      );
      await app.shell.signOut.click();
    }
    expect(attacker.visits).toEqual([]);
  });
});
