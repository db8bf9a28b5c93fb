import type { Locator, Page } from 'playwright/test';

/** The header, which is on every page, and the sign-in page. */
export class Shell {
  readonly page: Page;
  readonly main: Locator;
  readonly signOut: Locator;
  readonly patients: Locator;
  readonly accessCheck: Locator;
  readonly alert: Locator;
  readonly token: Locator;
  /** Name of the signed-in user. */
  readonly user: Locator;

  constructor(page: Page) {
    this.page = page;
    this.main = page.getByRole('main');
    this.signOut = page.getByRole('button', { name: 'Sign out' });
    this.patients = page.getByRole('link', { name: 'Patients', exact: true });
    this.accessCheck = page.getByRole('link', { name: 'Access check' }).first();
    this.alert = page.getByRole('alert');
    this.token = page.getByLabel(/access token/i);
    this.user = page.getByRole('banner').getByText('Signed in as').locator('..').locator('bdi');
  }

  signInTo(label: string): Locator {
    return this.page.getByRole('button', { name: `Sign in to ${label}` });
  }
}
