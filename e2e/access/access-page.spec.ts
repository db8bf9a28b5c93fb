import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures.ts';
import { finished, item, openCheck, word } from '../pages/access-page.ts';
import type { App } from '../support/app.ts';
import { expectAccessible } from '../support/axe.ts';
import { expectReflow } from '../support/narrow.ts';

const report = (page: Page): Promise<string> => page.locator('pre').last().innerText();

test('requirements 37, 68: the support report, the request log and the page hold no token and no patient', async ({
  app,
  page,
  sandbox,
}) => {
  sandbox.ehr.control.idToken = (claims) => ({ ...claims, nickname: 'CANARYIDENTITY' });
  await page.goto(app.stage.launchUrl({ patient: 'p0001' }));
  await expect(app.chart.banner).toBeVisible();
  const name = (await app.chart.name()).split(',')[0] ?? '';
  expect(name.length).toBeGreaterThan(1);
  await app.shell.patients.click();
  await app.list.box.fill('Methusa');
  await app.list.searchButton.click();
  await expect
    .poll(() => sandbox.fhir.log.some(({ query }) => query.includes('Methusa')))
    .toBe(true);
  await openCheck(app);

  const log = page.getByRole('region', { name: 'Requests of this session' });
  await expect(log.getByRole('table')).toContainText('/Patient');
  expect(await log.innerText()).not.toMatch(/Methusa/i);

  const report = await page.locator('pre').last().innerText();
  expect(report).toContain('Access check');
  expect(report).toContain('[good] FHIR server');
  const response = sandbox.ehr.log.find(({ kind }) => kind === 'token')?.response as {
    access_token: string;
    id_token: string;
    refresh_token: string;
  };
  const secrets = [response.access_token, response.id_token, response.refresh_token];
  for (const word of [...secrets, 'p0001', 'Methusa', name, 'CANARYIDENTITY', 'eyJ'])
    expect(report.toLowerCase(), word.slice(0, 12)).not.toContain(word.toLowerCase());

  // With every detail open, the page shows no token, not even a part of one.
  await page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });
  await expect(item(page, 'Launch context').locator('pre')).toContainText('patient');
  const whole = await page.locator('body').innerText();
  for (const secret of secrets) {
    expect(whole).not.toContain(secret);
    expect(whole).not.toContain(secret.slice(-24));
  }
  expect(whole).not.toContain('CANARYIDENTITY');
});

test('the support report holds neither the name of the user nor the value of an audit header', async ({
  app,
  page,
  sandbox,
  stage,
}) => {
  const config = sandbox.appConfig();
  const servers = config.servers.map((server) => ({
    ...server,
    requests: { auditHeaders: { who: 'CANARY, Jane 1970-01-02' } },
  }));
  stage.host.setConfig({ ...config, servers });
  sandbox.fhir.cors.headers.push('X-MS-AZUREFHIR-AUDIT-who');
  // A refusal that names a patient must not reach the report either.
  sandbox.fhir.faults.add({
    path: /\/Patient\?/,
    status: 403,
    body: {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error', code: 'forbidden', diagnostics: 'CANARYPATIENT, born 1970' }],
    },
  });
  await page.goto('/patients');
  await app.signIn('entra');
  await openCheck(app);
  await expect(item(page, 'Access token')).toContainText('Casey Moreau');
  const text = await report(page);
  expect(text).toContain('[bad] Audit headers');
  expect(text).toContain('[bad] What may I do here?');
  const hidden = ['CANARY', '1970', 'Moreau', 'casey.moreau', '9d3f1c62', 'eyJ'];
  for (const secret of hidden) expect(text, secret).not.toContain(secret);
});

test('audit headers go with every request to their server, and to no other', async ({
  app,
  page,
  sandbox,
  stage,
}) => {
  const config = sandbox.appConfig();
  const servers = config.servers.map((server) =>
    server.id === 'open' ? { ...server, requests: { auditHeaders: { site: 'Ward 7' } } } : server,
  );
  stage.host.setConfig({ ...config, servers });
  sandbox.fhir.cors.headers.push('X-MS-AZUREFHIR-AUDIT-site');
  const sent = (): (string | undefined)[] =>
    sandbox.fhir.log
      .filter(({ method, path }) => method !== 'OPTIONS' && path.endsWith('/Patient'))
      .map(({ headers }) => headers['x-ms-azurefhir-audit-site']);
  await app.openList('open');
  expect(new Set(sent())).toEqual(new Set(['Ward 7']));
  await openCheck(app);
  const finding = item(page, 'Audit headers');
  await expect(word(finding, 'Came back')).toHaveText('1 header with every request.');
  await expect(finding).toContainText('X-MS-AZUREFHIR-AUDIT-site');
  await expect(finding).toContainText('Ward 7');
  await app.shell.signOut.click();
  sandbox.fhir.log.length = 0;
  await app.openList('token');
  expect(new Set(sent())).toEqual(new Set([undefined]));
});

test.describe('the check "What may I do here?"', () => {
  /** Runs the access check, and returns its verdict on each action. */
  async function rows(app: App): Promise<Record<string, string>> {
    await openCheck(app);
    const labels = item(app.page, 'What may I do here?').locator('details dt');
    const entries = await labels.evaluateAll((all) =>
      all.map((dt) => [dt.textContent ?? '', dt.nextElementSibling?.textContent?.trim() ?? '']),
    );
    return Object.fromEntries(entries) as Record<string, string>;
  }

  test('a contributor is told that reading was tried and the rest is possible', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.goto('/patients');
    await app.signIn('entra');
    sandbox.fhir.log.length = 0;
    expect(await rows(app)).toEqual({
      'Search patients': 'possible: tried just now',
      'Read a patient': 'possible: tried just now',
      'Create a patient': 'possible',
      'Change a patient': 'possible',
      'Delete a patient': 'possible',
      'See earlier versions': 'possible',
      'Check a resource ($validate)': 'possible',
      'Bulk export ($export)': 'possible',
    });
    // The check itself never writes.
    const methods = sandbox.fhir.log.filter(
      ({ method, path }) => !path.endsWith('/metadata') && method !== 'OPTIONS',
    );
    expect(new Set(methods.map(({ method }) => method))).toEqual(new Set(['GET']));
  });

  test('a reader is told that the role does not cover deleting and export', async ({
    app,
    page,
  }) => {
    await page.goto('/patients');
    await app.signIn('entra', 'Robin Adeyemi');
    expect(await rows(app)).toMatchObject({
      'Read a patient': 'possible: tried just now',
      'Delete a patient': 'no: the role does not cover it',
      'Bulk export ($export)': 'no: the role does not cover it',
    });
  });

  test('scopes for one patient and operations that the server lacks are given as reasons', async ({
    app,
    page,
    sandbox,
  }) => {
    await page.goto(app.stage.launchUrl({ patient: 'p0001' }));
    await expect(app.chart.banner).toBeVisible({ timeout: 20_000 });
    expect(await rows(app)).toMatchObject({
      'Read a patient': 'possible: tried just now',
      'Create a patient': 'no: the scopes granted do not cover it',
      'Bulk export ($export)': 'no: the scopes granted do not cover it',
    });
    sandbox.fhir.faults.add({
      path: /metadata/,
      rewrite: (body) =>
        JSON.parse(JSON.stringify(body).replaceAll(/([-"])(export|validate)"/g, '$1x"')),
    });
    const other = app.in(await page.context().newPage());
    await other.open('/patients', 'open');
    expect(await rows(other)).toMatchObject({
      'Check a resource ($validate)': 'no: the server does not declare it',
      'Bulk export ($export)': 'no: the server does not declare it',
    });
  });
});

test.describe('the table "If something fails"', () => {
  const row = (page: Page, seen: RegExp) =>
    page.getByRole('table', { name: 'If something fails' }).getByRole('row', { name: seen });

  test('the cause that was found is shown beside the failure, with a link to its check', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.entra.control.audience = 'https://another.example';
    await page.goto('/patients');
    await app.trySignIn('entra');
    await expect(page.getByRole('alertdialog').or(app.shell.signOut).first()).toBeVisible();
    await openCheck(app);
    const unauthorised = row(page, /^401/);
    await expect(unauthorised).toContainText('expects a token for');
    await expect(unauthorised).toContainText(/in this session, last at GET \/fhir\/Patient/);
    await expect(row(page, /^429/)).toContainText('Not seen in this session.');
    await expectAccessible(page);
    await unauthorised.getByRole('link', { name: 'Access token' }).click();
    await expect(page).toHaveURL(/\/access#check-token$/);
    await expect(item(page, 'Access token')).toBeInViewport();
  });

  test('a 403 names the missing role, and a missing response the origin that is not allowed', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    await page.goto('/patients');
    await app.trySignIn('entra', 'Noor Lindqvist');
    await expect(app.shell.signOut).toBeVisible();
    await openCheck(app);
    await expect(row(page, /^403/)).toContainText('no role on the FHIR service');
    guard.allowError(/net::ERR|CORS|Access-Control|Failed to load resource/);
    sandbox.fhir.cors.origins = ['https://another.example'];
    await page.getByRole('button', { name: 'Run again' }).click();
    await expect(row(page, /^No answer/)).toContainText('does not allow the origin');
    await finished(page);
    const links = page.getByRole('list', { name: 'To look at' }).getByRole('link');
    await expect(links.filter({ hasText: 'FHIR server' })).toHaveCount(1);
  });
});

test.describe('the EHR’s style document', () => {
  for (const [name, listed, body, came] of [
    [
      'is reported with its response time when it can be read',
      true,
      '{"color_background":"#fafafa"}',
      /^A style document, \d+ ms\.$/,
    ],
    [
      'is reported as invalid when it is not JSON',
      true,
      '<html>',
      /^HTTP 200, but no style document\.$/,
    ],
    [
      'is not requested when its origin is not listed',
      false,
      '{}',
      /does not list\. It was not asked for\.$/,
    ],
  ] as const) {
    test(name, async ({ app, attacker, guard, page, stage }) => {
      if (listed) guard.allowOrigin(attacker.origin);
      else guard.allowError(/Content Security Policy|Refused to connect/);
      attacker.serve('/style.json', 'application/json', body);
      const config = stage.sandbox.appConfig();
      if (listed)
        for (const issuer of config.smartLaunch.issuers)
          issuer.endpointOrigins.push(attacker.origin);
      stage.host.setConfig(config);
      const launch = { patient: 'p0001', smart_style_url: `${attacker.origin}/style.json` };
      if (listed) await page.goto(stage.launchUrl(launch));
      else {
        // Opens no chart, which would request the document and be blocked by the site's CSP.
        stage.sandbox.ehr.control.omit = ['patient'];
        await page.goto(stage.launchUrl(launch));
      }
      await expect(app.shell.signOut).toBeVisible({ timeout: 20_000 });
      await openCheck(app);
      const finding = item(page, 'Look of the EHR');
      await expect(word(finding, 'Came back')).toHaveText(came);
      if (!listed) {
        await expect(word(finding, 'What to do')).toContainText(
          `Add ${attacker.origin} to endpointOrigins of this EHR in config.json`,
        );
        expect(attacker.visits).toEqual([]);
      }
    });
  }
});

test('the access check does not scroll sideways on a phone or at 200 % zoom', async ({
  app,
  page,
}) => {
  await page.goto('/patients');
  await app.signIn('entra', 'Noor Lindqvist');
  await openCheck(app);
  for (const [width, height] of [
    [390, 800],
    [640, 400],
  ] as const) {
    await page.setViewportSize({ width, height });
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(
      true,
    );
    await expectAccessible(page);
  }
});

test('an opened token response is cut off and does not make the access check wider', async ({
  app,
  page,
}) => {
  await page.goto('/patients');
  await app.signIn('ehr');
  await openCheck(app);
  const response = item(page, 'Launch context').locator('details').last();
  await response.locator('summary').click();
  await expect(response.locator('pre')).toContainText('access_token');
  await page.setViewportSize({ width: 390, height: 800 });
  await expectReflow(page, 'an opened token response');
});
