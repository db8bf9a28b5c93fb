import { defineConfig } from 'playwright/test';

// The browser is found by `.ci/browser.ts` and launched by `e2e/fixtures.ts`, once per worker: it
// needs a host rule that shuts out every other machine, which project options cannot compute.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  // A machine that builds several things at once can starve a page past any time limit: CI tries once
  // more, and `npm test` names what passed only then, so that a real race is seen and mended.
  retries: process.env['CI'] ? 1 : 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 45_000,
  expect: { timeout: 8_000 },
  use: {
    actionTimeout: 10_000,
    navigationTimeout: 20_000,
    trace: process.env['E2E_TRACE'] ? 'retain-on-failure' : 'off',
    screenshot: process.env['E2E_TRACE'] ? 'only-on-failure' : 'off',
    locale: 'en-GB',
    timezoneId: 'Australia/Sydney',
  },
  reporter: [
    ['list'],
    ...(process.env['E2E_JSON']
      ? [['json', { outputFile: process.env['E2E_JSON'] }] as [string, unknown]]
      : []),
  ],
});
