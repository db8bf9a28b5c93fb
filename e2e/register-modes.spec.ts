import type { Bundle, BundleEntry } from 'fhir/r4';
import { expect, test } from './fixtures.ts';
import type { App } from './support/app.ts';
import { expectAccessible } from './support/axe.ts';

const SEARCH = /\/Patient(\?|$)/;
/** The second page of a server that pages as Microsoft's does. */
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

async function next(app: App, page: number): Promise<void> {
  await app.list.next.click();
  await expect(app.list.pageNumber(page)).toBeVisible();
  await app.listIsFilled();
}

test.describe('page links of every kind', () => {
  for (const [name, change] of [
    ['relative to the base', (url: string) => url.replace(/^.*\/(Patient\?.*)$/, '$1')],
    ['a query alone', (url: string) => new URL(url).search],
    ['relative to the host', (url: string) => new URL(url).pathname + new URL(url).search],
    ['with another scheme', (url: string) => url.replace('http:', 'https:')],
    ['with another host', (url: string) => url.replace(/\/\/[^/]+/, '//fhir.internal.example')],
    ['with another port', (url: string) => url.replace(/:\d+\//, ':8443/')],
    ['with the port twice in the path', (url: string) => url.replace(/:(\d+)\//, ':443/')],
    [
      'with another base path',
      (url: string) => url.replace(/\/[^/]+\/Patient/, '/inner/r4/Patient'),
    ],
  ] as const) {
    test(`a next link ${name} is followed below the base`, async ({ app, guard, sandbox }) => {
      sandbox.fhir.faults.add({ path: SEARCH, rewrite: onlyNext(change) });
      await app.openList();
      const first = await app.names();
      await next(app, 2);
      expect(await app.names()).not.toEqual(first);
      const base = new URL(sandbox.fhir.openBaseUrl).origin;
      const pages = guard.requests.filter((url) => /\bct=/.test(url));
      expect(pages.length).toBeGreaterThan(0);
      expect(pages.every((url) => url.startsWith(base))).toBe(true);
      await app.list.previous.click();
      await expect(app.list.pageNumber(1)).toBeVisible();
    });
  }

  test('links that lead in a circle end the list', async ({ app, sandbox }) => {
    const links: string[] = [];
    sandbox.fhir.faults.add({
      path: SEARCH,
      rewrite: onlyNext((url) => {
        if (links.length < 2 && !links.includes(url)) links.push(url);
        return links.includes(url) ? url : (links[0] ?? url);
      }),
    });
    await app.openList();
    await next(app, 2);
    await next(app, 3);
    await expect(app.list.next).toBeDisabled();
  });

  for (const status of [410, 404, 400]) {
    test(`a continuation that answers ${status} begins again, with the search kept`, async ({
      app,
      sandbox,
    }) => {
      sandbox.fhir.faults.add({
        path: SECOND,
        status,
        body: {
          resourceType: 'OperationOutcome',
          issue: [{ severity: 'error', code: 'expired', diagnostics: 'Gone.' }],
        },
      });
      await app.openList();
      await app.list.box.fill('a');
      await app.list.searchButton.click();
      await app.listIsFilled();
      await app.list.next.click();
      await expect(app.page.getByText('the list starts again at page 1')).toBeVisible();
      await expect(app.list.pageNumber(1)).toBeVisible();
      await app.listIsFilled();
      await expect(app.list.box).toHaveValue('a');
      await expectAccessible(app.page, 'page expired');
    });
  }

  test('a link of 5,000 characters goes by POST _search', async ({ app, sandbox }) => {
    sandbox.fhir.faults.add({
      path: SEARCH,
      times: 1,
      rewrite: onlyNext((url) => `${url}&padding=${'x'.repeat(5_000)}`),
    });
    await app.openList();
    const first = await app.names();
    await next(app, 2);
    expect(await app.names()).not.toEqual(first);
    expect(
      sandbox.fhir.log.some(({ method, path }) => method === 'POST' && path.endsWith('/_search')),
    ).toBe(true);
  });
});

test.describe('pages with odd contents', () => {
  test('patients of an earlier page are named as such', async ({ app, sandbox }) => {
    let first: BundleEntry | undefined;
    sandbox.fhir.faults.add({
      path: SEARCH,
      rewrite: reenter((entries) => {
        first ??= entries[0];
        return entries[0] === first || !first ? entries : [first, ...entries];
      }),
    });
    await app.openList();
    await next(app, 2);
    await expect(
      app.page.getByText('1 patient of this page was also on an earlier page'),
    ).toBeVisible();
    await app.list.previous.click();
    await expect(app.list.pageNumber(1)).toBeVisible();
    await expect(app.page.getByText('also on an earlier page')).toHaveCount(0);
  });

  test('the same patient twice on a page is shown once', async ({ app, sandbox }) => {
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
    test(`a last page ${name}: one can go back`, async ({ app, sandbox }) => {
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

  test('an empty page in the middle can be passed', async ({ app, sandbox }) => {
    sandbox.fhir.faults.add({ path: SECOND, times: 1, rewrite: reenter(() => []) });
    await app.openList();
    await app.list.next.click();
    await expect(app.list.pageNumber(2)).toBeVisible();
    await next(app, 3);
    await expect(app.list.rows).toHaveCount(20);
  });

  test('OperationOutcome entries are said above the list and are no rows', async ({
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

test.describe('servers of other kinds', () => {
  test('Oracle: it asks for criteria, in plain words, with the box at hand', async ({
    app,
    sandbox,
  }) => {
    sandbox.fhir.setMode('oracle');
    await app.open('/patients');
    await expect(app.list.alert).toContainText(
      'Give at least a name, an identifier or a birth date.',
    );
    await expect(app.list.alert).toContainText('No supported search parameters provided');
    await expect(app.list.box).toBeFocused();
    await expectAccessible(app.page, 'needs more criteria');
    await app.page.keyboard.type('methusa');
    await expect(app.list.patient(/^ELDER, Methusa/)).toBeVisible();
    await expect(app.list.alert).toHaveCount(0);
  });

  test('as Epic: what its answer names is what it asks for', async ({ app, sandbox }) => {
    sandbox.fhir.faults.add({
      path: /\/Patient\?(?!.*birthdate)/,
      status: 400,
      body: {
        resourceType: 'OperationOutcome',
        issue: [
          {
            severity: 'error',
            code: 'required',
            diagnostics: 'Either identifier, or family, given and birthdate, must be provided.',
          },
        ],
      },
    });
    await app.open('/patients');
    await expect(app.list.alert).toContainText(
      'Give at least identifier or family name or given name or birth date.',
    );
    await expect(app.list.box).toBeFocused();
    await app.list.box.fill('elder 22 Sep 1922');
    await expect(app.list.patient(/^ELDER, Methusa/)).toBeVisible();
  });

  test('HAPI: totals, previous links, and an unknown filter that is refused', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.setMode('hapi');
    await app.openList();
    await next(app, 2);
    await next(app, 3);
    await app.list.previous.click();
    await expect(app.list.pageNumber(2)).toBeVisible();
    await app.list.moreFilters.click();
    await app.list.filter('Email').waitFor();
    sandbox.fhir.behaviour.unsupported.add('Patient.email');
    await app.list.filter('Email').fill('a@b.example');
    await app.list.searchButton.click();
    await app.list.alert.getByRole('button', { name: 'Search without the filters' }).click();
    await app.listIsFilled();
    await expect(app.list.alert).toHaveCount(0);
    await page.getByRole('button', { name: 'Count them' }).click();
    await expect(page.getByText(/^1–20 of \d+$/)).toBeVisible();
  });

  test('a server that does not count says so in one line', async ({ app, page, sandbox }) => {
    await app.openList();
    sandbox.fhir.faults.add({
      path: /_summary=count/,
      status: 403,
      body: {
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'not-supported' }],
      },
    });
    await page.getByRole('button', { name: 'Count them' }).click();
    await expect(page.getByText('The server does not count.')).toBeVisible();
  });
});
