import '#ui/base.css';
import { firstRows, nextPage, warmUp } from '#features/patients/list/rows/first-rows.tsx';
import { addEarlyRows, fillEarlyPage, prepareEarlyPage, showEarlyPage } from '#lib/early-page.ts';
import { USUAL_SIZE } from '#lib/settings.ts';

/** Makes ready what can be before the answer is there. */
export function prepare(words: { readonly appName: string; readonly label: string }): void {
  prepareEarlyPage(words);
  warmUp();
}

/** Shows the page of the list with the shadows of rows. */
export const drawPage = (): void => showEarlyPage(USUAL_SIZE);

/** Rows that fill most windows: the others are drawn once these are painted. */
const SEEN = 10;

/**
 * Draws the first patients from an answer that was not validated yet.
 *
 * @returns the address of the next page, and a function that draws the other patients; undefined
 * where nothing was drawn, because the answer has more than a list of patients: the program shows it
 */
export function drawPatients(bundle: unknown, fhirBaseUrl: string) {
  const rows = firstRows(bundle);
  const next = nextPage(bundle, fhirBaseUrl);
  const seen = rows?.slice(0, SEEN).map((row) => row());
  const below = rows?.slice(SEEN) ?? [];
  if (!seen || !fillEarlyPage(seen, below.length, next !== undefined)) return undefined;
  return { next, drawRest: () => addEarlyRows(below.map((row) => row())) };
}
