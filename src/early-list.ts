import { firstRows, nextPage } from '#features/patients/list/first-rows.tsx';
import { fillEarlyPage, showEarlyPage } from '#lib/early-page.ts';
import { USUAL_SIZE } from '#lib/settings.ts';

export { warmUp } from '#features/patients/list/first-rows.tsx';

/** Shows the page of the list with the shadows of rows. */
export function drawPage(words: { readonly appName: string; readonly label: string }): void {
  showEarlyPage(words, USUAL_SIZE);
}

/**
 * Draws the first patients from an answer that nobody has checked yet.
 *
 * @returns whether they were drawn, which is not so where there is more to the answer than a list of
 * patients: that is the program's to say. And the address of the next page
 */
export function drawPatients(
  bundle: unknown,
  fhirBaseUrl: string,
): { readonly drawn: boolean; readonly next: string | undefined } {
  const rows = firstRows(bundle);
  const next = nextPage(bundle, fhirBaseUrl);
  return { drawn: rows !== undefined && fillEarlyPage(rows, next !== undefined), next };
}
