import { drawFirstRows } from '#features/patients/list/first-rows.tsx';
import { showEarlyPage } from '#lib/early-page.ts';

/**
 * Draws the first list from an answer that nobody has checked yet.
 *
 * @returns false where there is more to it than a list of patients: that is the program's to say
 */
export function drawList(
  bundle: unknown,
  words: { readonly appName: string; readonly label: string },
): boolean {
  return showEarlyPage(words, (body, page) => drawFirstRows(bundle, body, page));
}
