import { useMessages } from '#i18n/provider.tsx';
import { messages } from '../messages.ts';
import styles from './skeleton.module.css';

/** Placeholder for one line of text. */
export function SkeletonLine({ width }: { width?: string }) {
  return <span className={styles.line} style={width ? { width } : undefined} aria-hidden="true" />;
}

/**
 * Placeholder for a block of text while it is loading; announced to assistive technology.
 *
 * @param lines number of lines; about as many as expected, so that the layout does not shift
 */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  const t = useMessages(messages);
  return (
    <div className={styles.block} role="status">
      <span className="visually-hidden">{t('loading')}</span>
      {Array.from({ length: lines }, (_, i) => (
        <SkeletonLine key={i} width={`${[92, 78, 85, 64][i % 4]}%`} />
      ))}
    </div>
  );
}
