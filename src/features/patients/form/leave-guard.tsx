import { useBlocker } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { beforeSignOut } from '#session/before-sign-out.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { messages } from './messages.ts';
import styles from './form.module.css';

interface Props {
  isDirty: () => boolean;
  /** A write is out, its answer is not there yet: to leave does not call it back. */
  sent: boolean;
  onLeave: () => void;
}

/** Warns before unsaved changes are left: by a link, the Back button, the browser or a sign-out. */
export function LeaveGuard({ isDirty, sent, onLeave }: Props) {
  const t = useMessages(messages);
  const [signOut, setSignOut] = useState<{ answer: (may: boolean) => void }>();
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => current.pathname !== next.pathname && isDirty(),
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
  useEffect(() => {
    beforeSignOut.ask = async () => {
      if (!isDirty()) return true;
      return new Promise((answer) => setSignOut({ answer }));
    };
    return () => {
      beforeSignOut.ask = undefined;
    };
  });
  if (blocker.status !== 'blocked' && !signOut) return null;
  const answer = (may: boolean): void => {
    if (may) onLeave();
    signOut?.answer(may);
    setSignOut(undefined);
    if (may) blocker.proceed?.();
    else blocker.reset?.();
  };
  return (
    <div className={styles.question}>
      <Dialog
        open
        role="alertdialog"
        title={t(sent ? 'leaveSentTitle' : 'leaveTitle')}
        onClose={() => answer(false)}
        actions={
          <>
            {/* The first one has the focus: a second Enter loses nothing. */}
            <Button variant="primary" onClick={() => answer(false)}>
              {t('stay')}
            </Button>
            <Button variant="danger" onClick={() => answer(true)}>
              {t(sent ? 'leaveSent' : 'leave')}
            </Button>
          </>
        }
      >
        <p>{t(sent ? 'leaveSentText' : 'leaveText')}</p>
      </Dialog>
    </div>
  );
}
