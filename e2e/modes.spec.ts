import type { Bundle } from 'fhir/r4';
import { expect, test } from './fixtures.ts';
import { settled } from './support/settled.ts';

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

test.describe('links and redirects of the server', () => {
  test('requirements 45, 46: a next link that leads elsewhere is refused, and nothing is sent there', async ({
    app,
    attacker,
    guard,
    page,
    sandbox,
  }) => {
    const evil = attacker.origin;
    const base = sandbox.fhir.openBaseUrl;
    await app.openList();
    for (const url of [
      `${evil}/elsewhere/2`,
      `${new URL(base).origin}/other?x=1`,
      'javascript:globalThis.__xss=1',
      `${base.replace('://', `://${new URL(evil).host}@`)}/../../x`,
    ]) {
      await test.step(url, async () => {
        sandbox.fhir.faults.clear();
        sandbox.fhir.faults.add({ path: SEARCH, rewrite: relink(() => url) });
        await page.reload();
        await app.listIsFilled();
        await expect(app.shell.main).toContainText('not followed to keep the sign-in safe');
        await expect(app.list.next).toBeDisabled();
        expect(attacker.visits).toEqual([]);
        expect(guard.requests.filter((r) => /elsewhere|\/other\?x/.test(r))).toEqual([]);
        await guard.verify();
      });
    }
  });

  test('requirement 45: a token is never sent outside the FHIR base', async ({
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
    await settled(app.page, sandbox);
    if (await app.list.next.isEnabled()) await app.list.next.click();
    await settled(app.page, sandbox);
    expect(attacker.visits.filter(({ headers }) => headers.authorization)).toEqual([]);
    expect(attacker.visits).toEqual([]);
  });

  test('requirement 47: a redirect to another server is not followed', async ({
    app,
    attacker,
    guard,
    sandbox,
  }) => {
    // The browser reports a request that it never sends: only the server's own log counts.
    guard.allowOrigin(attacker.origin);
    sandbox.fhir.faults.add({
      path: SEARCH,
      status: 302,
      headers: { Location: `${attacker.origin}/fhir/Patient` },
      body: '',
    });
    await app.open('/patients', 'token');
    await expect(app.shell.alert).toContainText('sends this request to another address');
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
      await settled(app.page, sandbox);
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
