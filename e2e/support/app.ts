import { expect, type Page } from 'playwright/test';
import { ChartPage } from '../pages/chart-page.ts';
import { FormPage } from '../pages/form-page.ts';
import { ListPage } from '../pages/list-page.ts';
import { Shell } from '../pages/shell.ts';
import { settled } from './settled.ts';
import type { Stage } from './stage.ts';

export const LABELS = {
  entra: 'Contoso FHIR (Entra ID)',
  ehr: 'Example EHR (SMART)',
  open: 'Open test server',
  token: 'Paste a token',
} as const;

export type ServerId = keyof typeof LABELS;

/** A user's actions in the app, shared by the tests. */
export class App {
  readonly page: Page;
  readonly stage: Stage;
  readonly shell: Shell;
  readonly list: ListPage;
  readonly chart: ChartPage;
  readonly form: FormPage;

  constructor(page: Page, stage: Stage) {
    this.page = page;
    this.stage = stage;
    this.shell = new Shell(page);
    this.list = new ListPage(page);
    this.chart = new ChartPage(page);
    this.form = new FormPage(page);
  }

  /** Returns the same app in another page of the same browser profile. */
  in(page: Page): App {
    return new App(page, this.stage);
  }

  /** Duplicates the tab: the new tab starts with a copy of the session storage. */
  async duplicate(): Promise<App> {
    const popup = this.page.waitForEvent('popup');
    await this.page.evaluate(() => void window.open(location.href));
    const other = this.in(await popup);
    await other.listIsFilled();
    return other;
  }

  /** Opens a page of the app through its sign-in page. */
  async open(path = '/', server: ServerId = 'open', who?: string): Promise<void> {
    await this.page.goto(path);
    await this.signIn(server, who);
  }

  /**
   * Signs in from the sign-in page.
   *
   * @param who - the name on the identity provider's page, or the token to paste; by default a user
   *   who may write
   */
  async signIn(server: ServerId, who?: string): Promise<void> {
    await this.trySignIn(server, who);
    await expect(this.shell.signOut).toBeVisible();
  }

  /** Does the steps of {@link signIn} without expecting them to succeed. */
  async trySignIn(server: ServerId, who?: string): Promise<void> {
    const button = this.shell.signInTo(LABELS[server]);
    if (server === 'token') {
      await this.shell.token.fill(who ?? (await this.stage.sandbox.entra.accessToken()));
    }
    await button.click();
    if (server === 'entra')
      await this.page.getByRole('button', { name: who ?? 'Dr Casey Moreau' }).click();
    if (server === 'ehr') await this.stage.answerEhr(this.page, who);
  }

  /** Opens the patient list and waits for its rows. */
  async openList(server: ServerId = 'open'): Promise<void> {
    await this.open('/patients', server);
    await this.listIsFilled();
  }

  async listIsFilled(): Promise<void> {
    await expect(this.list.patients.first()).toBeVisible();
    await expect(this.list.table).not.toHaveAttribute('aria-busy', 'true');
  }

  /**
   * Opens the edit form after a save. Waits for the chart to settle first: content that arrives
   * between press and release of the mouse button would move the link, and the click would miss.
   */
  async editSaved(): Promise<void> {
    await settled(this.page, this.stage.sandbox);
    await this.chart.edit.click();
  }

  /** Searches with the search box and waits for the results. */
  async find(text: string): Promise<void> {
    await this.list.box.fill(text);
    await this.list.searchButton.click();
    // The rows of the previous search stay until the app has handled the click.
    await settled(this.page, this.stage.sandbox);
    await this.listIsFilled();
  }

  /** Goes to the next page of the list, whose number must be `page`. */
  async nextPage(page: number): Promise<void> {
    await this.list.next.click();
    await expect(this.list.pageNumber(page)).toBeVisible();
    await this.listIsFilled();
  }

  /** Returns the patients' names in the order of the rows. */
  async names(): Promise<string[]> {
    return (await this.list.patients.allInnerTexts()).map((text) => text.trim());
  }
}
