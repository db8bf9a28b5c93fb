import { useMessages } from '#i18n/provider.tsx';
import { LaunchError, TokenInputError } from '#session/errors.ts';
import { lastTried } from '#session/last-tried.ts';
import type { SignInInput, SignInOption } from '#session/state/state.ts';
import { useStaySignedIn } from '#session/idle/use-stay-signed-in.ts';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { LaunchFailureNotice } from './launch-failure.tsx';
import { messages } from './messages.ts';
import styles from './sign-in.module.css';
import { TokenForm } from './token-form.tsx';
import { useSignIn } from './use-sign-in.ts';

const kindIds = {
  entra: 'kindEntra',
  smart: 'kindSmart',
  open: 'kindOpen',
  token: 'kindToken',
} as const;

/** A server to sign in to. */
export function ServerChoice({
  option,
  only,
  onSignIn,
}: {
  option: SignInOption;
  /** True if it is the only server, so that the button needs no server name. */
  only: boolean;
  onSignIn: (serverId: string, input?: SignInInput) => Promise<void>;
}) {
  const t = useMessages(messages);
  const signingIn = useSignIn((input) => {
    lastTried.server = option.id;
    return onSignIn(option.id, input);
  });
  const { error, busy } = signingIn;
  // The idle watch must not remove the stored state while the user signs in in a popup.
  useStaySignedIn(busy);
  const button = only ? t('signIn') : t('signInTo', { label: option.label });
  return (
    <li className={styles.server}>
      <div>
        <h2>{option.label}</h2>
        <p className={styles.address}>
          {t(kindIds[option.kind])} · {option.fhirBaseUrl}
        </p>
      </div>
      {error instanceof LaunchError && <LaunchFailureNotice error={error} />}
      {error !== undefined &&
        !(error instanceof LaunchError) &&
        !(error instanceof TokenInputError) && <ErrorAlert error={error} />}
      {option.kind === 'token' ? (
        <TokenForm
          label={option.label}
          fhirBaseUrl={option.fhirBaseUrl}
          button={button}
          signingIn={signingIn}
        />
      ) : (
        <Button variant="primary" busy={busy} onClick={() => signingIn.start()}>
          {button}
        </Button>
      )}
    </li>
  );
}
