import type { Locator, Page } from 'playwright/test';

/** `/patients`. Locators only: assertions belong in the tests. */
export class ListPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly table: Locator;
  readonly rows: Locator;
  readonly patients: Locator;
  readonly search: Locator;
  readonly box: Locator;
  readonly searchButton: Locator;
  readonly clear: Locator;
  readonly moreFilters: Locator;
  readonly next: Locator;
  readonly previous: Locator;
  readonly newPatient: Locator;
  readonly alert: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { name: 'Patients', level: 1 });
    this.table = page.getByRole('table', { name: 'Patients' });
    this.rows = this.table.locator('tbody').getByRole('row');
    this.patients = this.table.locator('tbody').getByRole('link');
    this.search = page.getByRole('search');
    this.box = page
      .getByRole('searchbox', { name: 'Search patients' })
      .or(page.getByRole('textbox', { name: 'Search patients' }));
    this.searchButton = this.search.getByRole('button', { name: 'Search', exact: true });
    this.clear = this.search.getByRole('button', { name: 'Clear', exact: true });
    this.moreFilters = page.getByRole('button', { name: 'More filters' });
    this.next = page.getByRole('button', { name: 'Next page' });
    this.previous = page.getByRole('button', { name: 'Previous page' });
    this.newPatient = page.getByRole('link', { name: 'New patient' });
    this.alert = page.getByRole('alert');
  }

  filter(name: string): Locator {
    return this.search.getByLabel(name, { exact: true });
  }

  patient(name: string | RegExp): Locator {
    return this.table.getByRole('link', { name });
  }

  pageNumber(n: number): Locator {
    return this.page.getByText(`Page ${n}`, { exact: true });
  }

  sort(column: string): Locator {
    return this.table.getByRole('columnheader', { name: column }).getByRole('button');
  }

  columnHeader(column: string): Locator {
    return this.table.getByRole('columnheader', { name: column });
  }
}
