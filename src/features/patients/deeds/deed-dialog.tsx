import { useEffect, useRef, useState, type ReactNode } from 'react';
import { AnswerLost } from '#data/mutations-lost.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { ErrorAlert } from '#ui/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import styles from './deeds.module.css';
import { messages } from './messages.ts';
import type { Deed } from './use-deed.ts';

/**
 * The frame of every deed: what it does, what came in between, and the two ways out. Both are shut
 * while a write is out, because neither would undo it.
 */
export function DeedDialog({
  deed,
  title,
  confirm,
  other,
  danger,
  wide,
  onConfirm,
  children,
}: {
  deed: Deed;
  title: string;
  /** Left out where there is nothing to confirm yet. */
  confirm?: string | undefined;
  /** Another deed that may be meant. */
  other?: { readonly label: string; readonly onChoose: () => void } | false;
  /** It deletes. */
  danger?: boolean;
  wide?: boolean;
  onConfirm: () => void;
  children: ReactNode;
}) {
  const t = useMessages(messages);
  const { busy, sent, close } = deed.attempt;
  const sound = deed.opened.etag !== undefined;
  const parts = useRef<HTMLDivElement>(null);
  const [confirmed, setConfirmed] = useState(0);
  // Where it was refused, what is wrong takes the focus, and is read out with it.
  useEffect(() => {
    if (confirmed > 0) parts.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [confirmed]);
  return (
    <Dialog
      open
      wide={wide ?? false}
      title={title}
      held={sent}
      onClose={close}
      actions={
        <>
          <span role="status">{sent && t(danger ? 'deleting' : 'saving')}</span>
          <Button aria-disabled={sent} onClick={close}>
            {t('cancel')}
          </Button>
          {sound && other && (
            <Button aria-disabled={busy} onClick={() => busy || other.onChoose()}>
              {other.label}
            </Button>
          )}
          {sound && confirm && (
            <Button
              variant={danger ? 'danger' : 'primary'}
              busy={busy}
              onClick={() => {
                onConfirm();
                setConfirmed(confirmed + 1);
              }}
            >
              {confirm}
            </Button>
          )}
        </>
      }
    >
      {/* What is typed or chosen now would be in nothing that is sent. */}
      <div ref={parts} className={styles.parts} inert={busy}>
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
