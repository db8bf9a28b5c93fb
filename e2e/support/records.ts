import type { Locator, Page } from 'playwright/test';
import type { Patient } from 'fhir/r4';
import type { Sandbox } from '#sandbox/sandbox.ts';
import { expect } from '../fixtures.ts';

/** How many creates of a patient reached the server. */
export const posts = (sandbox: Sandbox): number =>
  sandbox.fhir.log.filter(({ method, path }) => method === 'POST' && path.endsWith('/Patient'))
    .length;

/** A patient as the server holds it now. */
export async function stored(sandbox: Sandbox, id: string): Promise<Patient> {
  const answer = await fetch(`${sandbox.fhir.openBaseUrl}/Patient/${id}`);
  return (await answer.json()) as Patient;
}

/** What somebody else does on another machine. */
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

/** The dialog that is open. */
export const dialog = (page: Page): Locator => page.locator('dialog[open]');
/** A button by its exact name. */
export const press = (page: Page, name: string): Locator =>
  page.getByRole('button', { name, exact: true });

/** Opens a deed from the menu "More" of a chart. */
export async function more(page: Page, deed: string): Promise<void> {
  await press(page, 'More').click();
  await press(page, deed).click();
  await expect(dialog(page)).toBeVisible();
}
