import { useState } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { messages } from './messages.ts';

/** Asks before cancelling an export, and offers to stop following it if that fails. */
export function CancelDialog({
  cancel,
  onBusy,
  onCancelled,
  onLetGo,
  onClose,
}: {
  cancel: () => Promise<void>;
  onBusy: (busy: boolean) => void;
  onCancelled: () => void;
  onLetGo: () => void;
  onClose: () => void;
}) {
  const t = useMessages(messages);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const stop = async (): Promise<void> => {
    setBusy(true);
    onBusy(true);
    setError(undefined);
    try {
      await cancel();
      onCancelled();
    } catch (caught) {
      setError(caught);
    } finally {
      setBusy(false);
      onBusy(false);
    }
  };

  return (
    <Dialog
      open
      role="alertdialog"
      onClose={onClose}
      title={t('cancelTitle')}
      actions={
        <>
          {error !== undefined && <Button onClick={onLetGo}>{t('stopFollowing')}</Button>}
          <Button onClick={onClose}>{t('keepGoing')}</Button>
          <Button variant="danger" busy={busy} onClick={() => void stop()}>
            {t('cancel')}
          </Button>
        </>
      }
    >
      {error !== undefined && <ErrorAlert error={error} title={t('cancelFailed')} />}
      <p>{t('cancelText')}</p>
    </Dialog>
  );
}
