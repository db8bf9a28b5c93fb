import '#ui/base.css';
import { firstRows, nextPage, warmUp } from '#features/patients/list/rows/first-rows.tsx';
import { addEarlyRows, fillEarlyPage, prepareEarlyPage, showEarlyPage } from '#lib/early-page.ts';
import { USUAL_SIZE } from '#lib/settings.ts';

/** Prepares everything that does not depend on the server's response. */
export function prepare(words: { readonly appName: string; readonly label: string }): void {
  prepareEarlyPage(words);
  warmUp();
}

/** Shows the patient list page with placeholder rows. */
export const drawPage = (): void => showEarlyPage(USUAL_SIZE);

/** Number of rows that fill most windows. The remaining rows are drawn after these are painted. */
const SEEN = 10;

/**
 * Draws the first patients from a response that has not been validated yet.
 *
 * @returns the URL of the next page and a function that draws the remaining patients; undefined if
 * nothing was drawn because the bundle is not a plain list of patients. The program then shows the
 * response
 */
export function drawPatients(bundle: unknown, fhirBaseUrl: string) {
  const rows = firstRows(bundle);
  const next = nextPage(bundle, fhirBaseUrl);
  const seen = rows?.slice(0, SEEN).map((row) => row());
  const below = rows?.slice(SEEN) ?? [];
  if (!seen || !fillEarlyPage(seen, below.length, next !== undefined)) return undefined;
  return { next, drawRest: () => addEarlyRows(below.map((row) => row())) };
}
