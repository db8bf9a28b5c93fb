import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { LaunchError } from '#session/errors.ts';
import { staySignedIn } from '#session/idle-watch.ts';
import type { ReadyState } from '#session/state.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog.tsx';
import { LaunchFailureNotice } from './launch-failure.tsx';
import { messages } from './messages.ts';
import { TokenForm } from './token-form.tsx';
import { useSignIn } from './use-sign-in.ts';

const stay = (): void => {
  // Escape does not show the page again: only a new sign-in does.
};
const impossible = (): Promise<void> => Promise.resolve();
/** Often enough for the shortest idle time-out, which is a minute. */
const STAY_MS = 5000;

/**
 * A sign-in in a window of its own is use, though no key pressed there is seen here. Only while the
 * page is masked: nobody who walks away from that window leaves a patient on the screen.
 */
function useStaySignedIn(busy: boolean): void {
  useEffect(() => {
    if (!busy) return undefined;
    staySignedIn();
    const timer = setInterval(staySignedIn, STAY_MS);
    return () => clearInterval(timer);
  }, [busy]);
}

/** Stands over a page whose session has ended, until the person has signed in again. */
export function ExpiredDialog({ state }: { state: ReadyState }) {
  const t = useMessages(messages);
  const { session, signInAgain } = state;
  const signingIn = useSignIn(signInAgain ?? impossible);
  const { busy, error } = signingIn;
  useStaySignedIn(busy);
  const byToken = session.kind === 'token';
  return (
    <Dialog
      role="alertdialog"
      open
      onClose={stay}
      title={t('expiredTitle')}
      actions={
        <>
          <Button onClick={() => void session.signOut()}>{t('signOut')}</Button>
          {signInAgain && !byToken && (
            <Button variant="primary" busy={busy} onClick={() => signingIn.start()}>
              {t('signInAgain')}
            </Button>
          )}
        </>
      }
    >
      <p>{t(signInAgain ? 'expiredText' : 'expiredLaunch')}</p>
      {error instanceof LaunchError && <LaunchFailureNotice error={error} />}
      <p>
        <Link to="/access">{t('accessCheck')}</Link>
      </p>
      {byToken && (
        <TokenForm
          label={session.server.label}
          fhirBaseUrl={session.server.fhirBaseUrl}
          button={t('signInAgain')}
          signingIn={signingIn}
        />
      )}
    </Dialog>
  );
}
