import { useEffect, useState, type ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { useMessages } from '#i18n/provider.tsx';
import { ErrorAlert } from './error-alert.tsx';
import { messages } from './messages.ts';
import { Skeleton } from './skeleton.tsx';
import styles from './async-view.module.css';

export interface AsyncViewProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch' | 'fetchStatus'>;
  children: (data: T) => ReactNode;
  /** Drawn where `isEmpty` says so. */
  empty?: ReactNode;
  isEmpty?: ((data: T) => boolean) | undefined;
  loading?: ReactNode;
  /** Instead of the general error box. */
  failed?: ((error: unknown, retry: () => void) => ReactNode) | undefined;
}

/** Loading, failed, empty or there: the same four states everywhere. */
export function AsyncView<T>({
  query,
  children,
  empty,
  isEmpty,
  loading,
  failed,
}: AsyncViewProps<T>) {
  const retry = (): void => void query.refetch();
  if (query.data !== undefined) {
    return (
      <>
        {query.error && <ErrorAlert error={query.error} onRetry={retry} />}
        {empty !== undefined && isEmpty?.(query.data) ? empty : children(query.data)}
      </>
    );
  }
  if (query.error) {
    return failed ? failed(query.error, retry) : <ErrorAlert error={query.error} onRetry={retry} />;
  }
  return (
    <>
      {loading ?? <Skeleton />}
      <SlowHint />
    </>
  );
}

/** After some seconds, says that the wait is not the reader's fault. */
export function SlowHint({ after = 6000 }: { after?: number }) {
  const t = useMessages(messages);
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), after);
    return () => clearTimeout(timer);
  }, [after]);
  return (
    <p className={styles.slow} role="status">
      {slow && t('slow')}
    </p>
  );
}
