import type { MessageId } from '../panel.ts';
import { PANEL_IDS, TIMELINE } from '../panel-ids.ts';

const PAGES: readonly MessageId[] = ['edit', 'history', TIMELINE, ...PANEL_IDS];

/**
 * The part of the window's title that names the page of a chart, so that tabs of one patient differ
 * (WCAG 2.2, 2.4.2). Made from the address alone: browsers store titles, so they must not contain
 * patient data.
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
