import { chromium, type Page } from 'playwright/test';
import { browserArgs, findBrowser } from '../.ci/browser.ts';
import { startHost } from '#sandbox/host/host.ts';
import { startSandbox, type Sandbox } from '#sandbox/sandbox.ts';
import { expect, test } from './fixtures.ts';
import type { App } from './support/app.ts';
import { searchAfterExpiry } from './support/records.ts';

// The configuration alone decides who signs users in: one tenant of Entra ID, any organisation,
// Entra External ID, or any OpenID Connect authority.

const DIST = process.env['E2E_DIST'] ?? 'dist';
const SCOPE = 'user_impersonation';

/** Signs in under the real name of a login host, which the browser resolves to the sandbox. */
async function signInAt(
  host: string,
  auth: (sandbox: Sandbox) => Record<string, unknown>,
  look: (page: Page, sandbox: Sandbox) => Promise<void>,
): Promise<void> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('No Chrome or Chromium found: run `npm test` once.');
  const sandbox = await startSandbox({ appOrigins: [], entraHost: host, patients: 30 });
  const { audience, clientId } = sandbox.entra;
  const web = await startHost({
    dist: DIST,
    config: {
      servers: [
        {
          id: 'entra',
          label: 'Hospital',
          fhirBaseUrl: sandbox.fhir.baseUrl,
          auth: { type: 'entra', clientId, scopes: [`${audience}/${SCOPE}`], ...auth(sandbox) },
        },
      ],
    },
  });
  sandbox.addAppOrigin(web.origin);
  const browser = await chromium.launch({
    executablePath,
    args: [
      ...browserArgs(),
      '--ignore-certificate-errors',
      `--host-resolver-rules=MAP ${host} 127.0.0.1:${sandbox.entra.port}, MAP * ~NOTFOUND, EXCLUDE localhost`,
    ],
  });
  try {
    const page = await browser.newPage();
    const violations: string[] = [];
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) violations.push(message.text());
    });
    await page.goto(`${web.origin}/patients`);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: 'Dr Casey Moreau' }).click();
    const first = page.getByRole('table').getByRole('link').first();
    await expect(first).toBeVisible({ timeout: 20_000 });
    await expect(page.getByRole('banner')).toContainText('Dr Casey Moreau');
    await page.reload();
    await expect(first).toBeVisible({ timeout: 20_000 });
    await look(page, sandbox);
    expect(violations).toEqual([]);
  } finally {
    await browser.close();
    await web.close();
    await sandbox.close();
  }
}

const authorize = (sandbox: Sandbox) =>
  sandbox.entra.log.find(({ kind }) => kind === 'authorize')?.params ?? {};

test.describe('Entra ID at its real address', () => {
  test('signs in to one tenant by its id alone', async () => {
    test.setTimeout(120_000);
    await signInAt(
      'login.microsoftonline.com',
      ({ entra }) => ({ tenantId: entra.tenant }),
      async (page, sandbox) => {
        expect(authorize(sandbox)['code_challenge_method']).toBe('S256');
        await page.getByRole('button', { name: 'Sign out' }).click();
        await expect.poll(() => sandbox.entra.log.some(({ kind }) => kind === 'logout')).toBe(true);
        await expect(page.getByText('You are signed out')).toBeVisible();
      },
    );
  });

  test('signs in to any organisation in place of a tenant', async () => {
    test.setTimeout(120_000);
    const asked: string[] = [];
    await signInAt(
      'login.microsoftonline.com',
      () => ({ tenantId: 'organizations' }),
      (_page, sandbox) => {
        asked.push(authorize(sandbox)['client_id'] ?? '');
        expect(asked).toEqual([sandbox.entra.clientId]);
        return Promise.resolve();
      },
    );
  });

  test('signs in to Entra External ID with an authority under ciamlogin.com', async () => {
    test.setTimeout(120_000);
    await signInAt(
      'contoso.ciamlogin.com',
      () => ({ authority: 'https://contoso.ciamlogin.com/' }),
      (_page, sandbox) => {
        expect(sandbox.entra.log.some(({ kind }) => kind === 'metadata')).toBe(true);
        return Promise.resolve();
      },
    );
  });
});

test('any OpenID Connect authority signs in by its issuer', async ({ app, sandbox, stage }) => {
  await openWith(app, { authority: sandbox.entra.issuer, protocolMode: 'OIDC' });
  await app.listIsFilled();
  const asked = sandbox.entra.log.filter(({ kind }) => kind === 'metadata').map(({ path }) => path);
  expect(asked).toContain(
    `${new URL(sandbox.entra.issuer).pathname}/.well-known/openid-configuration`,
  );
  expect(stage.origins).toContain(new URL(sandbox.entra.authority).origin);
});

test('requirement 38: signing out works at an authority without an end_session_endpoint', async ({
  app,
  sandbox,
}) => {
  sandbox.entra.control.metadata = ({ end_session_endpoint: _none, ...metadata }) => metadata;
  await openWith(app, { authority: sandbox.entra.issuer, protocolMode: 'OIDC' });
  await app.listIsFilled();
  await app.shell.signOut.click();
  await expect(app.page.getByText('You are signed out')).toBeVisible();
  expect(sandbox.entra.log.filter(({ kind }) => kind === 'logout')).toEqual([]);
});

test('requirement 39: duplicated tabs use no refresh token twice where the authority rotates them', async ({
  app,
  sandbox,
}) => {
  await openWith(app, { authority: sandbox.entra.issuer, protocolMode: 'OIDC' });
  await app.listIsFilled();
  const other = await app.duplicate();
  sandbox.entra.log.length = 0;
  for (const [tab, name] of [
    [app, 'Methusa'],
    [other, 'Dormant'], // this one still holds the token that the first has used up
    [app, 'Dormant'],
  ] as const) {
    await searchAfterExpiry(tab, name);
    await expect(tab.list.patient(new RegExp(name, 'i'))).toBeVisible();
    await expect(tab.page.getByRole('alertdialog')).toHaveCount(0);
  }
  const asked = sandbox.entra.log.filter(({ kind }) => kind === 'token');
  expect(asked.map(({ status }) => status)).toEqual(asked.map(() => 200));
  const sent = asked.map(({ params }) => params['refresh_token']);
  expect(sent.length).toBeGreaterThanOrEqual(2);
  expect(new Set(sent).size, 'no token twice').toBe(sent.length);
});

async function openWith(app: App, change: Record<string, unknown>): Promise<void> {
  const config = app.stage.sandbox.appConfig();
  app.stage.host.setConfig({
    ...config,
    servers: config.servers.map((server) =>
      server.id === 'entra' ? { ...server, auth: { ...server.auth, ...change } } : server,
    ),
  });
  await app.open('/patients', 'entra');
}
