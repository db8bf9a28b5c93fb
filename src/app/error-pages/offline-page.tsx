import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import styles from './offline-page.module.css';

/**
 * Replaces a page that could not be loaded because the device is offline. Loads the page when the
 * network is back, without a reload, which would lose the state of the app.
 */
export function OfflinePage({ error, reset }: { error: unknown; reset: () => void }) {
  const router = useRouter();
  useEffect(() => {
    const again = (): void => void router.invalidate().then(reset);
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  });
  return (
    <div className={styles.offline}>
      <ErrorAlert error={error} onRetry={() => void router.invalidate().then(reset)} />
    </div>
  );
}
