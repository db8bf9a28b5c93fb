import { expect, test } from './fixtures.ts';
import { LABELS, type App, type ServerId } from './support/app.ts';

/** Configures another FHIR service under an existing id, as after a slot swap or a move. */
function moveServer(app: App, id: ServerId): void {
  const { sandbox, host, attacker } = app.stage;
  const config = sandbox.appConfig();
  const servers = config.servers.map((server) =>
    server.id !== id
      ? server
      : {
          ...server,
          fhirBaseUrl: `${attacker.origin}/fhir`,
          ...(server.auth.type === 'smart' && {
            auth: { ...server.auth, endpointOrigins: [sandbox.ehr.origin] },
          }),
        },
  );
  host.setConfig({ ...config, servers });
}

test.describe('the configuration names another server under the same id', () => {
  test('requirement 45: the new server does not get the token of the former one', async ({
    app,
    page,
    attacker,
  }) => {
    await app.openList('ehr');
    moveServer(app, 'ehr');
    await page.goto('/patients');
    await expect(page.getByText('Your session has ended')).toBeVisible();
    await expect(app.shell.signInTo(LABELS.ehr)).toBeVisible();
    expect(attacker.visits).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toMatch(/eyJ/);
  });

  test('drafts are deleted, because another patient may have the same id there', async ({
    app,
    page,
  }) => {
    const kept = () => page.evaluate(() => JSON.stringify(sessionStorage));
    await app.open('/patients/p0001/edit');
    await app.form.family.fill('Typedbefore');
    await expect.poll(kept).toContain('Typedbefore');
    moveServer(app, 'open');
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto('/patients/p0001/edit');
    await expect(app.shell.signInTo(LABELS.open)).toBeVisible();
    expect(await kept()).not.toContain('Typedbefore');
  });
});
