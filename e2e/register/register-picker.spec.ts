import type { Locator, Page } from 'playwright/test';
import { expect, test } from '../fixtures.ts';
import type { App } from '../support/app.ts';
import type { Stage } from '../support/stage.ts';
import { expectAccessible } from '../support/axe.ts';

interface Listener {
  got: [string, unknown][];
  child: Window | null;
}

const PROGRAM = `<!doctype html><html lang="en"><title>Another program</title>
<script>window.got = []; addEventListener('message', (e) => got.push([e.origin, e.data]));</script>`;

/** Opens the picker from another program, at the origin of the attacker's server. */
async function ask(page: Page, stage: Stage, claims: string, more = ''): Promise<Page> {
  stage.attacker.serve('/program', 'text/html', PROGRAM);
  await page.goto(`${stage.attacker.origin}/program`);
  const opening = page.context().waitForEvent('page');
  const url = `${stage.appOrigin}/pick?origin=${encodeURIComponent(claims)}${more}`;
  await page.evaluate((address) => {
    (globalThis as unknown as Listener).child = open(address);
  }, url);
  return opening;
}

/** Configures the site to let the other program open the picker. */
const allow = (stage: Stage): void =>
  stage.host.setConfig({
    ...stage.sandbox.appConfig(),
    picker: { origins: [stage.attacker.origin] },
  });

/** Opens the picker from an allowed program and signs in. */
async function opened(
  app: App,
  page: Page,
  stage: Stage,
  server: 'open' | 'entra' = 'open',
  more = '',
): Promise<{ picker: Page; inside: App }> {
  allow(stage);
  const picker = await ask(page, stage, stage.attacker.origin, more);
  const inside = app.in(picker);
  await inside.signIn(server);
  await inside.listIsFilled();
  return { picker, inside };
}

/** Clicks a box and waits until it is ticked. */
async function tick(box: Locator): Promise<void> {
  await box.click();
  await expect(box).toBeChecked();
}

/** Closes the picker: its window may be gone before Playwright has finished the press. */
async function closes(picker: Page, press: () => Promise<void>): Promise<void> {
  const closing = picker.waitForEvent('close');
  await press().catch((error: unknown) => {
    if (!picker.isClosed()) throw error;
  });
  await closing;
}

const told = (page: Page) => page.evaluate(() => (globalThis as unknown as Listener).got);

test.beforeEach(({ guard, stage }) => {
  guard.allowOrigin(stage.attacker.origin);
});

test.describe('choosing patients for another program', () => {
  test('hands over the chosen patient of a server without sign-in', async ({
    app,
    page,
    stage,
  }) => {
    const { picker, inside } = await opened(app, page, stage);
    await expect(picker.getByRole('heading', { name: 'Choose a patient', level: 1 })).toBeVisible();
    await expect(inside.list.newPatient).toHaveCount(0);
    const choose = picker.getByRole('button', { name: /^Choose/ });
    await expect(choose).toBeDisabled();
    await tick(inside.list.rows.nth(0).getByRole('radio'));
    await tick(inside.list.rows.nth(2).getByRole('radio'));
    await expectAccessible(picker, 'picker');
    await closes(picker, () => choose.click());
    expect(await told(page)).toEqual([
      [
        stage.appOrigin,
        {
          type: 'patient-browser:chosen',
          fhirBaseUrl: stage.sandbox.fhir.openBaseUrl,
          ids: ['p0003'],
        },
      ],
    ]);
  });

  test('works by keyboard: Enter ticks a row, then hands over the ticked patient', async ({
    app,
    page,
    stage,
  }) => {
    const { picker, inside } = await opened(app, page, stage);
    const box = (n: number): Locator => inside.list.rows.nth(n).getByRole('radio');
    await expect(box(0)).toBeVisible();
    await inside.list.box.focus();
    // The list's keys load a moment after its rows; Home leads to the first row on every try.
    await expect(async () => {
      await picker.keyboard.press('ArrowDown');
      await picker.keyboard.press('Home');
      await expect(box(0)).toBeFocused({ timeout: 500 });
    }).toPass();
    await picker.keyboard.press('Enter');
    await expect(box(0)).toBeChecked();
    await picker.keyboard.press('ArrowDown');
    await expect(box(1)).toBeFocused();
    await expect(box(0)).toBeChecked();
    await picker.keyboard.press('Enter');
    await expect(box(1)).toBeChecked();
    await closes(picker, () => picker.keyboard.press('Enter'));
    const [[, message] = []] = await told(page);
    expect(message).toMatchObject({ type: 'patient-browser:chosen', ids: ['p0002'] });
  });

  test('hands over patients of several pages after sign-in with Entra ID', async ({
    app,
    page,
    stage,
  }) => {
    const { picker, inside } = await opened(app, page, stage, 'entra', '&multiple=1');
    await tick(inside.list.rows.nth(0).getByRole('checkbox'));
    await inside.list.next.click();
    await expect(inside.list.pageNumber(2)).toBeVisible();
    await inside.listIsFilled();
    await tick(inside.list.rows.nth(0).getByRole('checkbox'));
    await closes(picker, () => picker.getByRole('button', { name: 'Choose 2 patients' }).click());
    const [[, message] = []] = await told(page);
    expect(message).toMatchObject({ type: 'patient-browser:chosen', ids: ['p0001', 'p0021'] });
  });

  test('keeps the selection when the user opens a chart in between', async ({
    app,
    page,
    stage,
  }) => {
    const { picker, inside } = await opened(app, page, stage, 'open', '&multiple=1');
    await tick(inside.list.rows.nth(1).getByRole('checkbox'));
    await inside.list.patients.nth(2).click();
    await expect(inside.chart.banner).toBeVisible();
    await expectAccessible(picker, 'a chart opened from the picker');
    await picker.goBack();
    await inside.listIsFilled();
    await expect(picker.getByRole('heading', { name: /^Choose/, level: 1 })).toBeVisible();
    await tick(inside.list.rows.nth(2).getByRole('checkbox'));
    await closes(picker, () => picker.getByRole('button', { name: 'Choose 2 patients' }).click());
    const [[, message] = []] = await told(page);
    expect(message).toMatchObject({ ids: ['p0002', 'p0003'] });
  });

  test('tells the program that the user cancelled', async ({ app, page, stage }) => {
    allow(stage);
    const picker = await ask(page, stage, stage.attacker.origin);
    await app.in(picker).signIn('open');
    await app.in(picker).listIsFilled();
    await closes(picker, () => picker.getByRole('button', { name: 'Cancel' }).click());
    expect(await told(page)).toEqual([[stage.appOrigin, { type: 'patient-browser:cancelled' }]]);
  });
});

test.describe('the picker', () => {
  test('refuses a program that the site does not allow', async ({ app, page, stage }) => {
    const picker = await ask(page, stage, stage.attacker.origin);
    await app.in(picker).signIn('open');
    await expect(app.in(picker).shell.alert).toContainText('not among those that this site allows');
    await expect(app.in(picker).list.table).toHaveCount(0);
    expect(await told(page)).toEqual([]);
  });

  test('sends nothing to a program that claims the origin of an allowed one', async ({
    app,
    guard,
    page,
    stage,
  }) => {
    guard.allowError(/postMessage/);
    const allowed = 'https://program.example';
    stage.host.setConfig({ ...stage.sandbox.appConfig(), picker: { origins: [allowed] } });
    const picker = await ask(page, stage, allowed);
    const inside = app.in(picker);
    await inside.signIn('open');
    await inside.listIsFilled();
    await tick(inside.list.rows.nth(0).getByRole('radio'));
    await closes(picker, () => picker.getByRole('button', { name: /^Choose/ }).click());
    expect(await told(page)).toEqual([]);
  });

  test('refuses an origin that only resembles an allowed one', async ({ app, page, stage }) => {
    allow(stage);
    const picker = await ask(page, stage, `${stage.attacker.origin}/`);
    await app.in(picker).signIn('open');
    await expect(app.in(picker).shell.alert).toContainText('not among those that this site allows');
  });

  test('refuses to open without a program or without its origin', async ({ app, page, stage }) => {
    allow(stage);
    await app.open(`/pick?origin=${encodeURIComponent(stage.attacker.origin)}`);
    await expect(app.shell.alert).toContainText('was not opened by another program');
    await expectAccessible(page, 'picker refused');
    await page.goto('/pick');
    await expect(app.shell.alert).toContainText('does not say which program asks');
    await page.goto('/pick?origin=Your+account+is+locked.+Call+555.');
    await expect(app.shell.alert).toContainText('an address that is no origin');
    await expect(app.shell.main).not.toContainText('Call 555');
  });
});
