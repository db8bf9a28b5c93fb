import type { ReactNode } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import { ErrorAlert } from '../errors/error-alert.tsx';
import { Skeleton } from './skeleton.tsx';
import { SlowHint } from './slow-hint.tsx';

export interface AsyncViewProps<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch' | 'fetchStatus'>;
  children: (data: T) => ReactNode;
  /** Rendered if `isEmpty` returns true. */
  empty?: ReactNode;
  isEmpty?: ((data: T) => boolean) | undefined;
  loading?: ReactNode;
  /** Replaces the general error box. */
  failed?: ((error: unknown, retry: () => void) => ReactNode) | undefined;
}

/** Renders the states of a query: loading, failed, empty or loaded. */
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
      {/* Only for a request that was sent: a card out of view sends none until it is seen. */}
      {query.fetchStatus !== 'idle' && <SlowHint />}
    </>
  );
}
