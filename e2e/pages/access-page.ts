import { expect, type Locator, type Page } from 'playwright/test';
import type { App } from '../support/app.ts';

/** One check of `/access`, by its title. */
export const item = (page: Page, title: string): Locator =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { level: 3, name: title, exact: true }) });

/** The text behind one of the words "Came back", "Means", "What to do". */
export const word = (finding: Locator, term: string): Locator =>
  finding
    .locator('dt', { hasText: new RegExp(`^${term}$`) })
    .locator('xpath=following-sibling::dd[1]');

/** Waits until every check has run. */
export async function finished(page: Page): Promise<void> {
  await expect(page.getByRole('status').filter({ hasText: /^Done/ })).toBeVisible({
    timeout: 20_000,
  });
}

/**
 * Opens the access check by its link, so that a pasted token in memory survives. Retries, because a
 * 401 may meanwhile open a dialog that covers the header's link and has a link of its own.
 */
export async function openCheck(app: App): Promise<void> {
  const link = app.page.getByRole('link', { name: 'Access check' }).first();
  await expect(() => link.click({ timeout: 2_000 })).toPass({ timeout: 20_000 });
  await finished(app.page);
}
