import type { Page } from 'playwright/test';
import { expect, test } from '../fixtures.ts';
import { finished, item } from '../pages/access-page.ts';
import { hold } from '../support/hold.ts';
import { withPatience } from '../support/patience.ts';
import { settled } from '../support/settled.ts';

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly { node?: Node; previousRect: DOMRect; currentRect: DOMRect }[];
}

/** Cumulative Layout Shift so far (https://web.dev/articles/cls), and what moved. */
const shifts = (page: Page): Promise<{ score: number; moved: string[] }> =>
  page.evaluate(
    () =>
      new Promise((resolve) => {
        new PerformanceObserver((list) => {
          const all = list.getEntries() as Shift[];
          const moved = all.flatMap(({ sources, startTime }) =>
            sources.map(
              ({ node, previousRect: from, currentRect: to }) =>
                `${Math.round(startTime)} ms: ${node?.nodeName} ${node?.textContent?.slice(0, 40)} ${JSON.stringify([from, to])}`,
            ),
          );
          resolve({ score: all.reduce((sum, { value }) => sum + value, 0), moved });
        }).observe({ type: 'layout-shift', buffered: true });
        setTimeout(() => resolve({ score: 0, moved: [] }), 300);
      }),
  );

test('responses that arrive one by one shift nothing in the chart', async ({
  app,
  page,
  sandbox,
}) => {
  const endPatience = await withPatience(page);
  const kinds = ['Condition', 'Medication', 'Allergy', 'vital', 'labor', 'Encounter', 'Procedure'];
  for (const [n, kind] of kinds.entries())
    sandbox.fhir.faults.add({ path: new RegExp(`/${kind}|=${kind}`), delay: 100 + 40 * n });
  const expectSteady = async (): Promise<void> => {
    await settled(page, sandbox);
    await endPatience();
    // Everything is shown in the end.
    await expect(page.getByRole('heading', { name: 'Demographics' })).toBeVisible();
    const { score, moved } = await shifts(page);
    expect(score, moved.join('\n')).toBeLessThanOrEqual(0.01);
  };
  await app.open('/patients/awkward-no-allergies-recorded');
  await expectSteady();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/patients/p0001');
  await expectSteady();
});

test('responses of a slow server shift nothing in the chart as long as they keep arriving', async ({
  app,
  page,
  sandbox,
}) => {
  const passPatience = await withPatience(page);
  const held: (() => void)[] = [];
  const free = sandbox.fhir.faults.add({
    path: /[?&]_sort=/,
    hold: () => new Promise<void>((go) => held.push(go)),
  });
  await page.setViewportSize({ width: 1280, height: 900 });
  await app.open('/patients/p0016');
  const waiting = page.locator('[data-waiting]');
  // The first request, whose card is at the top, is answered last.
  for (let answered = 0; answered < 6; answered++) {
    await expect.poll(() => held.length).toBeGreaterThan(0);
    const before = await waiting.count();
    held.pop()?.();
    await expect.poll(() => waiting.count()).toBeLessThan(before);
    await passPatience(700);
  }
  free();
  for (const go of held) go();
  await settled(page, sandbox);
  const { score, moved } = await shifts(page);
  expect(score, moved.join('\n')).toBeLessThanOrEqual(0.01);
});

test('responses that arrive one by one shift nothing in the timeline', async ({
  app,
  page,
  sandbox,
}) => {
  const passPatience = await withPatience(page);
  const held: (() => void)[] = [];
  let asked = 0;
  const free = sandbox.fhir.faults.add({
    path: /[?&]_sort=/,
    hold: () => {
      asked += 1;
      return new Promise<void>((go) => held.push(go));
    },
  });
  await app.open('/patients/p0005/timeline');
  const entries = page.getByRole('region', { name: 'Timeline' }).getByRole('listitem');
  for (let answered = 0; answered < 6; answered++) {
    await expect.poll(() => held.length).toBeGreaterThan(0);
    const before = asked;
    held.pop()?.();
    // Only a few requests are open at a time: each response lets the next one start.
    await expect.poll(() => asked).toBeGreaterThan(before);
    await passPatience(700);
  }
  await expect(entries).toHaveCount(0);
  free();
  for (const go of held) go();
  await entries.first().waitFor();
  await settled(page, sandbox);
  const { score, moved } = await shifts(page);
  expect(score, moved.join('\n')).toBeLessThanOrEqual(0.01);
});

test('a version comparison and the access check shift nothing while they load', async ({
  app,
  page,
  sandbox,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const versions = hold(sandbox, { path: /_history(\?|$)/ });
  await app.open('/patients/p0001/history/1');
  await expect(app.shell.main).toContainText('Saved');
  await versions.asked();
  versions.release();
  await settled(page, sandbox);
  await expect(page.getByText('Raw JSON')).toBeVisible();
  const version = await shifts(page);
  expect(version.score, version.moved.join('\n')).toBeLessThanOrEqual(0.01);

  // The configuration is read once for the page, and once more for the checks.
  let configs = 0;
  let readAgain = (): void => undefined;
  const again = new Promise<void>((go) => (readAgain = go));
  await page.route('**/config.json', async (route) => {
    configs += 1;
    if (configs > 1) await again;
    await route.continue();
  });
  const metadata = hold(sandbox, { path: /metadata/ });
  await page.goto('/access');
  await expect(page.getByRole('heading', { name: 'Checks' })).toBeVisible();
  await expect.poll(() => configs).toBe(2);
  readAgain();
  await expect(item(page, 'FHIR server')).toBeVisible();
  await metadata.asked();
  metadata.release();
  await finished(page);
  const checks = await shifts(page);
  expect(checks.score, checks.moved.join('\n')).toBeLessThanOrEqual(0.02);
});

test('a long name does not wrap the number and gender beside it', async ({ app, page }) => {
  await page.setViewportSize({ width: 1130, height: 800 });
  await app.open('/patients/awkward-many-names');
  await expect(app.chart.banner).toContainText('RGH800006');
  for (const width of [1130, 1180, 1280, 1366]) {
    await page.setViewportSize({ width, height: 800 });
    const lines = await app.chart.banner.locator('dd').evaluateAll((all) =>
      all.map((one) => {
        const range = document.createRange();
        range.selectNodeContents(one);
        const tops = [...range.getClientRects()].map(({ top }) => Math.round(top / 8));
        return `${one.textContent}: ${new Set(tops).size}`;
      }),
    );
    expect(
      lines.filter((line) => !line.endsWith(': 1')),
      `${width} px`,
    ).toEqual([]);
  }
});

test('a click on a patient shows the name at once, in the place where the chart shows it', async ({
  app,
  page,
  sandbox,
}) => {
  await page.setViewportSize({ width: 1280, height: 600 });
  await app.open('/patients');
  await settled(page, sandbox);
  const top = () => page.evaluate(() => document.querySelector('h1')?.getBoundingClientRect().y);
  const list = await page.evaluate(() => {
    scrollTo(0, 200);
    return scrollY;
  });
  expect(list).toBe(200);

  const choose = () =>
    page.evaluate(async () => {
      const link = [...document.querySelectorAll<HTMLElement>('tbody:not([hidden]) a')].at(10);
      link?.click();
      await Promise.resolve(); // React has rendered the result of the click by then
      return {
        name: link?.textContent,
        heading: document.querySelector('h1')?.textContent,
        path: location.pathname,
        shown: link?.checkVisibility({ visibilityProperty: true }),
      };
    });
  let name: string | undefined;
  // The chart's code loads when the browser is idle: before that, the name is not shown at once.
  await expect(async () => {
    if (!page.url().endsWith('/patients')) await page.goBack();
    await expect(page.locator('tbody:not([hidden]) a').nth(10)).toBeVisible();
    const chosen = await choose();
    await expect(page).toHaveURL(/\/patients\/./);
    name = chosen.name;
    expect(name).toBeTruthy();
    expect(chosen).toEqual({ name, heading: name, path: '/patients', shown: false });
  }).toPass();

  await settled(page, sandbox);
  await expect(page.getByRole('region', { name: 'Patient banner' })).toHaveCount(1);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name ?? '');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: 'Patients' })).toBeVisible();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(200);

  // From the top of the list, the chart's banner appears exactly where the first name was.
  const held = hold(sandbox, { path: /AllergyIntolerance/ });
  await page.evaluate(() => scrollTo(0, 0));
  const first = await page.evaluate(async () => {
    document.querySelector<HTMLElement>('tbody:not([hidden]) a')?.click();
    await Promise.resolve();
    return document.querySelector('h1')?.getBoundingClientRect().y;
  });
  await expect(page).toHaveURL(/\/patients\/./);
  await expect(page.getByRole('navigation', { name: 'Chart' })).toBeVisible();
  await expect.poll(top).toBe(first);
  held.release();
  await settled(page, sandbox);
});

test('Back while a chart opens shows the list, and going on never shows the list again', async ({
  app,
  page,
  sandbox,
}) => {
  await app.open('/patients');
  await settled(page, sandbox);
  const heading = page.getByRole('heading', { level: 1 });
  /** Chooses a patient, and returns every heading that a frame showed. */
  const choose = (back: boolean) =>
    page.evaluate(async (turn) => {
      const seen: (string | null | undefined)[] = [];
      const look = (): void => {
        const text = document.querySelector('h1')?.textContent;
        if (text !== seen.at(-1)) seen.push(text);
      };
      document.querySelector<HTMLElement>('tbody:not([hidden]) a')?.click();
      await Promise.resolve();
      look();
      for (let frame = 0; frame < 60; frame += 1) {
        await new Promise(requestAnimationFrame);
        look();
        if (turn && location.pathname !== '/patients') {
          history.back();
          break;
        }
      }
      return seen;
    }, back);
  for (let time = 0; time < 3; time += 1) {
    await choose(true);
    await expect(page).toHaveURL(/\/patients$/);
    await expect(heading).toHaveText('Patients');
    await expect(page.getByRole('region', { name: 'Patient banner' })).toHaveCount(0);
    await expect(app.list.patients.first()).toBeVisible();
  }
  const seen = await choose(false);
  await expect(page).toHaveURL(/\/patients\/./);
  expect(seen).toEqual([await heading.textContent()]);
});
