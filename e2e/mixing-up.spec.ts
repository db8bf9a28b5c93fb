import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { expectAccessible } from './support/axe.ts';
import { launched } from './support/context.ts';
import { PATIENT } from './support/launch.ts';
import { settled } from './support/settled.ts';

interface Frame {
  readonly text: string;
  /** Text of a patient's page, found by its banner. Empty on other pages. */
  readonly chart: string;
  readonly path: string;
}

/** Records every text that the page ever shows, across reloads. */
async function recordTexts(page: Page, banner = 'none'): Promise<Frame[]> {
  const seen: Frame[] = [];
  await page.exposeFunction('recordFrame', (frame: Frame) => seen.push(frame));
  await page.addInitScript((selector) => {
    const { recordFrame } = globalThis as unknown as { recordFrame: (frame: Frame) => void };
    let last = '';
    const look = (): void => {
      const text = `${document.title}\n${document.body?.textContent ?? ''}`;
      const chart = document.querySelector(selector)?.parentElement?.textContent ?? '';
      if (text !== last) recordFrame({ text, chart, path: location.pathname });
      last = text;
    };
    new MutationObserver(look).observe(document, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  }, banner);
  return seen;
}

test.describe('patients are not mixed up', () => {
  test('requirement 44: after a relaunch no frame shows the previous patient', async ({
    app,
    page,
    sandbox,
  }) => {
    const seen = await recordTexts(page);
    await launched(app);
    await expect(app.chart.banner).toBeVisible();
    const first = await app.chart.name();
    expect(seen.some(({ text }) => text.includes(first))).toBe(true);
    await settled(page, sandbox);
    seen.length = 0;
    await launched(app, { patient: 'p0002' });
    await expect(app.chart.banner).toBeVisible();
    const second = await app.chart.name();
    await settled(page, sandbox);
    expect(second).not.toBe(first);
    expect(seen.some(({ text }) => text.includes(second))).toBe(true);
    expect(seen.filter(({ text }) => text.includes(first))).toEqual([]);
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(PATIENT);
  });

  test('no frame shows two patients when the user goes from one to the next', async ({
    app,
    page,
  }) => {
    const seen = await recordTexts(page, '[aria-label="Patient banner"]');
    await app.openList();
    const names = await app.list.patients.allInnerTexts();
    const [first = '', second = ''] = names.map((name) => name.trim().split('\n')[0]);
    await app.list.patients.nth(0).click();
    await expect(app.chart.heading).toContainText(first);
    await page.goBack();
    await app.list.patients.nth(1).click();
    await expect(app.chart.heading).toContainText(second);
    await app.chart.navigation.getByRole('link', { name: 'Conditions' }).click();
    await page.goBack();
    await page.goBack();
    await app.listIsFilled();
    await app.list.patients.nth(0).click();
    await expect(app.chart.heading).toContainText(first);
    const charts = seen.filter(({ chart }) => chart !== '');
    expect(charts.length).toBeGreaterThan(4);
    const ofPath = new Map<string, Set<string>>();
    for (const { chart, path } of charts) {
      const shown = [first, second].filter((name) => chart.includes(name));
      expect(shown).toHaveLength(1);
      const id = /(?<=patients\/)[^/]+/.exec(path)?.[0];
      if (id !== undefined) ofPath.set(id, (ofPath.get(id) ?? new Set()).add(shown[0]!));
    }
    for (const [id, shown] of ofPath) expect([...shown], id).toHaveLength(1);
  });

  test('a jump in the browser history between the forms of two patients shows the right record', async ({
    app,
    page,
  }) => {
    const family = page.getByLabel('Family name').first();
    const opened: string[] = [];
    await app.openList();
    for (const row of [0, 1]) {
      await app.listIsFilled();
      await app.list.patients.nth(row).click();
      await app.chart.edit.click();
      opened.push(await family.inputValue());
      if (row === 0) await app.shell.patients.click();
    }
    expect(new Set(opened).size).toBe(2);
    await page.evaluate(() => history.go(-3)); // like a long press on Back: skips list and chart
    await expect(page).toHaveURL(/p0001\/edit$/);
    await expect(family).toHaveValue(opened[0] ?? '');
    const name = await app.chart.name();
    expect(name.toLocaleLowerCase()).toContain(opened[0]?.toLocaleLowerCase());
  });

  test('a record or a patient other than the requested one is not shown', async ({
    app,
    page,
    sandbox,
  }) => {
    sandbox.fhir.faults.add({
      path: /\/(Condition|AllergyIntolerance)\?/,
      rewrite: (body) => {
        const bundle = body as { entry?: { resource: Record<string, unknown> }[] };
        for (const { resource } of bundle.entry?.slice(0, 1) ?? [])
          Object.assign(resource, {
            subject: { reference: 'Patient/p0002' },
            patient: { reference: 'Patient/p0002' },
            code: { text: 'CANARY OF ANOTHER' },
          });
        return bundle;
      },
    });
    await app.open('/patients/p0001/conditions');
    const alert = page.getByRole('alert', { name: /^The server sent a record of another patient/ });
    await expect(alert).toContainText('Look in another system, too');
    await expect(alert.getByRole('link', { name: 'Open the access check' })).toBeVisible();
    await expect(page.getByRole('table', { name: 'Conditions' })).toBeVisible();
    await expect(page.getByText('CANARY')).toHaveCount(0);
    // Data that is not reliable is never shown as "none" or as complete.
    await expect(app.chart.banner).toContainText(/Known allergies.*\(there may be more\)/);
    sandbox.fhir.faults.clear();
    sandbox.fhir.faults.add({
      path: /\/Patient\/p0001$/,
      rewrite: (body) => ({ ...(body as object), id: 'p0002' }),
    });
    await page.goto('/patients/p0001');
    await expect(app.chart.heading).toHaveText('Patient could not be loaded');
    await expect(app.chart.banner).toHaveCount(0);
  });

  test('both tabs say that another patient is open in another tab, without a name', async ({
    app,
    context,
    page,
  }) => {
    await app.open('/patients/p0001');
    const name = await app.chart.name();
    await page.evaluate(() => {
      const heard: string[] = [];
      Reflect.set(globalThis, 'heard', heard);
      new BroadcastChannel('/pb.patients').addEventListener('message', (event) =>
        heard.push(JSON.stringify(event.data)),
      );
    });
    const other = app.in(await context.newPage());
    await other.open('/patients/p0002');
    const theirs = await other.chart.name();
    const note = 'Another patient is open in another tab.';
    await expect(page.getByText(note).first()).toBeVisible();
    await expect(other.page.getByText(note).first()).toBeVisible();
    for (const tab of [page, other.page])
      await expect(tab.locator('[aria-live=polite]').filter({ hasText: note })).toHaveCount(1);
    const heard = (await page.evaluate(() => Reflect.get(globalThis, 'heard') as string[])).join(
      '\n',
    );
    expect(heard).toContain('"here"');
    for (const word of ['p0001', 'p0002', name, theirs]) expect(heard).not.toContain(word);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Hide this note' }).click();
    await expect(page.getByRole('button', { name: 'Hide this note' })).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('button', { name: 'Hide this note' })).toBeVisible();
    await other.page.goto('/patients/p0001');
    await expect(other.chart.heading).toHaveText(name);
    await expect(page.getByRole('button', { name: 'Hide this note' })).toHaveCount(0);
  });
});
