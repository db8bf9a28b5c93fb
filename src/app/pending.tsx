import { useMessages } from '#i18n/provider.tsx';
import { Page } from '#ui/page.tsx';
import { Skeleton } from '#ui/states/skeleton.tsx';
import { messages } from './messages.ts';
import styles from './shell.module.css';

/** Stands in while the code of a page is on its way; invisible at first, so that nothing flashes. */
export function PendingPage() {
  return (
    <div className={styles.pending}>
      <Skeleton lines={4} />
    </div>
  );
}

/** While the browser goes to the identity provider. */
export function LeavingPage() {
  const t = useMessages(messages);
  return (
    <Page title={t('leavingTitle')} narrow>
      <p role="status">{t('leaving')}</p>
    </Page>
  );
}
