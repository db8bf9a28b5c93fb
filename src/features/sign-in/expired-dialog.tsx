import { useId } from 'react';
import { Link } from '@tanstack/react-router';
import { useMessages } from '#i18n/provider.tsx';
import { beforeSignOut } from '#session/before-sign-out.ts';
import { LaunchError } from '#session/errors.ts';
import type { ReadyState } from '#session/state/state.ts';
import { useStaySignedIn } from '#session/idle/use-stay-signed-in.ts';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { LaunchFailureNotice } from './launch-failure.tsx';
import { messages } from './messages.ts';
import styles from './sign-in.module.css';
import { TokenForm } from './token-form.tsx';
import { useSignIn } from './use-sign-in.ts';

const stay = (): void => {
  // Escape must not unmask the page; only a new sign-in does.
};
const impossible = (): Promise<void> => Promise.resolve();

/** Covers a page whose session has ended, until the user has signed in again. */
export function ExpiredDialog({ state }: { state: ReadyState }) {
  const t = useMessages(messages);
  const { session, signInAgain } = state;
  const signingIn = useSignIn(signInAgain ?? impossible);
  const { busy, error } = signingIn;
  // A sign-in in a popup counts as activity, though its key presses are not seen here. Only while
  // the page is masked, so that no patient stays on screen if the user walks away.
  useStaySignedIn(busy);
  const byToken = session.kind === 'token';
  const formId = useId();
  const signOut = async (): Promise<void> => {
    if ((await beforeSignOut.ask?.()) !== false) await session.signOut();
  };
  return (
    <Dialog
      role="alertdialog"
      open
      onClose={stay}
      title={t('expiredTitle')}
      actions={
        <>
          <Button onClick={signOut}>{t('signOut')}</Button>
          {signInAgain && (
            <Button
              variant="primary"
              busy={busy}
              {...(byToken
                ? { type: 'submit', form: formId }
                : { onClick: () => signingIn.start() })}
            >
              {t('signInAgain')}
            </Button>
          )}
        </>
      }
    >
      <div className={styles.expired}>
        <p>{t(signInAgain ? 'expiredText' : 'expiredLaunch')}</p>
        {error instanceof LaunchError && <LaunchFailureNotice error={error} />}
        {byToken && (
          <TokenForm
            id={formId}
            label={session.server.label}
            fhirBaseUrl={session.server.fhirBaseUrl}
            signingIn={signingIn}
          />
        )}
        <p>
          <Link to="/access">{t('accessCheck')}</Link>
        </p>
      </div>
    </Dialog>
  );
}
