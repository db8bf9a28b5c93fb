import type { Bundle } from 'fhir/r4';
import { expect, test } from './fixtures.ts';

const SEARCH = /\/Patient(\?|$)/;

/** Changes the next link of every page of patients. */
const relink =
  (change: (next: string) => string) =>
  (body: unknown): unknown => {
    const bundle = body as Bundle;
    return {
      ...bundle,
      link: bundle.link?.map((link) =>
        link.relation === 'next' ? { ...link, url: change(link.url) } : link,
      ),
    };
  };

test.describe('servers of other kinds', () => {
  test('HAPI: links off the root, previous links', async ({ app, sandbox }) => {
    sandbox.fhir.setMode('hapi');
    await app.openList();
    const first = await app.names();
    await app.list.next.click();
    await expect(app.list.pageNumber(2)).toBeVisible();
    await app.listIsFilled();
    expect(await app.names()).not.toEqual(first);
    await app.list.previous.click();
    await expect(app.list.pageNumber(1)).toBeVisible();
    await app.listIsFilled();
    expect(await app.names()).toEqual(first);
  });

  test('Oracle: a search needs a parameter, and its plain words are shown', async ({
    app,
    sandbox,
  }) => {
    sandbox.fhir.setMode('oracle');
    await app.open('/patients');
    await expect(app.shell.main).toContainText(/search parameter|give|search for/i);
    await app.list.box.fill('Methusa');
    await app.list.searchButton.click();
    await expect(app.list.patient(/^ELDER, Methusa/)).toBeVisible();
  });

  test('requirement 46: a next link with a wrong host is mended to the configured base', async ({
    app,
    guard,
    sandbox,
  }) => {
    sandbox.fhir.behaviour.wrongLinkOrigin = 'https://internal.example:8443';
    await app.openList();
    await app.list.next.click();
    await expect(app.list.pageNumber(2)).toBeVisible();
    await app.listIsFilled();
    expect(guard.requests.filter((url) => url.includes('internal.example'))).toEqual([]);
  });

  for (const [name, change] of [
    ['another server', (evil: string) => `${evil}/elsewhere/2`],
    [
      'the same host outside the base',
      (_: string, base: string) => `${new URL(base).origin}/other?x=1`,
    ],
    ['javascript:', () => 'javascript:globalThis.__xss=1'],
    [
      'user information',
      (evil: string, base: string) => `${base.replace('://', `://${new URL(evil).host}@`)}/../../x`,
    ],
  ] as const) {
    test(`requirements 45, 46: a next link to ${name} is refused, and nothing is sent there`, async ({
      app,
      attacker,
      guard,
      sandbox,
    }) => {
      const { openBaseUrl } = sandbox.fhir;
      sandbox.fhir.faults.add({
        path: SEARCH,
        rewrite: relink(() => change(attacker.origin, openBaseUrl)),
      });
      await app.openList();
      await expect(app.shell.main).toContainText('not followed to keep the sign-in safe');
      await expect(app.list.next).toBeDisabled();
      expect(attacker.visits).toEqual([]);
      expect(guard.requests.filter((url) => /elsewhere|\/other\?x/.test(url))).toEqual([]);
      await expect(app.list.patients.first()).toBeVisible();
    });
  }

  test('requirement 45: with a token: it never leaves the base', async ({
    app,
    attacker,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: SEARCH,
      rewrite: (body) => {
        const bundle = body as Bundle;
        return {
          ...bundle,
          link: [
            { relation: 'next', url: `${attacker.origin}/fhir/Patient?page=2` },
            { relation: 'self', url: `${attacker.origin}/self` },
            { relation: 'previous', url: `${attacker.origin}/prev` },
          ],
          entry: bundle.entry?.map((entry) => ({
            ...entry,
            fullUrl: `${attacker.origin}/Patient/${entry.resource?.id}`,
          })),
        };
      },
    });
    await app.openList('token');
    await app.list.patients.first().hover();
    await app.page.waitForTimeout(500);
    if (await app.list.next.isEnabled()) await app.list.next.click();
    await app.page.waitForTimeout(500);
    expect(attacker.visits.filter(({ headers }) => headers.authorization)).toEqual([]);
    expect(attacker.visits).toEqual([]);
  });

  test('requirement 47: a redirect to another server is not followed', async ({
    app,
    attacker,
    guard,
    sandbox,
  }) => {
    guard.allowError(/redirect|CORS|net::ERR|Content Security Policy/i);
    sandbox.fhir.faults.add({
      path: SEARCH,
      status: 302,
      headers: { Location: `${attacker.origin}/fhir/Patient` },
      body: '',
    });
    await app.open('/patients', 'token');
    await expect(app.shell.alert).toBeVisible();
    expect(attacker.visits).toEqual([]);
  });

  test('requirement 57: a next link that points to its own page ends the list', async ({
    app,
    sandbox,
  }) => {
    let first: string | undefined;
    sandbox.fhir.faults.add({
      path: SEARCH,
      rewrite: relink((next) => (first ??= next)),
    });
    await app.openList();
    for (let i = 0; i < 4 && (await app.list.next.isEnabled()); i++) {
      await app.list.next.click();
      await app.listIsFilled();
      await app.page.waitForTimeout(300);
    }
    await expect(app.list.next).toBeDisabled();
    await expect(app.shell.main).toContainText('the list ends here');
  });

  test('a page link that expired starts the search again, and says so', async ({
    app,
    sandbox,
  }) => {
    sandbox.fhir.setMode('hapi');
    sandbox.fhir.behaviour.pagesExpired = true;
    await app.openList();
    await app.list.next.click();
    await expect(app.shell.main).toContainText('the list starts again at page 1');
    await expect(app.list.pageNumber(1)).toBeVisible();
    await app.listIsFilled();
  });

  test('requirement 49: requests carry no cookies and are not cached', async ({ app, page }) => {
    const asked = page.waitForRequest(
      (r) => SEARCH.test(new URL(r.url()).pathname) && r.method() === 'GET',
    );
    await app.openList('token');
    const headers = await (await asked).allHeaders();
    expect(headers['cookie']).toBeUndefined();
    expect(headers['referer']).toBeUndefined();
    expect(headers['cache-control'] ?? '').toMatch(/no-cache|no-store/);
    expect(headers['accept']).toContain('application/fhir+json');
  });
});
