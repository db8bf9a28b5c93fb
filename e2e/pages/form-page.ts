import type { Locator, Page } from 'playwright/test';

/** `/patients/new` and `/patients/:id/edit`. */
export class FormPage {
  readonly page: Page;
  readonly family: Locator;
  readonly given: Locator;
  readonly birthDate: Locator;
  readonly day: Locator;
  readonly month: Locator;
  readonly year: Locator;
  readonly gender: Locator;
  readonly create: Locator;
  readonly save: Locator;
  readonly cancel: Locator;
  readonly alert: Locator;

  constructor(page: Page) {
    this.page = page;
    this.family = page.getByLabel('Family name', { exact: true }).first();
    this.given = page.getByLabel('Given names', { exact: true }).first();
    this.birthDate = page.getByRole('group', { name: 'Birth date' });
    this.day = this.birthDate.getByLabel('Day', { exact: true });
    this.month = this.birthDate.getByLabel('Month', { exact: true });
    this.year = this.birthDate.getByLabel('Year', { exact: true });
    this.gender = page.getByLabel('Gender').first();
    this.create = page.getByRole('button', { name: 'Create patient' });
    this.save = page.getByRole('button', { name: 'Save changes' });
    this.cancel = page
      .getByRole('button', { name: 'Cancel' })
      .or(page.getByRole('link', { name: 'Cancel' }));
    this.alert = page.getByRole('alert');
  }
}
