import type { MessageId, Panel } from './panel.ts';
import type { PanelPage } from './panel-rows.ts';

/**
 * What a card says of records that it does not show. Where it shows what counts first, and only a
 * part was read, the rest may hold what counts more.
 *
 * @param rows how many it shows
 */
export function cardRest(
  panel: Pick<Panel, 'order' | 'sifted'>,
  page: Pick<PanelPage, 'items' | 'next'>,
  rows: number,
): MessageId | undefined {
  if (page.next && panel.order) return 'cardPart';
  if (page.next && panel.sifted && page.items.length <= rows) return 'cardPerhaps';
  return page.next || page.items.length > rows ? 'cardMore' : undefined;
}
