import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import styles from './offline-page.module.css';

/**
 * What stands where a page could not be loaded because the device is offline. It comes by itself
 * once the network is back; loading everything anew would only lose what is there.
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
