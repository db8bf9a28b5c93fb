import { type Browser, chromium, expect, type Page, test as base } from 'playwright/test';
import { browserArgs, findBrowser } from '../.ci/browser.ts';
import { startStage, type Stage } from './support/stage.ts';
import { type Guard, watch } from './support/guard.ts';
import { App } from './support/app.ts';
import type { Attacker } from './support/attacker.ts';

interface TestFixtures {
  /** Holds for every test: see `support/guard.ts`. */
  guard: Guard;
  /** The app in the test's page: where to go, who signs in, what is on screen. */
  app: App;
  /** A second browser profile: another person, or another machine. */
  stranger: Page;
  /**
   * One of several cases that share the test's page, which costs half of a page of its own: servers
   * as they were, nobody signed in, and in the end what the guard says at the end of a test.
   */
  afresh: (name: string, run: () => Promise<void>) => Promise<void>;
  sandbox: Stage['sandbox'];
  attacker: Attacker;
  /** Puts the servers back before each test. */
  clean: void;
}

interface WorkerFixtures {
  /** Sandbox, web host and attacker: one of each a worker, in this process. */
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
          // The sandbox makes its own certificate for Entra's stand-in.
          '--ignore-certificate-errors',
          // No machine but this one, whatever a page asks for.
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
      // A test that failed for its own reason is not helped by what follows from it.
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
