import { useMessages } from '#i18n/provider.tsx';
import { messages } from './messages.ts';
import styles from './printed-part.module.css';

/**
 * On paper only, where the buttons of the pager are not: that what is printed is one page of several.
 *
 * @param page from 1
 * @param more whether another one follows
 */
export function PrintedPart({ page, more }: { page: number; more: boolean }) {
  const t = useMessages(messages);
  if (page === 1 && !more) return null;
  return <p className={styles.paper}>{t(more ? 'more' : 'last', { page })}</p>;
}
