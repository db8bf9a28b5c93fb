import type { Locator, Page } from 'playwright/test';

/** `/patients/:id` and its panels. */
export class ChartPage {
  readonly page: Page;
  readonly banner: Locator;
  readonly identity: Locator;
  readonly heading: Locator;
  readonly navigation: Locator;
  readonly edit: Locator;
  readonly history: Locator;
  readonly alert: Locator;

  constructor(page: Page) {
    this.page = page;
    this.banner = page.getByRole('region', { name: 'Patient banner' });
    this.identity = page.getByRole('region', { name: 'Patient identity' });
    this.heading = page.getByRole('heading', { level: 1 });
    this.navigation = page.getByRole('navigation', { name: 'Chart' });
    this.edit = page.getByRole('link', { name: 'Edit', exact: true });
    this.history = page.getByRole('link', { name: 'History', exact: true });
    this.alert = page.getByRole('alert');
  }

  /** Returns the patient's name once it is shown: until then a heading says that it is loading. */
  async name(): Promise<string> {
    const who = this.banner.or(this.identity).getByRole('heading', { level: 1 });
    return (await who.innerText()).trim();
  }
}
