import { useMatch, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { NetworkError } from '#fhir/errors.ts';
import { useMessages } from '#i18n/provider.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Page } from '#ui/page.tsx';
import { messages } from './messages.ts';

/**
 * Replaces a page that could not be loaded because the device is offline or the site does not
 * answer. Loads the page when the network is back, without a reload, which would lose the state of the app.
 */
export function OfflinePage({ error, reset }: { error: unknown; reset: () => void }) {
  const t = useMessages(messages);
  const router = useRouter();
  // Window title and heading 1 of a part of a chart are those of the chart.
  const inChart = /\$id\//.test(useMatch({ strict: false }).routeId);
  const retry = useCallback(async (): Promise<void> => {
    await router.invalidate();
    reset();
  }, [router, reset]);
  useEffect(() => {
    const again = (): void => void retry();
    addEventListener('online', again);
    return () => removeEventListener('online', again);
  }, [retry]);
  const away = error instanceof NetworkError && error.reason === 'unreachable';
  const alert = (
    <ErrorAlert
      error={error}
      title={away && t('siteAway')}
      advice={away && t('siteAwayDo')}
      onRetry={() => void retry()}
    />
  );
  return inChart ? alert : <Page title={t('notLoadedTitle')}>{alert}</Page>;
}
