import type { Page } from 'playwright/test';

/** Makes `Math.random` say the same always: what is secret must not come from it. */
export const withoutMathRandom = (page: Page) =>
  page.addInitScript(() => {
    Math.random = () => 0.5;
  });
