import { useMessages } from '#i18n/provider.tsx';
import { Icon } from '#ui/icon.tsx';
import { messages } from './messages.ts';
import styles from './empty.module.css';

/** An empty answer, in words that fit why it may be empty. */
export function EmptyList({ page, filtered }: { page: number; filtered: boolean }) {
  const t = useMessages(messages);
  const why = page > 1 ? 'emptyPage' : filtered ? 'emptyCriteria' : 'emptyNoPatients';
  return (
    <div className={styles.empty}>
      <Icon name="search" size={24} />
      <p className={styles.emptyTitle}>{t('emptyTitle')}</p>
      <p>{t(why)}</p>
    </div>
  );
}
