import { useMessages } from '#i18n/provider.tsx';
import { appUrl } from '#lib/url.ts';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { Page } from '#ui/page.tsx';
import { messages } from './messages.ts';

/**
 * Replaces a page that failed to render. Shows nothing of the error, whose text may hold patient
 * data. Uses a plain link, because the router may be what failed.
 */
export function FailedPage({ reset }: { reset?: () => void }) {
  const t = useMessages(messages);
  return (
    <Page title={t('failedTitle')} narrow>
      <Notice
        tone="danger"
        role="alert"
        title={t('failed')}
        actions={
          <>
            <Button variant="primary" icon="refresh" onClick={() => location.reload()}>
              {t('reload')}
            </Button>
            {reset && <Button onClick={reset}>{t('tryAgain')}</Button>}
            <a href={appUrl('access')}>{t('accessCheck')}</a>
          </>
        }
      >
        <p>{t('failedDo')}</p>
      </Notice>
    </Page>
  );
}
