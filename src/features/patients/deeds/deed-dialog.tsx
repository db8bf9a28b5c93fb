import type { ReactNode } from 'react';
import { AnswerLost } from '#data/mutations-lost.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ErrorAlert } from '#ui/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import styles from './deeds.module.css';
import { messages } from './messages.ts';
import type { Deed } from './use-deed.ts';

/** The frame of every deed: what it does, what came in between, and the two ways out. */
export function DeedDialog({
  deed,
  title,
  confirm,
  danger,
  busy,
  wide,
  onConfirm,
  onClose,
  children,
}: {
  deed: Deed;
  title: string;
  /** Left out where there is nothing to confirm yet. */
  confirm?: string | undefined;
  danger?: boolean;
  busy?: boolean;
  wide?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useMessages(messages);
  const sound = deed.opened.etag !== undefined;
  return (
    <Dialog
      open
      wide={wide ?? false}
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          {sound && confirm && (
            <Button
              variant={danger ? 'danger' : 'primary'}
              busy={busy ?? deed.busy}
              onClick={onConfirm}
            >
              {confirm}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.parts}>
        {!sound && <Notice tone="warning" title={t('noVersion')} />}
        {deed.moved && <Notice tone="warning" role="alert" title={t('changed')} />}
        {deed.error instanceof AnswerLost ? (
          <Notice tone="warning" role="alert" title={t(`lost.${deed.error.state}`)} />
        ) : (
          deed.error !== undefined && <ErrorAlert error={deed.error} />
        )}
        {children}
      </div>
    </Dialog>
  );
}
