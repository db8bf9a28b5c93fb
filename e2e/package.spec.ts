import { rmSync, symlinkSync } from 'node:fs';
import type { Browser } from 'playwright/test';
import { securityHeaders } from '#config/hosting.ts';
import { inlineScripts } from '#sandbox/host/index-page.ts';
import { parseConfig } from '#config/load.ts';
import { expect, test } from './fixtures.ts';
import { App } from './support/app.ts';
import { type Guard, watch } from './support/guard.ts';
import { openWorkshop, type Packaged, type Workshop } from './support/packaged.ts';
import {
  answersOfIis,
  answersOfStaticWebApp,
  readWebConfig,
  type StaticWebApp,
} from './support/web-servers.ts';
import type { Stage } from './support/stage.ts';

// One worker: every test uses the same packages.
test.describe.configure({ mode: 'default', timeout: 90_000 });

const BASES = ['/', '/sub/path/'];

let workshop: Workshop;
const sites = new Map<string, Packaged>();
const zips = new Map<string, string>();

test.beforeAll(async ({ stage }) => {
  test.setTimeout(180_000);
  workshop = openWorkshop();
  for (const base of BASES) {
    const zip = workshop.zip(stage.sandbox.appConfig(), base);
    zips.set(base, zip);
    const site = await workshop.serve(workshop.unpack(zip), base);
    sites.set(base, site);
    // The sandbox and its identity providers must accept the address of each package.
    stage.sandbox.addAppOrigin(site.origin);
    if (base !== '/') stage.sandbox.addAppOrigin(site.origin + base.slice(0, -1));
  }
});

test.afterAll(async () => {
  await Promise.all([...sites.values()].map((site) => site.close()));
  workshop.close();
});

function siteAt(base: string): Packaged {
  const site = sites.get(base);
  if (!site) throw new Error(`nothing is hosted at ${base}`);
  return site;
}

/** Opens a package in a new browser profile, with the guard that watches every other test. */
async function opened(
  browser: Browser,
  stage: Stage,
  { origin, base }: Packaged,
): Promise<{ app: App; guard: Guard; close: () => Promise<void> }> {
  const context = await browser.newContext({ baseURL: origin + base, locale: 'en-GB' });
  const guard = await watch(context, origin, stage.origins);
  const app = new App(await context.newPage(), stage);
  return {
    app,
    guard,
    async close() {
      await guard.verify();
      await context.close();
    },
  };
}

for (const base of BASES) {
  test.describe(`the package, hosted at ${base}`, () => {
    test('shows the list, and a deep link survives a reload', async ({ browser, stage }) => {
      const site = siteAt(base);
      const { app, guard, close } = await opened(browser, stage, site);
      await app.open('patients');
      await app.listIsFilled();
      await app.list.patients.first().click();
      await expect(app.chart.banner).toBeVisible();
      const { pathname } = new URL(app.page.url());
      expect(pathname).toMatch(new RegExp(`^${base}patients/[^/]+$`));
      await app.page.reload();
      await expect(app.chart.banner).toBeVisible();
      expect(new URL(app.page.url()).pathname).toBe(pathname);
      const own = guard.requests.filter((url) => url.startsWith(`${site.origin}/`));
      expect(own.filter((url) => !url.startsWith(site.origin + base))).toEqual([]);
      await close();
    });

    for (const server of ['entra', 'ehr'] as const) {
      test(`signs in (${server}) and comes back to the page it came from`, async ({
        browser,
        stage,
      }) => {
        const { app, close } = await opened(browser, stage, siteAt(base));
        await app.open('patients/p0001', server);
        await expect(app.chart.banner).toBeVisible();
        expect(new URL(app.page.url()).pathname).toBe(`${base}patients/p0001`);
        await close();
      });
    }

    test('requirements 60, 62, 63: sends the security headers with every response, errors too', async ({
      request,
      sandbox,
    }) => {
      const { origin } = siteAt(base);
      const config = parseConfig(sandbox.appConfig());
      const get = (path: string) => request.get(origin + base + path);
      const html = await (await get('')).text();
      const inline = inlineScripts(html);
      const asset = assetOf(html, base);
      const paths = [
        '',
        'patients/1.2.3',
        'config.json',
        asset,
        'assets/gone.js',
        '_host/site.json',
      ];
      for (const path of [...paths, 'redirect.html']) {
        const headers = (await get(path)).headers();
        const page = path === 'redirect.html' ? 'redirect' : 'app';
        for (const [name, value] of Object.entries(
          securityHeaders(config, { page, https: true, inline }),
        ))
          expect(headers[name.toLowerCase()], `${path}: ${name}`).toBe(value);
        expect(headers['x-powered-by'] ?? headers['server'], path).toBeUndefined();
      }
      expect((await get('redirect.html')).headers()).not.toHaveProperty(
        'cross-origin-opener-policy',
      );
    });

    test('requirement 64: lets browsers cache built files only, and serves them precompressed', async ({
      request,
    }) => {
      const { origin } = siteAt(base);
      const get = (path: string) =>
        request.get(origin + base + path, { headers: { 'accept-encoding': 'br' } });
      const asset = assetOf(await (await get('')).text(), base);
      const answer = await get(asset);
      expect(answer.headers()).toMatchObject({
        'cache-control': 'public, max-age=31536000, immutable',
        'content-encoding': 'br',
        'content-type': 'text/javascript; charset=utf-8',
        vary: 'accept-encoding',
      });
      const rules = { '': 'no-store', 'config.json': 'no-cache', 'redirect.html': 'no-store' };
      for (const [path, rule] of Object.entries(rules))
        expect((await get(path)).headers()['cache-control'], path).toBe(rule);
      const missing = await get('assets/gone.js');
      expect(missing.status()).toBe(404);
      expect(missing.headers()['cache-control']).toBe('no-store');
    });

    test('serves no file that is not for browsers', async ({ request }) => {
      const { origin } = siteAt(base);
      for (const path of [
        '_host/server.mjs',
        'web.config',
        'package.json',
        '.vite/manifest.json',
      ]) {
        expect((await request.get(origin + base + path)).status(), path).toBe(404);
      }
      expect((await request.post(origin + base)).status()).toBe(405);
      expect((await request.get(`${origin}${base}licences.txt`)).status()).toBe(200);
    });
  });
}

test('a sub-path without its last slash redirects to the app, and other paths give 404', async ({
  request,
}) => {
  const { origin, base } = siteAt('/sub/path/');
  for (const query of ['', '?lang=de']) {
    const address = origin + base.slice(0, -1) + query;
    const answer = await request.get(address, { maxRedirects: 0 });
    expect(answer.status()).toBe(308);
    expect(answer.headers()['location']).toBe(base + query);
  }
  expect((await request.get(`${origin}/`)).status()).toBe(404);
});

test('one build serves several environments, and a rollback restores the earlier folder', async ({
  request,
  stage,
}) => {
  test.setTimeout(180_000); // makes another package
  const first = zips.get('/') ?? '';
  const config = { ...stage.sandbox.appConfig(), appName: 'Second site' };
  const second = workshop.zip(config, '/');
  const [before, after] = [workshop.files(first), workshop.files(second)];
  expect([...after.keys()].toSorted()).toEqual([...before.keys()].toSorted());
  const differ = [...before].filter(
    ([path, body]) => !Buffer.from(body).equals(after.get(path) ?? new Uint8Array()),
  );
  // Only the configuration differs: no other file depends on the name.
  expect(differ.map(([path]) => path)).toEqual(['config.json']);

  const releases = { first: workshop.unpack(first), second: workshop.unpack(second) };
  const current = `${releases.first}-current`;
  const names: string[] = [];
  for (const release of ['first', 'second', 'first'] as const) {
    rmSync(current, { force: true });
    symlinkSync(releases[release], current);
    const site = await workshop.serve(current, '/');
    const answer = await request.get(`${site.origin}/config.json`);
    names.push(((await answer.json()) as { appName: string }).appName);
    await site.close();
  }
  expect(names).toEqual(['Patient Browser', 'Second site', 'Patient Browser']);
});

test('web.config is valid XML and holds the headers that the server sends', async ({
  page,
  sandbox,
}) => {
  const config = parseConfig(sandbox.appConfig());
  const text = workshop.read(zips.get('/') ?? '', 'web.config');
  const found = await page.evaluate((xml) => {
    const parsed = new DOMParser().parseFromString(xml, 'application/xml');
    const headers = (location: string) =>
      [...parsed.querySelectorAll(`location[path="${location}"] customHeaders > *`)].map(
        (element) =>
          [element.localName, element.getAttribute('name'), element.getAttribute('value')] as const,
      );
    return {
      error: parsed.querySelector('parsererror')?.textContent,
      app: headers('.'),
      redirect: headers('redirect.html'),
    };
  }, text);
  expect(found.error).toBeUndefined();
  const inline = inlineScripts(workshop.read(zips.get('/') ?? '', 'index.html'));
  expect(inline).toHaveLength(1);
  const app = securityHeaders(config, { page: 'app', https: true, inline });
  expect(found.app).toEqual([
    ['clear', null, null],
    ...Object.entries(app).map(([name, value]) => ['add', name, value]),
    ['add', 'Cache-Control', 'no-store'],
  ]);
  const redirect = securityHeaders(config, { page: 'redirect', https: true, inline });
  expect(found.redirect).toEqual([
    ['remove', 'Content-Security-Policy', null],
    ['remove', 'Cross-Origin-Opener-Policy', null],
    ['add', 'Content-Security-Policy', redirect['Content-Security-Policy']],
  ]);
});

test('web.config answers as the server in the zip does', async ({ page, request }) => {
  const zip = zips.get('/') ?? '';
  const files = workshop.files(zip);
  const iis = await readWebConfig(page, workshop.read(zip, 'web.config'));
  const { origin } = siteAt('/');
  const asset = assetOf(await (await request.get(origin)).text(), '/');
  const paths = ['', 'patients', 'patients/1.2.3', 'patients/a.json', 'launch', 'no/such/page'];
  const known = [asset, 'assets/gone.js', 'assets/', 'redirect.html', 'config.json', 'favicon.svg'];
  const hidden = ['_host/server.mjs', 'web.config', 'package.json', 'gone.txt'];
  for (const encoding of ['br', 'gzip', 'identity'])
    for (const path of [...paths, ...known, ...hidden]) {
      const answer = await request.get(`${origin}/${path}`, {
        headers: { 'accept-encoding': encoding },
      });
      const what = `/${path}, ${encoding}`;
      const expected = answersOfIis(iis, files, path, encoding);
      expect(expected.status, what).toBe(answer.status());
      if (expected.status !== 200) continue;
      const { 'cache-control': cache, 'content-type': type, vary } = answer.headers();
      expect(expected, what).toMatchObject({ type, cache });
      // The server in the zip compresses small files too.
      if (expected.encoding) {
        expect(answer.headers()['content-encoding'], what).toBe(expected.encoding);
        expect(vary, what).toBe('accept-encoding');
      }
    }
  expect(answersOfIis(iis, files, asset, 'br').encoding).toBe('br');
});

test('staticwebapp.config.json answers as the server in the zip does', async ({ request }) => {
  const zip = zips.get('/') ?? '';
  const files = workshop.files(zip);
  const swa = JSON.parse(workshop.read(zip, 'staticwebapp.config.json')) as StaticWebApp;
  // https://learn.microsoft.com/azure/static-web-apps/configuration
  expect(Object.keys(swa).sort()).toEqual([
    'globalHeaders',
    'mimeTypes',
    'navigationFallback',
    'routes',
  ]);
  expect(JSON.stringify(swa).length, 'the most that the service reads').toBeLessThan(20_480);
  const { origin } = siteAt('/');
  const asset = assetOf(await (await request.get(origin)).text(), '/');
  const paths = ['', 'patients', 'patients/1.2.3', 'redirect.html', 'config.json', asset];
  for (const path of [...paths, '_host/server.mjs', 'web.config', 'assets/gone.js', 'gone.txt']) {
    const answer = await request.get(`${origin}/${path}`);
    const own = answersOfStaticWebApp(swa, files, `/${path}`);
    expect(own.status, path).toBe(answer.status());
    const names = ['content-security-policy', 'cross-origin-opener-policy', 'cache-control'];
    for (const name of answer.status() === 200 ? names : names.slice(0, 2))
      expect(own.headers[name] || undefined, `/${path} ${name}`).toBe(answer.headers()[name]);
  }
});

function assetOf(page: string, base: string): string {
  const path = /[^" ]+vendor-[\w-]+\.js/.exec(page)?.[0] ?? '';
  expect(path.startsWith(`${base}assets/`), path).toBe(true);
  return path.slice(base.length);
}
