import type { Locator, Page } from 'playwright/test';

/** `/export`. */
export class ExportPage {
  readonly page: Page;
  readonly heading: Locator;
  readonly group: Locator;
  readonly types: Locator;
  readonly since: Locator;
  readonly container: Locator;
  readonly start: Locator;
  readonly progress: Locator;
  readonly cancel: Locator;
  readonly stopFollowing: Locator;
  readonly newExport: Locator;
  readonly files: Locator;
  readonly address: Locator;
  readonly follow: Locator;
  readonly otherAddress: Locator;
  readonly dialog: Locator;

  constructor(page: Page) {
    this.page = page;
    this.heading = page.getByRole('heading', { name: 'Bulk export', level: 1 });
    this.group = page.getByLabel('Group id');
    this.types = page.getByLabel('Resource types');
    this.since = page.getByRole('group', { name: 'Changed since' });
    this.container = page.getByLabel('Storage container');
    this.start = page.getByRole('button', { name: 'Start export' });
    this.progress = page.getByRole('progressbar', { name: 'Progress of the export' });
    this.cancel = page.getByRole('button', { name: 'Cancel export' });
    this.stopFollowing = page.getByRole('button', { name: 'Stop following it' });
    this.newExport = page.getByRole('button', { name: 'New export' });
    this.files = page.getByRole('table', { name: 'Files' });
    this.address = page.getByLabel('Status address');
    this.follow = page.getByRole('button', { name: 'Follow', exact: true });
    this.otherAddress = page.getByText('Follow an export that is already running');
    this.dialog = page.getByRole('alertdialog', { name: 'Cancel this export?' });
  }

  /** @param moment such as `1 Jan 2020 10:00` */
  async fillSince(moment: string): Promise<void> {
    const [day = '', month = '', year = '', time = ''] = moment.split(' ');
    await this.since.getByLabel('Day').fill(day);
    await this.since.getByLabel('Month').selectOption(month);
    await this.since.getByLabel('Year').fill(year);
    await this.since.getByLabel('Time').fill(time);
  }

  level(name: string): Locator {
    return this.page.getByRole('radio', { name });
  }

  download(name: string): Locator {
    return this.page.getByRole('button', { name: `Download ${name}` });
  }

  message(text: string | RegExp): Locator {
    return this.page.getByRole('main').getByText(text);
  }
}
