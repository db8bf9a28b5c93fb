import type { MessageId } from '../panel.ts';
import { PANEL_IDS, TIMELINE } from '../panel-ids.ts';

const PAGES: readonly MessageId[] = ['edit', 'history', TIMELINE, ...PANEL_IDS];

/**
 * What the page inside of a chart is called in the title of the window, so that tabs of one patient
 * can be told apart (WCAG 2.2, 2.4.2). By its address alone: browsers keep titles, and what the page
 * shows is the patient's.
 *
 * @param pathname of the page, below the address of the app
 * @returns undefined for the summary, which is the chart itself, and for an address of no page
 */
export function chartTitle(
  pathname: string,
): { readonly name: MessageId; readonly version?: string } | undefined {
  const [page, inner] = pathname.split('/').slice(3);
  if (page === 'history' && inner) return { name: 'version', version: inner };
  if (page === 'encounters' && inner) return { name: 'encounter' };
  const name = PAGES.find((id) => id === page);
  return name && { name };
}
