import type { MessageId, Panel } from './panel.ts';
import type { PanelPage } from './panel-rows.ts';

/**
 * What a card says of records that it does not show, and of how many. Where it shows what counts
 * first, and only a part was read, the rest may hold what counts more.
 *
 * @param rows how many it shows
 */
export function cardRest(
  panel: Pick<Panel, 'order' | 'sifted' | 'current'>,
  page: Pick<PanelPage, 'items' | 'next'>,
  rows: number,
): { readonly id: MessageId; readonly n: number } | undefined {
  const { length } = page.items;
  if (page.next && panel.order) return { id: 'cardPart', n: length };
  if (page.next && panel.sifted && length <= rows) return { id: 'cardPerhaps', n: length };
  const current = page.items.slice(rows).filter((item) => panel.current?.(item)).length;
  if (current > 0) return { id: 'cardMoreCurrent', n: current };
  return page.next || length > rows ? { id: 'cardMore', n: length } : undefined;
}
