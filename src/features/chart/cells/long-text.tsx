import type { ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { inTwo, LONGEST } from '#lib/long-text.ts';
import { Value } from './cells.tsx';
import { messages } from '../messages.ts';
import styles from './long-text.module.css';

/**
 * Words of a clinician, with their line breaks: all of them, the end of a long text when
 * asked for.
 *
 * @param strong for a short one that is a value
 */
export function LongText({ text, strong }: { text: string | undefined; strong?: boolean }) {
  const t = useMessages(messages);
  if (text === undefined) return <Value>{undefined}</Value>;
  const [first, rest] = inTwo(text);
  if (!rest) {
    const words = <bdi className={styles.text}>{text}</bdi>;
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

/** Texts as lines of a cell; what is missing is left out there. */
export const longLines = (texts: readonly (string | undefined)[]): readonly ReactNode[] =>
  texts.map((text) => text && <LongText key={text} text={text} />);
