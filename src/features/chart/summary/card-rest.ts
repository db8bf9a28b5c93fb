import type { NewestOfEach } from '../observation/newest-of-each.ts';
import type { MessageId, Panel } from '../panel.ts';
import type { PanelPage } from '../panel-query/panel-rows.ts';

export interface Rest {
  readonly id: MessageId;
  readonly n: number;
  readonly flagged?: number;
}

/**
 * Returns which text, with which number, a card shows about the records that it leaves out. If the
 * card shows the most important first and only a part was read, the rest may hold more important
 * ones.
 *
 * @param rows number of records that the card shows
 */
export function cardRest(
  panel: Pick<Panel, 'order' | 'sifted' | 'current'>,
  page: Pick<PanelPage, 'items' | 'next'>,
  rows: number,
): Rest | undefined {
  const { length } = page.items;
  if (page.next && panel.order) return { id: 'cardPart', n: length };
  if (page.next && panel.sifted && length <= rows) return { id: 'cardPerhaps', n: length };
  const current = page.items.slice(rows).filter((item) => panel.current?.(item)).length;
  if (current > 0) return { id: 'cardMoreCurrent', n: current };
  return page.next || length > rows ? { id: 'cardMore', n: length } : undefined;
}

/**
 * Returns the same for a card that shows the newest of each: counts of results not shown (no space,
 * older), and whether more pages exist.
 */
export function eachRest(
  { older, more, flagged }: Pick<NewestOfEach, 'older' | 'more' | 'flagged'>,
  page: Pick<PanelPage, 'items' | 'next'>,
  sorted: boolean,
): readonly Rest[] {
  const all: Rest[] = [
    { id: flagged > 0 ? 'eachMoreFlagged' : 'eachMore', n: more, flagged },
    { id: 'eachOlder', n: older },
    { id: sorted ? 'eachPart' : 'eachPartUnsorted', n: page.next ? page.items.length : 0 },
  ];
  return all.filter(({ n }) => n > 0);
}
