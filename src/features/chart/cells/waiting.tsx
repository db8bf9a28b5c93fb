import { useMessages } from '#i18n/provider.tsx';
import { Skeleton } from '#ui/states/skeleton.tsx';
import { messages } from '../messages.ts';
import styles from './waiting.module.css';

/**
 * Placeholder while a response is awaited. A printed page says that it was not loaded: a heading
 * with nothing below it would read as if nothing were recorded.
 */
export function Waiting({ lines }: { lines: number }) {
  const t = useMessages(messages);
  return (
    <>
      <div className={styles.screen}>
        <Skeleton lines={lines} />
      </div>
      <p className={styles.paper}>{t('notLoaded')}</p>
    </>
  );
}
