import { Link, useMatchRoute } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { isFramed } from '#session/environment.ts';
import type { LaunchError } from '#session/errors.ts';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import { adviceFor } from './advice.ts';
import { messages } from './messages.ts';
import styles from './sign-in.module.css';

/** A failed sign-in: what happened, what to do, and the server's message as plain text. */
export function LaunchFailureNotice({
  error,
  actions,
  elsewhere = import.meta.env.BASE_URL,
}: {
  error: LaunchError;
  actions?: ReactNode;
  /** URL to open in a separate window if the frame causes the failure. */
  elsewhere?: string | undefined;
}) {
  const t = useMessages(messages);
  const matches = useMatchRoute();
  const advice = adviceFor(error);
  const newWindow =
    error.failure === 'framed' || (error.failure === 'storage-blocked' && isFramed());
  return (
    <Notice
      tone="danger"
      role="alert"
      title={t(advice.happened)}
      actions={
        <>
          {newWindow && (
            <Button
              variant="primary"
              icon="external"
              onClick={() => window.open(elsewhere, '_blank', 'noopener')}
            >
              {t('openInNewWindow')}
            </Button>
          )}
          {actions}
          {!matches({ to: '/access' }) && <Link to="/access">{t('accessCheck')}</Link>}
        </>
      }
    >
      <p>{t(advice.todo)}</p>
      {error.code && (
        <p className={styles.detail}>
          {t('code')}: <code>{error.code}</code>
        </p>
      )}
      {error.detail && (
        <details>
          <summary>
            {t(error.failure === 'issuer-not-allowed' ? 'addressNamed' : 'serverSaid')}
          </summary>
          <p className={styles.detail}>
            <bdi>{error.detail}</bdi>
          </p>
        </details>
      )}
    </Notice>
  );
}
