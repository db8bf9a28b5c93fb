import type { ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { inTwo, LONGEST } from '#lib/long-text.ts';
import { Value } from './cells.tsx';
import { messages } from '../messages.ts';
import { wholeDates } from './whole-dates.tsx';
import styles from './long-text.module.css';

/**
 * Shows the complete text of a clinician with its line breaks; the end of a long text is collapsed.
 *
 * @param strong true for a short text that is a value
 */
export function LongText({ text, strong }: { text: string | undefined; strong?: boolean }) {
  const t = useMessages(messages);
  if (text === undefined) return <Value>{undefined}</Value>;
  const [first, rest] = inTwo(text);
  if (!rest) {
    const words = <bdi className={styles.text}>{wholeDates(text)}</bdi>;
    return strong ? <strong>{words}</strong> : words;
  }
  return (
    <div>
      <bdi className={styles.text}>{first}</bdi>
      <details className={styles.rest}>
        <summary>{t('showRest', { n: rest.length })}</summary>
        <bdi className={styles.text}>{rest}</bdi>
        {text.length > LONGEST && <p>{t('textCut')}</p>}
      </details>
    </div>
  );
}

/** Returns texts as lines of a cell, without the missing ones. */
export const longLines = (texts: readonly (string | undefined)[]): readonly ReactNode[] =>
  texts.map((text) => text && <LongText key={text} text={text} />);
