import { expect, test } from '../fixtures.ts';
import type { App } from '../support/app.ts';
import { PATIENT, authorizeOf, tokensOf, openLaunch } from '../support/launch.ts';

test.describe('the legacy proxy of the open-source FHIR server', () => {
  /** Configures the EHR as one behind the proxy, and switches the sandbox's proxy on. */
  function behindProxy(app: App): void {
    const { host, sandbox } = app.stage;
    const config = sandbox.appConfig();
    const issuers = config.smartLaunch.issuers.map((i) => ({ ...i, legacyAzureProxy: true }));
    host.setConfig({ ...config, smartLaunch: { issuers } });
    sandbox.ehr.control.legacyProxy = true;
  }

  test('a launch through its combined reply URL opens the patient, although the scopes are unknown', async ({
    app,
    page,
    sandbox,
  }) => {
    behindProxy(app);
    const hops: string[] = [];
    page.on('request', (request) => hops.push(new URL(request.url()).pathname));
    await openLaunch(app, { patient: PATIENT, need_patient_banner: true });
    await expect(app.chart.banner).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/patients/${PATIENT}$`));
    expect(hops).toContain('/AadSmartOnFhirProxy/authorize');
    const inside = Buffer.from(`${app.stage.appOrigin}/callback`).toString('base64url');
    expect(hops).toContain(`/AadSmartOnFhirProxy/callback/${inside}`);
    // PKCE is sent, and goes no further than the proxy.
    const [asked] = authorizeOf(app);
    expect(asked?.params['code_challenge_method']).toBe('S256');
    expect(tokensOf(app)[0]?.params['code_verifier']).toBeTruthy();
    expect(sandbox.ehr.log.some(({ path }) => path === '/AadSmartOnFhirProxy/token')).toBe(true);
    await page.reload();
    await expect(app.chart.banner).toBeVisible();
    expect(tokensOf(app)).toHaveLength(1);
  });

  test('requirement 32: an error that comes without state is explained all the same', async ({
    app,
    page,
    sandbox,
  }) => {
    behindProxy(app);
    sandbox.ehr.control.authorizeError = {
      error: 'access_denied',
      description: 'AADSTS65004: declined',
      withState: false,
    };
    await openLaunch(app);
    await expect(app.shell.alert).toContainText('The permission to use the app was declined');
    expect(tokensOf(app)).toEqual([]);
    expect(page.url()).not.toContain('error');
  });

  test('requirement 33: a proxy registered as a single-page application fails with advice where to register it', async ({
    app,
    sandbox,
  }) => {
    behindProxy(app);
    const description = 'AADSTS9002325: Proof Key for Code Exchange is required';
    sandbox.ehr.control.tokenFailure = {
      status: 400,
      body: { error: 'invalid_request', error_description: description },
    };
    await openLaunch(app);
    await expect(app.shell.alert).toContainText('The reply URL of the proxy');
    await expect(app.shell.alert).toContainText('under “Mobile and desktop applications”');
  });

  test('the access check names the reply URL to register', async ({ app, page, sandbox }) => {
    behindProxy(app);
    await page.goto('/access');
    const inside = Buffer.from(`${app.stage.appOrigin}/callback`).toString('base64url');
    await expect(app.shell.main).toContainText(
      `${sandbox.ehr.iss}/AadSmartOnFhirProxy/callback/${inside}`,
    );
  });
});
