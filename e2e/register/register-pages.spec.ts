import type { Bundle, BundleEntry } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { expectAccessible } from '../support/axe.ts';

const SEARCH = /\/Patient(\?|$)/;
/** Matches requests for later pages of a server that pages as Microsoft's does. */
const SECOND = /\/Patient\?.*\bct=/;

/** Changes the links of a page. */
const relink =
  (change: (link: { relation: string; url: string }) => { relation: string; url: string }[]) =>
  (body: unknown): unknown => {
    const bundle = body as Bundle;
    return { ...bundle, link: bundle.link?.flatMap(change) };
  };

const onlyNext = (change: (url: string) => string) =>
  relink((link) => (link.relation === 'next' ? [{ ...link, url: change(link.url) }] : [link]));

/** Changes the entries of a page. */
const reenter =
  (change: (entries: BundleEntry[]) => unknown) =>
  (body: unknown): unknown => ({
    ...(body as Bundle),
    entry: change((body as Bundle).entry ?? []),
  });

test.describe('page links of every kind', () => {
  test('requirement 46: a next link with any host, port or path is followed below the configured base', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    const base = new URL(sandbox.fhir.openBaseUrl).origin;
    await app.openList();
    const first = await app.names();
    for (const [name, change] of [
      ['relative to the base', (url: string) => url.replace(/^.*\/(Patient\?.*)$/, '$1')],
      ['a query alone', (url: string) => new URL(url).search],
      ['relative to the host', (url: string) => new URL(url).pathname + new URL(url).search],
      ['with another scheme', (url: string) => url.replace('http:', 'https:')],
      ['with another host', (url: string) => url.replace(/\/\/[^/]+/, '//fhir.internal.example')],
      ['with another port', (url: string) => url.replace(/:\d+\//, ':8443/')],
      ['with the port twice', (url: string) => url.replace(/:(\d+)\//, ':8443:8443/')],
      [
        'with another base path',
        (url: string) => url.replace(/\/[^/]+\/Patient/, '/inner/r4/Patient'),
      ],
    ] as const) {
      await test.step(name, async () => {
        sandbox.fhir.faults.clear();
        sandbox.fhir.faults.add({ path: SEARCH, rewrite: onlyNext(change) });
        const before = guard.requests.length;
        await page.reload();
        await app.listIsFilled();
        await app.nextPage(2);
        expect(await app.names()).not.toEqual(first);
        const pages = guard.requests.slice(before).filter((url) => /\bct=/.test(url));
        expect(pages.length).toBeGreaterThan(0);
        expect(pages.every((url) => url.startsWith(base))).toBe(true);
        await app.list.previous.click();
        await expect(app.list.pageNumber(1)).toBeVisible();
      });
    }
  });

  test('next links that lead in a circle end the list', async ({ app, sandbox }) => {
    const links: string[] = [];
    sandbox.fhir.faults.add({
      path: SEARCH,
      rewrite: onlyNext((url) => {
        if (links.length < 2 && !links.includes(url)) links.push(url);
        return links.includes(url) ? url : (links[0] ?? url);
      }),
    });
    await app.openList();
    await app.nextPage(2);
    await app.nextPage(3);
    await expect(app.list.next).toBeDisabled();
  });

  test('an expired next link starts the list again at page 1 and keeps the search', async ({
    app,
    page,
    sandbox,
  }) => {
    await app.openList();
    await app.find('a');
    for (const status of [410, 404, 400]) {
      await test.step(`${status}`, async () => {
        sandbox.fhir.faults.clear();
        sandbox.fhir.faults.add({
          path: SECOND,
          status,
          body: {
            resourceType: 'OperationOutcome',
            issue: [{ severity: 'error', code: 'expired', diagnostics: 'Gone.' }],
          },
        });
        await page.reload();
        await app.listIsFilled();
        await app.list.next.click();
        await expect(page.getByText('the list starts again at page 1')).toBeVisible();
        await expect(app.list.pageNumber(1)).toBeVisible();
        await app.listIsFilled();
        await expect(app.list.box).toHaveValue('a');
      });
    }
    await expectAccessible(page, 'page expired');
  });

  test('a next link of 5,000 characters is requested by POST _search', async ({ app, sandbox }) => {
    sandbox.fhir.faults.add({
      path: SEARCH,
      times: 1,
      rewrite: onlyNext((url) => `${url}&padding=${'x'.repeat(5_000)}`),
    });
    await app.openList();
    const first = await app.names();
    await app.nextPage(2);
    expect(await app.names()).not.toEqual(first);
    expect(
      sandbox.fhir.log.some(({ method, path }) => method === 'POST' && path.endsWith('/_search')),
    ).toBe(true);
  });
});

test.describe('pages with odd contents', () => {
  test('patients already shown on an earlier page are pointed out, even when the user pages fast', async ({
    app,
    page,
    sandbox,
  }) => {
    // Idle callbacks are held back until the second page was requested.
    await page.addInitScript(() => {
      const waiting: IdleRequestCallback[] = [];
      const real = requestIdleCallback.bind(globalThis);
      const idle = (): void => {
        Object.assign(globalThis, { requestIdleCallback: real });
        for (const run of waiting) real(run);
      };
      const keep = (run: IdleRequestCallback): number => waiting.push(run) && 0;
      Object.assign(globalThis, { idle, requestIdleCallback: keep });
    });
    let first: BundleEntry | undefined;
    sandbox.fhir.faults.add({
      path: SEARCH,
      rewrite: reenter((entries) => {
        first ??= entries[0];
        const there = entries.some(({ fullUrl }) => fullUrl === first?.fullUrl);
        return there || !first ? entries : [first, ...entries];
      }),
    });
    await app.openList();
    await app.nextPage(2);
    await page.evaluate(() => Reflect.get(globalThis, 'idle')());
    await expect(
      app.page.getByText('1 patient of this page was also on an earlier page'),
    ).toBeVisible();
    await app.list.previous.click();
    await expect(app.list.pageNumber(1)).toBeVisible();
    await expect(app.page.getByText('also on an earlier page')).toHaveCount(0);
  });

  test('a patient who comes twice on a page is shown once', async ({ app, sandbox }) => {
    sandbox.fhir.faults.add({
      path: SEARCH,
      rewrite: reenter((entries) => [...entries, entries[0]]),
    });
    await app.openList();
    await expect(app.list.rows).toHaveCount(20);
    await expect(app.page.getByText('came twice and are shown once')).toBeVisible();
  });

  for (const [name, rewrite] of [
    ['empty', reenter(() => [])],
    ['without entry', reenter(() => undefined)],
  ] as const) {
    test(`a last page that comes ${name} says so and lets the user go back`, async ({
      app,
      sandbox,
    }) => {
      sandbox.fhir.faults.add({
        path: SECOND,
        rewrite: (body) =>
          relink((link) => (link.relation === 'next' ? [] : [link]))(rewrite(body)),
      });
      await app.openList();
      await app.list.next.click();
      await expect(app.list.pageNumber(2)).toBeVisible();
      await expect(app.page.getByText('There are no more patients')).toBeVisible();
      await expect(app.list.next).toBeDisabled();
      await app.list.previous.click();
      await app.listIsFilled();
      await expect(app.list.rows).toHaveCount(20);
    });
  }

  test('an empty page in the middle does not stop paging', async ({ app, sandbox }) => {
    sandbox.fhir.faults.add({ path: SECOND, times: 1, rewrite: reenter(() => []) });
    await app.openList();
    await app.list.next.click();
    await expect(app.list.pageNumber(2)).toBeVisible();
    await app.nextPage(3);
    await expect(app.list.rows).toHaveCount(20);
  });

  test('an OperationOutcome among the entries is shown above the list, not as a row', async ({
    app,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: SEARCH,
      rewrite: reenter((entries) => [
        {
          search: { mode: 'outcome' },
          resource: {
            resourceType: 'OperationOutcome',
            issue: [
              {
                severity: 'warning',
                code: 'processing',
                diagnostics: 'Half of the shards answered.',
              },
            ],
          },
        },
        ...entries,
        null,
        { resource: { resourceType: 'Patient' } },
      ]),
    });
    await app.openList();
    await expect(app.list.rows).toHaveCount(20);
    await expect(app.page.getByText('Half of the shards answered.')).toBeVisible();
    await expect(app.page.getByText('could not be read and are not shown')).toBeVisible();
    await expectAccessible(app.page, 'outcomes above the list');
  });
});
