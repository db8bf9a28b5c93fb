import type { Bundle } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';
import { SEARCH, answers, entries } from '../support/hostile.ts';
import { settled } from '../support/settled.ts';

test.describe('a hostile server: pages', () => {
  test('requirement 57: an endless chain of next pages is followed only by click', async ({
    app,
    sandbox,
  }) => {
    let page = 0;
    sandbox.fhir.faults.add({
      path: SEARCH,
      rewrite: (body) => {
        page += 1;
        const url = `${sandbox.open}/Patient?_count=20&page=${page}`;
        return { ...(body as Bundle), link: [{ relation: 'next', url }] };
      },
    });
    await app.openList();
    await settled(app.page, sandbox);
    const before = page;
    expect(before, 'the page and the one after it').toBeLessThanOrEqual(3);
    for (let i = 2; i <= 6; i += 1) {
      await app.list.next.click();
      await expect(app.list.pageNumber(i)).toBeVisible();
    }
    await settled(app.page, sandbox);
    expect(page - before, 'one request a page').toBeLessThanOrEqual(6);
    sandbox.fhir.faults.clear();
    await answers(app);
  });

  test('requirement 57: pages that lead in a circle end the list', async ({ app, sandbox }) => {
    sandbox.fhir.faults.add({
      path: SEARCH,
      rewrite: (body) => {
        const at = entries(body).length;
        const url = `${sandbox.open}/Patient?_count=${at === 7 ? 8 : 7}`;
        return { ...(body as Bundle), link: [{ relation: 'next', url }] };
      },
    });
    await app.openList();
    let pages = 1;
    while (pages < 8 && (await app.list.next.isVisible()) && (await app.list.next.isEnabled())) {
      await app.list.next.click();
      pages += 1;
      await expect(app.list.pageNumber(pages)).toBeVisible();
      await settled(app.page, sandbox);
    }
    expect(pages).toBeLessThan(6);
    await expect(app.list.next).toBeDisabled();
    await expect(app.shell.main).toContainText('so the list ends here');
    sandbox.fhir.faults.clear();
    await answers(app);
  });

  for (const [what, path, address] of [
    ['history', '/patients/p0001/history', 'Patient/p0001/_history'],
    ['panel', '/patients/p0001/conditions', 'Condition'],
  ] as const) {
    test(`requirement 57: pages of a ${what} that lead in a circle end it, with a notice`, async ({
      app,
      page,
      sandbox,
    }) => {
      const { faults } = sandbox.fhir;
      const to = (name: string) => [
        { relation: 'next', url: `${sandbox.open}/${address}?ct=${name}` },
      ];
      const leads = (name: string) => (body: unknown) => ({ ...(body as Bundle), link: to(name) });
      const nothing = { resourceType: 'Bundle', type: 'searchset' };
      faults.add({ path: /ct=a/, body: { ...nothing, link: to('b') } });
      faults.add({ path: /ct=b/, body: { ...nothing, link: to('a') } });
      faults.add({
        path: /p0001\/_history|\/Condition\?patient/,
        rewrite: leads('a'),
      });
      await app.open(path);
      const next = page.getByRole('button', { name: 'Next page' });
      await next.click();
      await expect(page.getByText('Page 2', { exact: true })).toBeVisible();
      await expect(page.getByText('ends here')).toHaveCount(0);
      await next.click();
      await expect(page.getByText('Page 3', { exact: true })).toBeVisible();
      await expect(app.shell.main).toContainText('ends here');
      // The app found the circle, so the notice must not be quoted as the server's.
      await expect(app.shell.main).not.toContainText('The server says');
      await expect(next).toBeDisabled();
    });
  }

  for (const [what, path, address] of [
    ['history', '/patients/p0001/history', /p0001\/_history/],
    ['panel', '/patients/p0001/conditions', /\/Condition\?/],
  ] as const) {
    test(`requirement 57: a ${what} with endless next pages sends few requests and stays usable`, async ({
      app,
      page,
      sandbox,
    }) => {
      let n = 0;
      sandbox.fhir.faults.add({
        path: address,
        rewrite: (body) => {
          n += 1;
          const own = sandbox.fhir.log.at(-1)?.path.replace(/^.*\/open\/fhir/, '') ?? '';
          const url = `${sandbox.open}${own}?_count=2&n=${n}`;
          return { ...(body as Bundle), link: [{ relation: 'next', url }] };
        },
      });
      await app.open(path);
      await expect(app.chart.banner.or(app.chart.heading).first()).toBeVisible();
      // A loop without a pause would never settle.
      await settled(page, sandbox);
      expect(n).toBeLessThanOrEqual(4);
      await answers(app);
    });
  }
});
