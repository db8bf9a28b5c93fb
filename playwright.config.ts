import { defineConfig } from 'playwright/test';

// `.ci/browser.ts` finds the browser and `e2e/fixtures.ts` launches it, once per worker: its host
// rule, which blocks every other machine, cannot be computed in the options of a project.
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  // A CI machine under load can starve a page past any time limit, so a failed test runs once more
  // there. `npm test` names tests that passed only then, so that a real race is seen and mended.
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
