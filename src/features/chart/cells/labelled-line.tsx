import type { ReactNode } from 'react';
import { listText } from '#i18n/list.ts';
import type { MessageId, T } from '../panel.ts';

/** Maximum number of texts in a line: a hostile server may send ten thousand. */
const MOST = 20;

/**
 * Returns a cell line with a label: `Complication: Deep infection`. Undefined without texts.
 *
 * @param most maximum number of texts shown
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
