import { faultKinds } from '#sandbox/fhir/faults.ts';
import { expect, test } from './fixtures.ts';

/** What the script that runs before the program asks for: see `docs/decisions/0015-early-script.md`. */
test.describe('before the program has arrived', () => {
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

  test('the first patients and the configuration are asked for once', async ({
    app,
    page,
    sandbox,
  }) => {
    const configs: string[] = [];
    page.on('request', (r) => r.url().endsWith('/config.json') && configs.push(r.url()));
    await page.goto('/patients');
    await expect(app.list.patients.first()).toBeVisible();
    expect(searches(sandbox.fhir.log)).toHaveLength(1);
    // One request: the preload and the fetch are the same one.
    expect(new Set(configs).size).toBe(1);
    expect(sandbox.fhir.log.filter((e) => e.method === 'OPTIONS')).toHaveLength(0);
  });

  test('they do not wait for the program', async ({ guard, page, sandbox }) => {
    guard.allowError(/ERR_FAILED/);
    await page.route('**/assets/index-*.js', (route) => route.abort());
    await page.goto('/patients');
    await expect.poll(() => searches(sandbox.fhir.log)).toHaveLength(1);
  });

  test('an early answer that failed is met again like any other', async ({
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

  test('another page size than usual is asked for by the program alone', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.goto('/patients?size=10');
    await expect(app.list.patients.first()).toBeVisible();
    expect(searches(sandbox.fhir.log)).toEqual([expect.stringContaining('_count=10')]);
  });

  test('where there is a choice of servers, none is asked', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    stage.host.setConfig(sandbox.appConfig());
    await page.goto('/patients');
    await expect(app.page.getByRole('button', { name: /Sign in/ }).first()).toBeVisible();
    expect(searches(sandbox.fhir.log)).toHaveLength(0);
  });
});
