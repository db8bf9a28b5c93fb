import type { Page } from 'playwright/test';
import type { Patient } from 'fhir/r4';
import { expect, test } from '../fixtures.ts';

const SIZE = 100;
const PAGES = 100;

/** Returns heap size and number of DOM nodes of the page after a garbage collection. */
async function held(page: Page): Promise<{ heap: number; nodes: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session
    .send('Performance.enable')
    .then(() => session.send('Performance.getMetrics'));
  await session.detach();
  const of = (name: string): number => metrics.find((m) => m.name === name)?.value ?? 0;
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes') };
}

test('paging through 10,000 patients shows each once, with bounded memory', async ({
  app,
  page,
  sandbox,
}) => {
  test.setTimeout(180_000);
  for (let n = 0; n < SIZE * PAGES; n += 1) {
    const id = `deep-${String(n).padStart(5, '0')}`;
    sandbox.fhir.store.write(
      {
        resourceType: 'Patient',
        id,
        name: [{ use: 'official', family: `Deepwater${n}`, given: ['Dee'] }],
        // Large enough that ten thousand records kept in memory would show.
        text: { status: 'generated', div: `<div>${'x'.repeat(2_000)}</div>` },
        birthDate: '1960-12-25',
      } satisfies Patient,
      id,
    );
  }
  await app.openList();
  await page.getByLabel('Rows per page').selectOption(String(SIZE));
  await app.list.box.fill('deepwater');
  await expect(app.list.rows.first()).toContainText('DEEPWATER');
  await expect(app.list.rows.last()).toContainText('DEEPWATER');
  await expect(app.list.rows).toHaveCount(SIZE);

  const rows = app.list.table.locator('tbody').first().locator('a'); // the next page is rendered too
  const seen = new Set<string>();
  let early: Awaited<ReturnType<typeof held>> | undefined;
  for (let n = 1; n <= PAGES; n += 1) {
    await expect(app.list.pageNumber(n)).toBeVisible();
    await expect(app.list.table).not.toHaveAttribute('aria-busy', 'true');
    const links = await rows.evaluateAll((all) => all.map((a) => a.getAttribute('href') ?? ''));
    expect(links).toHaveLength(SIZE);
    for (const link of links) seen.add(link);
    if (n === 15) early = await held(page);
    if (n < PAGES) await app.list.next.click();
  }
  expect(seen.size).toBe(SIZE * PAGES);
  await expect(app.list.next).toBeDisabled();
  await expect(page.getByText('also on an earlier page')).toHaveCount(0);
  const late = await held(page);
  // Keeping 85 more pages in memory would take 20 MB and more.
  expect(late.heap - (early?.heap ?? 0)).toBeLessThan(6_000_000);
  expect(late.nodes).toBeLessThan((early?.nodes ?? 0) * 1.5);

  // Previous page still works.
  await app.list.previous.click();
  await expect(app.list.pageNumber(PAGES - 1)).toBeVisible();
  await expect(app.list.rows).toHaveCount(SIZE);
});
