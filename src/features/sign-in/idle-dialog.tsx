import { useMessages } from '#i18n/provider.tsx';
import { staySignedIn } from '#session/idle/idle-watch.ts';
import type { Session } from '#session/session.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { messages } from './messages.ts';

/** Warns that the session is about to end after inactivity. */
export function IdleDialog({ session, secondsLeft }: { session: Session; secondsLeft: number }) {
  const t = useMessages(messages);
  return (
    <Dialog
      role="alertdialog"
      open
      onClose={staySignedIn}
      title={t('idleTitle')}
      actions={
        <>
          {/* First, so that it gets the focus: an accidental key press must not sign out. */}
          <Button variant="primary" onClick={staySignedIn}>
            {t('staySignedIn')}
          </Button>
          <Button onClick={() => void session.signOut()}>{t('signOut')}</Button>
        </>
      }
    >
      <p role="timer">{t('idleText', { seconds: secondsLeft })}</p>
    </Dialog>
  );
}
