import { useMessages } from '#i18n/provider.tsx';
import { LaunchError } from '#session/errors.ts';
import { useSessionState } from '#session/state/provider.tsx';
import { Button } from '#ui/button.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Page } from '#ui/page.tsx';
import { LaunchFailureNotice } from './launch-failure.tsx';
import { messages } from './messages.ts';

interface Props {
  error: unknown;
  retry?: (() => void) | undefined;
}

/** Page for a failed launch or sign-in. */
export function FailurePage(props: Props) {
  const t = useMessages(messages);
  return (
    <Page title={t('failureTitle')} narrow>
      <Failure {...props} />
    </Page>
  );
}

/** Tells what happened in a failed launch or sign-in, what to do, and offers the next step. */
export function Failure({ error, retry }: Props) {
  const t = useMessages(messages);
  const state = useSessionState();
  const startOver =
    state.state === 'failed' ? state.startOver : () => location.replace(import.meta.env.BASE_URL);
  const stillOpen = state.state === 'failed' && state.stillOpen;
  const actions = (
    <>
      {retry && (
        <Button variant="primary" icon="refresh" onClick={retry}>
          {t('tryAgain')}
        </Button>
      )}
      <Button variant={stillOpen ? 'primary' : 'secondary'} onClick={startOver}>
        {t(stillOpen ? 'backToSession' : 'startOver')}
      </Button>
    </>
  );
  return error instanceof LaunchError ? (
    <LaunchFailureNotice
      error={error}
      actions={actions}
      elsewhere={state.state === 'failed' ? state.elsewhere : undefined}
    />
  ) : (
    <ErrorAlert error={error} actions={actions} />
  );
}
