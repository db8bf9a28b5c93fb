import { AccessPage } from '#features/access/access-page.tsx';
import { Failure } from '#features/sign-in/failure-page.tsx';
import { useSessionState } from '#session/state/provider.tsx';

/** The access check. It needs no session: it also explains a failed sign-in. */
export function AccessRoute() {
  const state = useSessionState();
  const failed = state.state === 'failed';
  return <AccessPage failure={failed && <Failure error={state.error} retry={state.retry} />} />;
}
