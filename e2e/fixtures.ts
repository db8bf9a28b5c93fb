import { type Browser, chromium, expect, type Page, test as base } from 'playwright/test';
import { browserArgs, findBrowser } from '../.ci/browser.ts';
import { startStage, type Stage } from './support/stage.ts';
import { type Guard, watch } from './support/guard.ts';
import { App } from './support/app.ts';
import type { Attacker } from './support/attacker.ts';

interface TestFixtures {
  /** Checks after every test what no page may ever do: see `support/guard.ts`. */
  guard: Guard;
  /** The app in the test's page: opens pages, signs in and locates what is on screen. */
  app: App;
  /** A page in a second browser profile, as of another user or another machine. */
  stranger: Page;
  /**
   * Runs one of several cases that share the test's page, which takes half the time of a new page.
   * Resets the servers and signs out before the case, and runs the guard's checks after it.
   */
  afresh: (name: string, run: () => Promise<void>) => Promise<void>;
  sandbox: Stage['sandbox'];
  attacker: Attacker;
  /** Resets the servers before each test. */
  clean: void;
}

interface WorkerFixtures {
  /** Sandbox, web host and attacker: one of each per worker, in its process. */
  stage: Stage;
  browser: Browser;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  stage: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of what a fixture needs
    async ({}, use) => {
      const stage = await startStage();
      await use(stage);
      await stage.close();
    },
    { scope: 'worker' },
  ],

  browser: [
    // oxlint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      const executablePath = findBrowser();
      if (!executablePath) throw new Error('No Chrome or Chromium found: run `npm test` once.');
      const browser = await chromium.launch({
        executablePath,
        args: [
          ...browserArgs(),
          // The sandbox's stand-in for Entra ID has a self-signed certificate.
          '--ignore-certificate-errors',
          // Pages reach no machine but this one, whatever they request.
          '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost',
        ],
      });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ stage }, use) => use(stage.appOrigin),
  sandbox: async ({ stage }, use) => use(stage.sandbox),
  attacker: async ({ stage }, use) => use(stage.attacker),

  clean: [
    async ({ stage }, use) => {
      stage.reset();
      await use();
    },
    { auto: true },
  ],

  guard: [
    async ({ context, stage }, use, info) => {
      const guard = await watch(context, stage.appOrigin, stage.origins);
      await use(guard);
      // After a failed test, the guard's findings would only be consequences of that failure.
      if (info.errors.length === 0) await guard.verify();
    },
    { auto: true },
  ],

  app: async ({ page, stage, guard: _guard }, use) => use(new App(page, stage)),

  afresh: async ({ context, guard, page, stage }, use) => {
    await use((name, run) =>
      base.step(name, async () => {
        stage.reset();
        await context.clearCookies();
        if (page.url().startsWith(stage.appOrigin))
          await page.evaluate(() => sessionStorage.clear());
        await run();
        await guard.verify();
      }),
    );
  },

  stranger: async ({ browser }, use) => {
    const context = await browser.newContext();
    await use(await context.newPage());
    await context.close();
  },
});

export { expect };
