import { AccessPage } from '#features/access/access-page.tsx';
import { Failure } from '#features/sign-in/failure-page.tsx';
import { useSessionState } from '#session/state/provider.tsx';

/** Access check page. Needs no session, because it also explains a failed sign-in. */
export function AccessRoute() {
  const state = useSessionState();
  const failed = state.state === 'failed';
  return <AccessPage failure={failed && <Failure error={state.error} retry={state.retry} />} />;
}
