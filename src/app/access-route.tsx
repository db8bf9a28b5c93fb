import { AccessPage } from '#features/access/access-page.tsx';
import { Failure } from '#features/sign-in/failure-page.tsx';
import { useSessionState } from '#session/state/provider.tsx';

/** The access check. It stands outside of what needs a session: a failed sign-in is said here too. */
export function AccessRoute() {
  const state = useSessionState();
  const failed = state.state === 'failed';
  return <AccessPage failure={failed && <Failure error={state.error} retry={state.retry} />} />;
}
