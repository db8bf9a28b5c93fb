import { useMessages } from '#i18n/provider.tsx';
import { Page } from '#ui/page.tsx';
import { Skeleton } from '#ui/states/skeleton.tsx';
import { messages } from './messages.ts';
import styles from './shell.module.css';

/** Shown while the code of a page is loading. Invisible at first, to avoid flicker. */
export function PendingPage() {
  return (
    <div className={styles.pending}>
      <Skeleton lines={4} />
    </div>
  );
}

/** Shown while the browser navigates to the identity provider. */
export function LeavingPage() {
  const t = useMessages(messages);
  return (
    <Page title={t('leavingTitle')} narrow>
      <p role="status">{t('leaving')}</p>
    </Page>
  );
}
