import type { ReactNode } from 'react';
import { listText } from '#i18n/list.ts';
import type { MessageId, T } from '../panel.ts';

/** More than this many of one kind nobody reads in a cell; a hostile server sends ten thousand. */
const MOST = 20;

/**
 * What is known of a record beside what names it, as a line of a cell: `Complication: Deep
 * infection`. Undefined where nothing is.
 *
 * @param most for how many there is room
 */
export function labelledLine(
  t: T,
  label: MessageId,
  texts: readonly (string | undefined)[],
  most = MOST,
): ReactNode {
  const words = [...new Set(texts.filter((text) => text !== undefined))];
  if (words.length === 0) return undefined;
  return (
    <span>
      {t(label)}: <bdi>{listText(words.slice(0, most))}</bdi>
      {words.length > most && ` ${t('andMore', { n: words.length - most })}`}
    </span>
  );
}
