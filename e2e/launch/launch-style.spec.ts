import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright/test';
import { expect, test as base } from '../fixtures.ts';
import type { App } from '../support/app.ts';
import { expectAccessible } from '../support/axe.ts';
import { launched } from '../support/context.ts';
import { PATIENT } from '../support/launch.ts';
import { arrived, settled } from '../support/settled.ts';

interface StyleServer {
  /** Starts a web server that answers as given, and launches with its style document. */
  styledBy: (answer: RequestListener) => Promise<void>;
}

const test = base.extend<StyleServer>({
  async styledBy({ app, guard }, use) {
    const servers: Server[] = [];
    await use(async (answer) => {
      const server = createServer((request, response) => {
        response.setHeader('Access-Control-Allow-Origin', '*');
        response.setHeader('Content-Type', 'application/json');
        answer(request, response);
      });
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
      const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
      guard.allowOrigin(origin);
      guard.allowError(/net::ERR|Failed to load resource/);
      const config = app.stage.sandbox.appConfig();
      for (const issuer of config.smartLaunch.issuers) issuer.endpointOrigins.push(origin);
      app.stage.host.setConfig(config);
      await launched(app, { patient: PATIENT, smart_style_url: `${origin}/style.json` });
      await expect(app.chart.banner).toBeVisible();
    });
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  },
});

test.describe('requirement 48: the look of the EHR', () => {
  const property = (page: Page, name: string): Promise<string> =>
    page.evaluate((n) => document.documentElement.style.getPropertyValue(n), name);

  async function launchedWithStyle(app: App, path = '/style.json'): Promise<void> {
    const config = app.stage.sandbox.appConfig();
    for (const issuer of config.smartLaunch.issuers)
      issuer.endpointOrigins.push(app.stage.attacker.origin);
    app.stage.host.setConfig(config);
    await launched(app, {
      patient: PATIENT,
      smart_style_url: `${app.stage.attacker.origin}${path}`,
    });
    await expect(app.chart.banner).toBeVisible();
  }

  test('is requested without credentials and applied to the page', async ({
    app,
    attacker,
    guard,
    page,
  }) => {
    guard.allowOrigin(attacker.origin);
    attacker.serve(
      '/style.json',
      'application/json',
      JSON.stringify({ color_background: '#fafafa', dim_border_radius: '2px' }),
    );
    await launchedWithStyle(app);
    await expect.poll(() => property(page, '--bg')).toBe('#fafafa');
    expect(await property(page, '--radius')).toBe('2px');
    expect(attacker.visits).toHaveLength(1);
    const { headers, method } = attacker.visits[0]!;
    expect(method).toBe('GET');
    for (const name of ['authorization', 'cookie', 'referer'])
      expect(headers[name]).toBeUndefined();
    await page.goto('/patients');
    await expect.poll(() => property(page, '--bg')).toBe('');
  });

  test('is ignored where the response is not a valid style document', async ({
    afresh,
    app,
    attacker,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowOrigin(attacker.origin);
    for (const [name, body] of [
      ['values of the wrong form', '{"color_background":"url(//evil)","color_highlight":"red;x"}'],
      ['colours that hide the text', '{"color_background":"#222222","color_highlight":"#ffff00"}'],
      ['no JSON', '<html>'],
      ['far too long', `{"color_background":"#fafafa","x":"${'x'.repeat(30_000)}"}`],
    ] as const) {
      await afresh(name, async () => {
        attacker.serve('/style.json', 'application/json', body);
        const style = page.waitForRequest('**/style.json');
        await launchedWithStyle(app);
        // The end of a response that the app stops reading is not always reported.
        await (await style).response();
        await settled(page, sandbox);
        expect(attacker.visits).toHaveLength(1);
        const set = await page.evaluate(() => document.documentElement.style.length);
        expect(set).toBeLessThanOrEqual(1); // scroll-padding-top, set by the app itself
        await expect(app.chart.alert).toHaveCount(0);
      });
    }
  });

  test('is not read through a redirect', async ({ app, page, sandbox, styledBy }) => {
    const asked: (string | undefined)[] = [];
    const style = page.waitForRequest('**/style.json');
    await styledBy(({ url }, response) => {
      asked.push(url);
      if (url === '/style.json') response.writeHead(302, { Location: '/other.json' }).end();
      else response.end('{"color_background":"#fafafa"}');
    });
    await arrived(await style);
    await settled(page, sandbox);
    expect(asked).toEqual(['/style.json']);
    expect(await property(page, '--bg')).toBe('');
    await expect(app.chart.alert).toHaveCount(0);
  });

  for (const [name, head] of [
    ['that never answers', false],
    ['that never ends its answer', true],
  ] as const) {
    test(`a style server ${name} is given up after three seconds, and the chart does not wait`, async ({
      app,
      page,
      sandbox,
      styledBy,
    }) => {
      let waited: number | undefined;
      let asked = '';
      await styledBy((_request, response) => {
        const from = performance.now();
        response.on('close', () => {
          waited = performance.now() - from;
          asked = sandbox.fhir.log.map(({ path }) => path).join();
        });
        if (head) response.write('{"color_background":"#fafafa"');
      });
      await expect(app.chart.navigation).toBeVisible();
      await expect.poll(() => waited, { timeout: 15_000 }).toBeGreaterThan(2000);
      expect(asked, 'what the chart had asked for by then').toContain(`/Patient/${PATIENT}`);
      expect(asked).toContain('/Condition');
      expect(await property(page, '--bg')).toBe('');
      await expect(app.chart.alert).toHaveCount(0);
    });
  }

  test('is applied without values that are invalid or would hide text, in light and dark', async ({
    app,
    attacker,
    guard,
    page,
  }) => {
    guard.allowOrigin(attacker.origin);
    attacker.serve(
      '/style.json',
      'application/json',
      JSON.stringify({
        color_background: '#fafafa',
        color_highlight: '#ffee00', // too light for text
        dim_border_radius: '900px',
        font_family_body: 'x; background: url(//evil.example)',
      }),
    );
    await launchedWithStyle(app);
    await expect.poll(() => property(page, '--bg')).toBe('#fafafa');
    expect(await property(page, '--accent')).toBe('');
    expect(await property(page, '--radius')).toBe('');
    expect(guard.requests.filter((url) => url.includes('evil.example'))).toEqual([]);
    await expectAccessible(page, 'the chart in the colours of the EHR');
    // Light text on that background could not be read.
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => property(page, '--bg')).toBe('');
    await expectAccessible(page, 'the chart in the dark');
  });

  test('is checked again when the user chooses other colours in the settings', async ({
    app,
    attacker,
    guard,
    page,
  }) => {
    guard.allowOrigin(attacker.origin);
    attacker.serve('/style.json', 'application/json', '{"color_background":"#fafafa"}');
    await launchedWithStyle(app);
    await expect.poll(() => property(page, '--bg')).toBe('#fafafa');
    await page.getByRole('button', { name: 'Settings' }).click();
    const colours = page.getByRole('dialog', { name: 'Settings' }).getByLabel('Colours');
    await colours.selectOption({ label: 'Dark' });
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect.poll(() => property(page, '--bg')).toBe('');
    await expectAccessible(page, 'the chart with the settings in the dark');
    await colours.selectOption({ label: 'Light' });
    await expect.poll(() => property(page, '--bg')).toBe('#fafafa');
  });

  test('is not requested from an address without https', async ({ app, guard, page, sandbox }) => {
    await launched(app, { patient: PATIENT, smart_style_url: 'http://style.example/a.json' });
    await expect(app.chart.banner).toBeVisible();
    await settled(page, sandbox);
    expect(guard.requests.filter((url) => url.includes('style.example'))).toEqual([]);
  });
});
