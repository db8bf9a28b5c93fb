import { useMessages } from '#i18n/provider.tsx';
import { messages } from './messages.ts';
import styles from './printed-part.module.css';

/**
 * Tells on paper that the print shows one page of several, because the pager is not printed.
 *
 * @param page number, starting at 1
 * @param more whether another page follows
 */
export function PrintedPart({ page, more }: { page: number; more: boolean }) {
  const t = useMessages(messages);
  if (page === 1 && !more) return null;
  return <p className={styles.paper}>{t(more ? 'more' : 'last', { page })}</p>;
}
