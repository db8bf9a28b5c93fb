import type { CapabilityStatement } from 'fhir/r4';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { runDev } from '#sandbox/cli-app.ts';
import { expect, test } from '../fixtures.ts';
import { hold } from '../support/hold.ts';
import type { Stage } from '../support/stage.ts';
import { dialog, posts, press } from '../support/records.ts';

/** Removes interactions of Patient from the server's capability statement. */
function without(sandbox: Sandbox, ...codes: string[]): void {
  sandbox.fhir.faults.add({
    method: 'GET',
    path: /\/metadata/,
    rewrite: (body) => {
      for (const resource of (body as CapabilityStatement).rest?.[0]?.resource ?? []) {
        if (resource.type !== 'Patient') continue;
        resource.interaction = resource.interaction?.filter(({ code }) => !codes.includes(code));
      }
      return body;
    },
  });
}

test.describe('interactions that the server does not declare', () => {
  test('creating, changing and deleting are not offered, and the page says why', async ({
    app,
    page,
    sandbox,
  }) => {
    without(sandbox, 'create', 'update', 'delete');
    await app.open('/patients/new');
    await expect(app.shell.main).toContainText('This server does not take new patients.');
    await page.goto('/patients/awkward-test');
    await expect(app.chart.heading).toContainText('ZZZTEST');
    await press(page, 'More').click();
    await expect(
      page.getByText('This server does not take changes to patients.').last(),
    ).toBeVisible();
    await expect(page.getByText('This server does not delete patients.')).toBeVisible();
    await page.goto('/patients/awkward-test/edit');
    await expect(app.shell.main).toContainText('This server does not take changes to patients.');
  });

  test('the history is not offered, and the page says why', async ({ app, page, sandbox }) => {
    without(sandbox, 'history-instance', 'vread');
    await app.open('/patients/awkward-test/history');
    await expect(app.shell.main).toContainText('does not give out the versions of a record.');
    await expect(page.getByRole('table', { name: 'History' })).toHaveCount(0);
  });
});

test.describe('If-None-Exist', () => {
  const allow = (stage: Stage): void => {
    const config = stage.sandbox.appConfig();
    const servers = config.servers.map((server) => ({
      ...server,
      requests: { conditionalCreate: true },
    }));
    stage.host.setConfig({ ...config, servers });
  };

  test('is sent where the site allows it, and an existing patient is opened instead of created twice', async ({
    app,
    page,
    stage,
    sandbox,
  }) => {
    allow(stage);
    await app.open('/patients/new');
    const fill = async (): Promise<void> => {
      await app.form.family.fill('Conditional');
      const identifier = page.getByRole('group', { name: 'Identifier 1' });
      await identifier.getByLabel('Identifier', { exact: true }).fill('C-1');
      await identifier.getByLabel('System').fill('https://mrn.example');
    };
    await fill();
    const sent = page.waitForRequest((r) => r.method() === 'POST' && r.url().endsWith('/Patient'));
    await app.form.create.click();
    expect((await sent).headers()['if-none-exist']).toBe(
      'identifier=https%3A%2F%2Fmrn.example%7CC-1',
    );
    await expect(app.chart.heading).toContainText('CONDITIONAL');
    const first = page.url();
    await page.goto('/patients/new');
    await fill();
    await app.form.create.click();
    await expect(dialog(page).getByText('Same identifier')).toBeVisible();
    await press(page, 'Create anyway').click();
    // The record that opens is not what was typed, so the dialog must say so.
    await expect(dialog(page)).toContainText('Nothing was created');
    await expect(press(page, 'Create anyway')).toHaveCount(0);
    await dialog(page)
      .getByRole('button', { name: /^Open this record instead/ })
      .click();
    await expect(page).toHaveURL(first);
    await expect(page.getByRole('status', { name: /^Nothing was created/ })).toBeVisible();
    const found = await fetch(`${sandbox.fhir.openBaseUrl}/Patient?family=conditional`);
    expect(((await found.json()) as { entry: unknown[] }).entry).toHaveLength(1);
  });

  test('is not sent where the site does not allow it, and a failed duplicate check is reported', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    guard.allowError(/Failed to load resource/);
    await app.open('/patients/new');
    await app.form.family.fill('Unconditional');
    const identifier = page.getByRole('group', { name: 'Identifier 1' });
    await identifier.getByLabel('Identifier', { exact: true }).fill('C-2');
    await identifier.getByLabel('System').fill('https://mrn.example');
    const sent = page.waitForRequest((r) => r.method() === 'POST' && r.url().endsWith('/Patient'));
    sandbox.fhir.faults.add({ method: 'GET', path: /\/Patient\?/, status: 403 });
    await app.form.create.click();
    await expect(dialog(page)).toContainText('The server cannot be asked');
    sandbox.fhir.faults.clear();
    await press(page, 'Create anyway').click();
    expect((await sent).headers()['if-none-exist']).toBeUndefined();
    await expect(app.chart.heading).toContainText('UNCONDITIONAL');
  });
});

test('in development, where StrictMode runs every effect twice, one patient is created', async ({
  app,
  guard,
  page,
  sandbox,
}) => {
  test.setTimeout(150_000);
  const dev = await runDev(0, () => sandbox.appConfig());
  try {
    guard.allowOrigin(dev.origin);
    sandbox.addAppOrigin(dev.origin);
    await page.goto(`${dev.origin}/patients/new`, { timeout: 60_000 });
    await app.shell.signInTo('Open test server').click({ timeout: 60_000 });
    await app.form.family.fill('Strictmode', { timeout: 60_000 });
    const creating = hold(sandbox, { method: 'POST', path: /\/Patient$/, times: 1 });
    await app.form.create.dblclick();
    await creating.asked();
    creating.release();
    await expect(app.chart.heading).toContainText('STRICTMODE', { timeout: 30_000 });
    await page.reload();
    await expect(app.chart.heading).toContainText('STRICTMODE', { timeout: 30_000 });
    expect(posts(sandbox)).toBe(1);
  } finally {
    await page.goto('about:blank');
    await dev.close();
  }
});
