import type { Page } from 'playwright/test';

/** Makes `Math.random` constant, because no secret may come from it. */
export const withoutMathRandom = (page: Page) =>
  page.addInitScript(() => {
    Math.random = () => 0.5;
  });
