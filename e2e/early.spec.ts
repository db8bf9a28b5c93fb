import type { Page } from 'playwright/test';
import { faultKinds } from '#sandbox/fhir/faults/faults.ts';
import { expect, test as base } from './fixtures.ts';
import { hold } from './support/hold.ts';
import { strictHost } from './support/strict-host.ts';

interface Strict {
  /** Origin of a host whose policy forbids the early script. */
  strict: string;
}

const test = base.extend<Strict>({
  async strict({ guard, stage }, use) {
    const host = await strictHost(stage.host.origin);
    guard.allowOrigin(host.origin);
    await use(host.origin);
    await host.close();
  },
});

/** The early script, which is inline in the page: see `docs/decisions/0015-early-script.md`. */
test.describe('before the main script has loaded', () => {
  const firstPage = /^\/open\/fhir\/Patient$/;

  test.beforeEach(({ stage, sandbox }) => {
    stage.host.setConfig({
      servers: [
        { id: 'only', label: 'Only one', fhirBaseUrl: sandbox.open, auth: { type: 'open' } },
      ],
    });
  });

  const searches = (log: readonly { path: string; query: string }[]) =>
    log.filter((e) => firstPage.test(e.path) && !e.query.includes('ct=')).map((e) => e.query);

  test('the first patients and the configuration are requested once', async ({
    app,
    page,
    sandbox,
  }) => {
    const configs: string[] = [];
    page.on('request', (r) => r.url().endsWith('/config.json') && configs.push(r.url()));
    await page.goto('/patients');
    await expect(app.list.patients.first()).toBeVisible();
    expect(searches(sandbox.fhir.log)).toHaveLength(1);
    expect(configs).toHaveLength(1);
    expect(sandbox.fhir.log.filter((e) => e.method === 'OPTIONS')).toHaveLength(0);
  });

  /** Holds the main script back until the returned function is called; then it loads or fails. */
  async function holdProgram(page: Page, status?: number): Promise<() => void> {
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    await page.route('**/assets/main-*.js', async (route) => {
      await gate;
      if (status === undefined) await route.continue();
      else await route.fulfill({ status, body: '' });
    });
    return () => go();
  }

  /** Returns the positions of the page's parts, and the content of the table. */
  const picture = (page: Page) =>
    page.evaluate(() => ({
      rows: document.querySelector('tbody')?.innerHTML,
      places: ['h1', 'input', 'thead', 'tbody tr', 'nav[aria-label="Pages"]', 'select'].map((s) =>
        JSON.stringify(document.querySelector(s)?.getBoundingClientRect()),
      ),
    }));

  /** Waits until the main script has taken over: only its table has buttons that sort. */
  const taken = (page: Page) =>
    expect(page.getByRole('columnheader', { name: 'Name' }).getByRole('button')).toBeVisible();

  test('the first patients show before the main script, which then renders the same', async ({
    app,
    page,
    sandbox,
  }) => {
    const go = await holdProgram(page);
    await page.goto('/patients');
    await expect(app.list.patients.first()).toBeVisible();
    const before = await picture(page);
    go();
    await taken(page);
    expect(await picture(page)).toEqual(before);
    expect(searches(sandbox.fhir.log)).toHaveLength(1);
  });

  test('the page shows before the server has responded', async ({ app, page, sandbox }) => {
    const go = await holdProgram(page);
    const answer = hold(sandbox, { path: /Patient\?/, times: 1 });
    await page.goto('/patients');
    await expect(app.list.heading).toBeVisible();
    await expect(page.getByText('Only one')).toBeVisible();
    await expect(app.list.patients).toHaveCount(0);
    await expect(app.list.next).toBeDisabled();
    await app.list.box.fill('fletch');
    answer.release();
    await expect(app.list.patients.first()).toBeVisible();
    await expect(app.list.next).toBeEnabled();
    go();
    await expect(app.list.patients.first()).toContainText('FLETCHER');
  });

  test('a redirect of the early request is not followed, and the page says so', async ({
    app,
    page,
    sandbox,
  }) => {
    const headers = { Location: `${sandbox.open}/metadata` };
    sandbox.fhir.faults.add({ path: /Patient\?/, times: 1, status: 302, headers, body: '' });
    await page.goto('/patients');
    await expect(app.shell.alert).toContainText('sends this request to another address');
    expect(searches(sandbox.fhir.log)).toHaveLength(1);
  });

  test('the page stays while the main script takes it over, even before the response', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({ path: /Patient\?/, times: 1, delay: 3000 });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.addInitScript(() => {
      const gone: number[] = [];
      const pagers: number[] = [];
      let stood = false;
      const look = (): void => {
        const stands = document.querySelector('h1') !== null;
        if (stood && !stands) gone.push(performance.now());
        stood ||= stands;
        const pager = document.querySelector('nav[aria-label="Pages"]')?.getBoundingClientRect();
        if (pager && pager.top !== pagers.at(-1)) pagers.push(pager.top);
        requestAnimationFrame(look);
      };
      look();
      Object.assign(globalThis, { gone, pagers });
    });
    await page.goto('/patients');
    await expect(app.list.heading).toBeVisible();
    await expect(app.list.patients.first()).toBeVisible();
    const { gone, pagers } = await page.evaluate(() => {
      const seen = globalThis as unknown as Record<'gone' | 'pagers', number[]>;
      return { gone: seen.gone, pagers: seen.pagers };
    });
    expect(gone).toEqual([]);
    expect(pagers).toHaveLength(1);
    expect(searches(sandbox.fhir.log)).toHaveLength(1);
  });

  test('the second page is requested once, before the user asks for it', async ({
    app,
    page,
    sandbox,
  }) => {
    const second = () => sandbox.fhir.log.filter((e) => e.query.includes('ct='));
    const go = await holdProgram(page);
    await page.goto('/patients');
    await expect.poll(() => second().length).toBe(1);
    go();
    await taken(page);
    const first = await app.list.patients.first().textContent();
    // The second page is rendered, but hidden.
    await expect(page.locator('tbody')).toHaveCount(2);
    await expect(app.list.patients).toHaveCount(20);
    await expect(page.locator('tbody').last()).toBeHidden();
    const asked = second()[0]?.query;
    await app.list.next.click();
    await expect(app.list.patients.first()).not.toHaveText(first ?? '');
    await expect(app.list.patients).toHaveCount(20);
    expect(second().filter((e) => e.query === asked)).toHaveLength(1);
  });

  test('text typed before the main script has loaded is searched once it has', async ({
    app,
    page,
  }) => {
    const go = await holdProgram(page);
    await page.goto('/patients');
    await expect(app.list.patients.first()).toBeVisible();
    await app.list.box.pressSequentially('fletch');
    go();
    await expect(app.list.patients.first()).toContainText('FLETCHER');
    await expect(app.list.patients.last()).toContainText('FLETCHER');
    await expect(app.list.box).toHaveValue('fletch');
    await expect(app.list.box).toBeFocused();
  });

  test('a patient clicked before the main script has loaded opens once it has', async ({
    app,
    page,
  }) => {
    const go = await holdProgram(page);
    await page.goto('/patients');
    const name = await app.list.patients.first().textContent();
    await app.list.patients.first().click();
    go();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name ?? '?');
    await page.goBack();
    await expect(app.list.patients.first()).toBeVisible();
  });

  test('a response with more than patients is shown only by the main script', async ({
    app,
    page,
    sandbox,
  }) => {
    const go = await holdProgram(page);
    const remark = { severity: 'warning', code: 'informational', diagnostics: 'A remark' };
    sandbox.fhir.faults.add({
      path: /Patient\?/,
      times: 1,
      rewrite: (body) => {
        const bundle = body as { entry: object[] };
        const resource = { resourceType: 'OperationOutcome', issue: [remark] };
        return { ...bundle, entry: [...bundle.entry, { search: { mode: 'outcome' }, resource }] };
      },
    });
    await page.goto('/patients');
    await expect.poll(() => searches(sandbox.fhir.log)).toHaveLength(1);
    await expect(app.list.patients).toHaveCount(0);
    go();
    await expect(app.list.patients.first()).toBeVisible();
    await expect(page.getByText('A remark')).toBeVisible();
  });

  test('an early request that failed is repeated like any other', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/503/);
    sandbox.fhir.faults.add({ ...faultKinds.html(503), path: /Patient\?/, times: 1 });
    await page.goto('/patients');
    await expect(app.list.patients.first()).toBeVisible();
    expect(searches(sandbox.fhir.log)).toHaveLength(2);
  });

  test('a broken or missing configuration is reported by the main script, in the chosen language', async ({
    guard,
    page,
    stage,
  }) => {
    await page.addInitScript(() => localStorage.setItem('/pb.settings', '{"language":"he"}'));
    stage.host.setConfig({});
    await page.goto('/patients');
    await expect(page.getByText('config.json').first()).toBeVisible();
    await expect(page.getByText('הרשת או שרת האינטרנט לא השיבו')).toHaveCount(0);

    guard.allowError(/net::ERR/);
    for (const gone of ['**/config.json', '**/refusal-*.js'])
      await page.route(gone, (route) => route.abort());
    await page.reload();
    await expect(page.getByText('הרשת או שרת האינטרנט לא השיבו')).toBeVisible();
  });

  test('the packaged server is searched while the configuration loads, and its patients show after it', async ({
    app,
    page,
    sandbox,
  }) => {
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    await page.route('**/config.json', async (route) => {
      await gate;
      await route.continue();
    });
    await page.goto('/patients', { waitUntil: 'commit' });
    await expect.poll(() => searches(sandbox.fhir.log)).toHaveLength(1);
    await expect(app.list.patients).toHaveCount(0);
    go();
    await expect(app.list.patients.first()).toBeVisible();
    await taken(page);
    expect(searches(sandbox.fhir.log)).toHaveLength(1);
  });

  test('patients of a server that the configuration no longer names are not shown', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    const open = (fhirBaseUrl: string) => ({
      servers: [{ id: 'only', label: 'Only one', fhirBaseUrl, auth: { type: 'open' } }],
    });
    const former = sandbox.open.replace('/open/', '/former/');
    let asked = 0;
    await page.route(`${former}/**`, async (route) => {
      asked += 1;
      const resource = { resourceType: 'Patient', id: 'x', name: [{ family: 'Former' }] };
      await route.fulfill({
        json: { resourceType: 'Bundle', type: 'searchset', entry: [{ resource }] },
        headers: { 'access-control-allow-origin': '*' },
      });
    });
    stage.host.setConfig(open(former));
    await page.route('**/config.json', (route) => route.fulfill({ json: open(sandbox.open) }));
    const go = await holdProgram(page);
    await page.goto('/patients');
    await expect(app.list.patients.first()).toBeVisible();
    expect(await app.list.patients.allTextContents()).not.toContain('FORMER');
    go();
    await taken(page);
    await expect(app.page.getByText('FORMER')).toHaveCount(0);
    expect(asked).toBe(1);
    expect(searches(sandbox.fhir.log)).toHaveLength(1);
  });

  test('where the Content-Security-Policy forbids the early script, the app starts without it', async ({
    app,
    guard,
    page,
    sandbox,
    strict,
  }) => {
    await page.addInitScript(() => localStorage.setItem('/pb.settings', '{"theme":"dark"}'));
    await page.goto(`${strict}/patients`);
    await expect(app.list.patients.first()).toBeVisible();
    await taken(page);
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expect(app.shell.alert).toHaveCount(0);
    expect(await page.evaluate(() => document.scripts[0]?.dataset['server'])).toBe(sandbox.open);
    expect(searches(sandbox.fhir.log)).toHaveLength(1);
    expect(guard.console.join('\n')).toContain('inline script');
  });

  test('a main script that fails to load reloads the page once, unless the user has typed; then an alert shows', async ({
    app,
    guard,
    page,
  }) => {
    guard.allowError(/404/);
    let pages = 0;
    page.on('request', (r) => (pages += r.isNavigationRequest() ? 1 : 0));
    const go = await holdProgram(page, 404);
    await page.goto('/patients');
    await expect(app.list.patients.first()).toBeVisible();
    await app.list.box.fill('fletch');
    go();
    const failed = page.getByRole('alert').filter({ hasText: 'has not been loaded' });
    await expect(failed).toBeVisible();
    await expect(page.locator('#root input').first()).toHaveValue('fletch');
    // Without the script the page does nothing, so it must not take input.
    await expect(page.locator('#root')).toHaveJSProperty('inert', true);
    expect(pages).toBe(1);

    await page.reload();
    const again = failed.getByRole('button', { name: 'Reload the page' });
    await expect(again).toBeVisible();
    expect(pages).toBe(3);
    await page.unroute('**/assets/main-*.js');
    await again.click();
    await taken(page);
    await expect(failed).toHaveCount(0);
    expect(pages).toBe(4);
  });

  test('where no script loads at all, the page itself shows an alert after a while', async ({
    app,
    guard,
    page,
    strict,
  }) => {
    guard.allowError(/404/);
    const scripts = '**/assets/*.js';
    await page.route(scripts, (route) => route.fulfill({ status: 404, body: '' }));
    await page.goto(`${strict}/patients`);
    await expect(page.locator('html')).toHaveAttribute('translate', 'no');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await page.evaluate(() => document.getAnimations().forEach((waiting) => waiting.finish()));
    await expect(page.getByRole('alert')).toContainText('has not been loaded');
    await page.unrouteAll();
    await page.getByRole('link', { name: 'Reload the page' }).click();
    await taken(page);
    await expect(app.shell.alert).toHaveCount(0);
  });

  test('a slow configuration shows "Loading" in the chosen language, and no alert once the main script runs', async ({
    page,
  }) => {
    await page.addInitScript(() => localStorage.setItem('/pb.settings', '{"language":"de"}'));
    let go = (): void => undefined;
    const gate = new Promise<void>((resolve) => (go = resolve));
    await page.route('**/config.json', async (route) => {
      await gate;
      await route.continue();
    });
    const program = await holdProgram(page);
    await page.goto('/patients', { waitUntil: 'commit' });
    const loading = page.getByRole('status');
    await expect(loading).toHaveText('Wird geladen …');
    const late = page.getByRole('alert');
    await expect
      .poll(async () => {
        await page.evaluate(() => document.getAnimations().forEach((waiting) => waiting.finish()));
        return late.count();
      })
      .toBe(1);
    // From here on the main script runs, and reports problems itself.
    program();
    await expect(late).toHaveCount(0);
    await expect(loading).toHaveText('Wird geladen …');
    go();
    await expect(page.locator('tbody a').first()).toBeVisible();
    await expect(page.getByText('Wird geladen …')).toHaveCount(0);
  });

  test('an unusual page size is requested by the main script alone', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.goto('/patients?size=10');
    await expect(app.list.patients.first()).toBeVisible();
    expect(searches(sandbox.fhir.log)).toEqual([expect.stringContaining('_count=10')]);
  });

  test('with a choice of servers, none gets a request', async ({ app, page, sandbox, stage }) => {
    stage.host.setConfig(sandbox.appConfig());
    await page.goto('/patients');
    await expect(app.page.getByRole('button', { name: /Sign in/ }).first()).toBeVisible();
    expect(searches(sandbox.fhir.log)).toHaveLength(0);
  });
});
