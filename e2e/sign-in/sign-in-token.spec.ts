import { expect, test } from '../fixtures.ts';
import { LABELS } from '../support/app.ts';
import { kept } from '../support/sign-in.ts';

test.describe('open server and pasted token', () => {
  test('an open server gets no Authorization header', async ({ app, page }) => {
    const asked = page.waitForRequest(/\/Patient/);
    await app.openList('open');
    expect((await asked).headers()['authorization']).toBeUndefined();
  });

  test('a pasted token signs in, is sent to the FHIR server only and is stored nowhere', async ({
    app,
    page,
    sandbox,
  }) => {
    const token = await sandbox.entra.accessToken();
    const asked = page.waitForRequest((r) => /\/Patient/.test(r.url()) && r.method() === 'GET');
    await app.open('/patients', 'token', token);
    await app.listIsFilled();
    expect((await asked).headers()['authorization']).toBe(`Bearer ${token}`);
    expect(await kept(page)).not.toMatch(/eyJ/);
    await page.reload();
    await expect(app.shell.signInTo(LABELS.token).or(app.shell.token).first()).toBeVisible();
    await expect(app.list.patients).toHaveCount(0);
  });

  test('a pasted token of another audience shows an error and no patients', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.entra.control.audience = 'https://another.example';
    const token = await sandbox.entra.accessToken();
    await page.goto('/patients');
    await app.trySignIn('token', token);
    await expect(app.shell.alert.or(page.getByRole('alertdialog')).first()).toBeVisible();
    expect(sandbox.fhir.log.some(({ status }) => status === 401)).toBe(true);
    await expect(app.list.patients).toHaveCount(0);
  });

  test('text that is not a token is refused before any request', async ({ app, page, sandbox }) => {
    await page.goto('/patients');
    await app.trySignIn('token', 'not a token!');
    await expect(page.getByText('This is not an access token.')).toBeVisible();
    await expect(app.shell.signOut).toHaveCount(0);
    expect(sandbox.fhir.log.filter(({ path }) => /\/Patient/.test(path))).toEqual([]);
  });
});
