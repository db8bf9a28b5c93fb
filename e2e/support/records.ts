import type { Locator, Page } from 'playwright/test';
import type { Patient } from 'fhir/r4';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { expect } from '../fixtures.ts';
import type { App } from './app.ts';

/** Returns how many requests to create a patient reached the server. */
export const posts = (sandbox: Sandbox): number =>
  sandbox.fhir.log.filter(({ method, path }) => method === 'POST' && path.endsWith('/Patient'))
    .length;

/** Returns a patient as the server holds it now. */
export async function stored(sandbox: Sandbox, id: string): Promise<Patient> {
  const answer = await fetch(`${sandbox.fhir.openBaseUrl}/Patient/${id}`);
  return (await answer.json()) as Patient;
}

/** Changes a patient as another user on another machine would. */
export async function elsewhere(
  sandbox: Sandbox,
  id: string,
  change: Partial<Patient>,
): Promise<void> {
  const answer = await fetch(`${sandbox.fhir.openBaseUrl}/Patient/${id}`, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/fhir+json' },
    body: JSON.stringify({ ...(await stored(sandbox, id)), ...change }),
  });
  expect(answer.ok).toBe(true);
}

/** Waits until what was typed is kept as a draft, half a second after the last key. */
export async function draftKept(page: Page, typed: string): Promise<void> {
  const kept = () => page.evaluate(() => JSON.stringify(Object.entries(sessionStorage)));
  await expect.poll(kept).toContain(typed);
}

/** The dialog that is open. */
export const dialog = (page: Page): Locator => page.locator('dialog[open]');
/** A button by its exact name. */
export const press = (page: Page, name: string): Locator =>
  page.getByRole('button', { name, exact: true });

/** Opens the dialog of an action in the menu "More" of a chart. */
export async function more(page: Page, action: string): Promise<void> {
  await press(page, 'More').click();
  await press(page, action).click();
  await expect(dialog(page)).toBeVisible();
}

/** Response of a server that does not accept the token. */
export const UNAUTHORIZED = {
  status: 401,
  body: {
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', code: 'login', diagnostics: 'Authentication failed.' }],
  },
};

/**
 * Types a search whose first response says that the token has expired. Other requests succeed: the
 * list of another tab may still be fetching its second page, and would renew the token instead.
 */
export async function searchAfterExpiry(app: App, name: string): Promise<void> {
  const once = { method: 'GET', path: new RegExp(`Patient\\?.*${name}`), times: 1 };
  app.stage.sandbox.fhir.faults.add({ ...once, ...UNAUTHORIZED });
  await app.list.box.fill(name);
}

/** Fills the form with the details of an existing record, and presses "Create patient". */
export async function createDuplicate(app: App): Promise<void> {
  await app.open('/patients/new');
  await app.form.family.fill('Dormant');
  await app.form.given.fill('Ines');
  await app.form.day.fill('17');
  await app.form.month.selectOption({ label: 'June' });
  await app.form.year.fill('1990');
  await app.form.create.click();
  await expect(dialog(app.page)).toContainText('This patient may already be there');
  await expect(dialog(app.page)).toContainText('DORMANT, Ines');
}

/** The button that links two records. */
export const link = (page: Page): Locator =>
  dialog(page).getByRole('button', { name: 'Link the records' });

/** Opens a record that has a duplicate, and searches for the duplicate. */
export async function findTwin(app: App): Promise<void> {
  await app.open('/patients/awkward-seealso');
  await more(app.page, 'Link as duplicate');
  const box = dialog(app.page).getByLabel('Name, birth date or identifier');
  await box.fill('Duplicate Dora');
  await box.press('Enter');
}

/** Chooses the duplicate and waits until it was read again: later reads belong to later steps. */
export async function chooseTwin(page: Page): Promise<void> {
  await dialog(page)
    .getByRole('button', { name: /^Choose DUPLICATE, Dora Mae/ })
    .click();
  await expect(dialog(page).getByRole('checkbox')).toBeVisible();
}

/** Confirms that the two records were compared, and links them. */
export async function linkTwins(page: Page): Promise<void> {
  await dialog(page).getByRole('checkbox').check();
  await link(page).click();
}

/** Opens the deletion of the test record, and fills in reason and name. @returns the last button */
export async function startDeleting(app: App, who?: 'entra'): Promise<Locator> {
  await app.open('/patients/awkward-test', who);
  await more(app.page, 'Delete');
  await dialog(app.page).getByLabel('Reason').selectOption({ label: 'Test record' });
  await dialog(app.page)
    .getByLabel(/^To confirm/)
    .fill('Zzztest');
  return dialog(app.page).getByRole('button', { name: 'Delete', exact: true });
}
