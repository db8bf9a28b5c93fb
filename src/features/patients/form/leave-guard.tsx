import { useBlocker } from '@tanstack/react-router';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { messages } from './messages.ts';

/** Warns before a page with unsaved changes is left, by a link, the Back button or the browser. */
export function LeaveGuard({ isDirty, onLeave }: { isDirty: () => boolean; onLeave: () => void }) {
  const t = useMessages(messages);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && isDirty(),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Dialog
      open
      role="alertdialog"
      title={t('leaveTitle')}
      onClose={blocker.reset}
      actions={
        <>
          {/* The first one has the focus: a second Enter loses nothing. */}
          <Button variant="primary" onClick={blocker.reset}>
            {t('stay')}
          </Button>
          <Button
            variant="danger"
            onClick={() => {
              onLeave();
              blocker.proceed();
            }}
          >
            {t('leave')}
          </Button>
        </>
      }
    >
      <p>{t('leaveText')}</p>
    </Dialog>
  );
}
