import { expect, test } from '../fixtures.ts';
import { LABELS } from '../support/app.ts';
import { searchAfterExpiry } from '../support/records.ts';
import { s256, exchange } from '../support/sign-in.ts';
import { withoutMathRandom } from '../support/without-math-random.ts';

test.describe('SMART, standalone', () => {
  test('requirements 2, 3, 4, 5, 6, 7, 8, 9, 10, 11: sign-in uses PKCE, state, nonce and aud, and no secret', async ({
    app,
    page,
    sandbox,
    stage,
  }) => {
    await app.open('/patients', 'ehr');
    await app.listIsFilled();
    await expect(page).toHaveURL(/\/patients$/);
    const { asked, redeemed, token } = exchange(sandbox.ehr.log);
    expect(asked['response_type']).toBe('code');
    expect(asked['client_id']).toBe(sandbox.ehr.clientId);
    expect(asked['redirect_uri']).toBe(`${stage.appOrigin}/callback`);
    expect(asked['aud']).toBe(sandbox.ehr.iss);
    expect(asked['launch']).toBeUndefined();
    expect(asked['scope']).toContain('openid');
    expect(asked['scope']?.split(' ')).not.toContain('*');
    expect(asked['state']?.length ?? 0).toBeGreaterThanOrEqual(22);
    expect(asked['nonce']?.length ?? 0).toBeGreaterThanOrEqual(22);
    expect(asked['code_challenge_method']).toBe('S256');
    expect(redeemed['grant_type']).toBe('authorization_code');
    expect(redeemed['redirect_uri']).toBe(asked['redirect_uri']);
    expect(redeemed['client_id']).toBe(sandbox.ehr.clientId);
    expect(redeemed['client_secret']).toBeUndefined();
    expect(token?.headers['authorization']).toBeUndefined();
    expect(redeemed['code_verifier']).toMatch(/^[A-Za-z0-9\-._~]{43,128}$/);
    expect(s256(redeemed['code_verifier'] ?? '')).toBe(asked['code_challenge']);
  });

  test('requirements 19, 20: state and verifier do not come from Math.random', async ({
    app,
    page,
    sandbox,
  }) => {
    await withoutMathRandom(page);
    const values: string[] = [];
    for (let i = 0; i < 3; i++) {
      sandbox.ehr.log.length = 0;
      await page.goto('/');
      await app.shell.signInTo(LABELS.ehr).click();
      await expect(page.getByRole('button', { name: /Practitioner/ }).first()).toBeVisible();
      const asked = sandbox.ehr.log.find(({ kind }) => kind === 'authorize')?.params ?? {};
      values.push(asked['state'] ?? '', asked['code_challenge'] ?? '', asked['nonce'] ?? '');
    }
    expect(new Set(values).size).toBe(values.length);
  });

  test('requirement 18: a server that does not advertise S256 is refused', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.ehr.control.advertiseS256 = false;
    await page.goto('/');
    await app.shell.signInTo(LABELS.ehr).click();
    await expect(app.shell.alert).toContainText(/PKCE|S256/);
    expect(sandbox.ehr.log.filter(({ kind }) => kind === 'authorize')).toEqual([]);
  });

  test('requirement 18: where the site sets pkce to unadvertised, such a server gets PKCE by S256', async ({
    app,
    sandbox,
    stage,
  }) => {
    sandbox.ehr.control.advertiseS256 = false;
    const config = sandbox.appConfig();
    for (const { auth } of config.servers)
      if (auth.type === 'smart') Object.assign(auth, { pkce: 'unadvertised' });
    stage.host.setConfig(config);
    await app.open('/patients', 'ehr');
    await app.listIsFilled();
    const { asked, redeemed } = exchange(sandbox.ehr.log);
    expect(asked['code_challenge_method']).toBe('S256');
    expect(redeemed['code_verifier']).toMatch(/^[A-Za-z0-9\-._~]{43,128}$/);
    expect(s256(redeemed['code_verifier'] ?? '')).toBe(asked['code_challenge']);
  });

  test('requirement 36: an id token with a wrong nonce names no user', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.ehr.control.idToken = (claims) => ({
      ...claims,
      nonce: 'another',
      name: 'Forged Person',
    });
    await app.open('/patients', 'ehr');
    await app.listIsFilled();
    await expect(page.getByText('Forged Person')).toHaveCount(0);
  });

  test('requirement 36: the user is named only where the server signed a valid id token', async ({
    app,
    guard,
    sandbox,
  }) => {
    test.setTimeout(120_000);
    guard.allowError(/net::ERR|CORS|fetch/i);
    await app.openList('ehr');
    const who = sandbox.ehr.directory.practitioners[0]?.name ?? '';
    await expect(app.shell.user).toHaveText(who);
    for (const change of [
      { foreignKey: true },
      { keysReachable: false },
      { idToken: (claims: Record<string, unknown>) => ({ ...claims, aud: 'another' }) },
      { idToken: (claims: Record<string, unknown>) => ({ ...claims, iss: 'https://other.test' }) },
      { idToken: (claims: Record<string, unknown>) => ({ ...claims, exp: 1 }) },
      { omit: ['id_token'] },
    ]) {
      await app.shell.signOut.click();
      await expect(app.shell.signInTo(LABELS.ehr)).toBeVisible();
      sandbox.ehr.control.reset();
      Object.assign(sandbox.ehr.control, change);
      await app.openList('ehr'); // the sign-in itself succeeds
      await expect(app.shell.user).toHaveCount(0);
    }
  });

  test('requirement 22: sign-in requests exactly the configured scopes, in the syntax of the server', async ({
    afresh,
    app,
    sandbox,
  }) => {
    for (const [declared, expected] of [
      [['permission-v1', 'permission-v2'], 'openid fhirUser offline_access user/*.cruds'],
      [['permission-v2'], 'openid fhirUser offline_access user/*.cruds'],
      [['permission-v1'], 'openid fhirUser offline_access user/*.*'],
    ] as const) {
      await afresh(declared.join(' and '), async () => {
        sandbox.ehr.control.metadata = (metadata) => ({
          ...metadata,
          capabilities: ['launch-standalone', 'client-public', ...declared],
        });
        await app.openList('ehr');
        const asked = sandbox.ehr.log.find(({ kind }) => kind === 'authorize')?.params ?? {};
        expect(asked['scope']).toBe(expected);
      });
    }
  });

  test('sign-in works with opaque tokens, expires_in as a string and no scope, also after a reload', async ({
    app,
    page,
    sandbox,
  }) => {
    Object.assign(sandbox.ehr.control, {
      tokenFormat: 'opaque',
      expiresIn: 'string',
      omit: ['scope', 'id_token'],
    });
    await app.openList('ehr');
    await page.reload();
    await app.listIsFilled();
    await searchAfterExpiry(app, 'Methusa');
    await app.list.searchButton.click();
    await expect(app.list.patient(/methusa/i)).toBeVisible();
  });
});
