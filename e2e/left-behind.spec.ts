import type { Page } from 'playwright/test';
import { expect, test } from './fixtures.ts';
import { LABELS } from './support/app.ts';
import { draftKept } from './support/records.ts';

const kept = (page: Page) => page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)));

test.describe('what a visit leaves behind', () => {
  test('requirements 37, 67: a visit stores nothing that lasts, and no token is on the page', async ({
    app,
    guard,
    page,
    sandbox,
  }) => {
    await page.addInitScript(() => {
      try {
        localStorage.setItem('debug', '*');
      } catch {
        // Pages of other origins may refuse access to their storage.
      }
    });
    await app.openList('ehr');
    const token = await page.evaluate(
      () => /eyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(JSON.stringify(sessionStorage))?.[0] ?? '',
    );
    expect(token).not.toBe('');
    await app.list.patients.first().click();
    await expect(app.chart.banner).toBeVisible();
    await page.goto('/access');
    await expect(app.shell.main).not.toBeEmpty();
    expect(guard.console.filter((line) => line.includes(token.slice(0, 60)))).toEqual([]);
    expect(await page.content()).not.toContain(token);
    const kept = await page.evaluate(async () => ({
      local: Object.keys(localStorage).filter((key) => key !== 'debug'),
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      cookie: document.cookie,
      name: window.name,
    }));
    expect(kept).toEqual({
      local: expect.any(Array),
      databases: 0,
      caches: 0,
      workers: 0,
      cookie: '',
      name: '',
    });
    expect(JSON.stringify(kept.local)).not.toMatch(/patient|token|fhir/i);
    expect(sandbox.ehr.log.filter(({ kind }) => kind === 'token')).toHaveLength(1);
  });

  test('requirement 68: titles and addresses do not name the patient', async ({
    app,
    guard,
    page,
  }) => {
    guard.secret('Methusa', 'ELDER', 'Elder');
    await app.open('/patients/awkward-aged');
    await expect(app.chart.heading).toContainText('ELDER, Methusa');
    await expect(page).toHaveTitle(/./);
    for (const path of ['/history', '/edit', '/conditions']) {
      await page.goto(`/patients/awkward-aged${path}`);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    }
  });

  test('requirement 43: drafts of an ended session are deleted after the idle time or when another user signs in', async ({
    app,
    page,
  }) => {
    page.on('dialog', (dialog) => void dialog.accept());
    await page.clock.install();
    await app.open('/patients/new', 'token');
    await app.form.family.fill('Canaryone');
    await page.clock.runFor(1000);
    await draftKept(page, 'Canaryone');
    await page.reload(); // loses the token, which was in memory
    await expect(app.shell.signInTo(LABELS.token)).toBeVisible();
    await page.clock.fastForward('14:00');
    expect(await kept(page)).toContain('Canaryone');
    await page.clock.fastForward('02:00');
    await page.clock.runFor(5000);
    await expect.poll(() => kept(page)).not.toContain('Canaryone');

    await app.signIn('token');
    await app.form.family.fill('Canarytwo');
    await page.clock.runFor(1000);
    await draftKept(page, 'Canarytwo');
    await page.reload();
    await app.signIn('open');
    await expect(app.form.family).toHaveValue('');
    expect(await kept(page)).not.toContain('Canarytwo');
  });
});
