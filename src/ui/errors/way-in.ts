import { Forbidden, Unauthorized } from '#fhir/errors.ts';
import { onlyOfPatient } from '#fhir/permissions/scopes.ts';
import { LaunchError, SignInRequired } from '#session/errors.ts';
import { useSessionState } from '#session/state/provider.tsx';
import type { Session } from '#session/session.ts';
import type { ReadyState, SessionState } from '#session/state/state.ts';

/**
 * What a user can do whom the server does not accept: sign in again, or launch the app again from
 * the EHR, which selects the patient. Undefined if the server has no sign-in, or a dialog asks for
 * a token.
 */
export type WayIn =
  | { readonly way: 'sign-in'; readonly signIn: () => Promise<void> }
  | { readonly way: 'launch' }
  | undefined;

/** Returns the way in that resolves an error in the open session, if any. */
export function useWayIn(error: unknown): WayIn {
  return wayAfter(error, useSessionState());
}

/** Returns the way in that resolves an error in a state, if any. */
export function wayAfter(error: unknown, state: SessionState): WayIn {
  if (error instanceof Forbidden && state.state === 'ready' && lacksPatient(state.session)) {
    return { way: 'launch' };
  }
  const refused =
    error instanceof Unauthorized ||
    error instanceof SignInRequired ||
    (error instanceof LaunchError && error.failure === 'denied');
  return refused && state.state === 'ready' ? wayInto(state) : undefined;
}

/**
 * Whether an EHR launched the app without a patient, but granted scopes for one patient only. Then
 * no role is missing, and no administrator can help.
 */
export function lacksPatient({ launched, context, scopes }: Session): boolean {
  return launched === true && context.patient === undefined && onlyOfPatient(scopes);
}

/** Returns the way in of a session. */
export function wayInto({ session, signInAgain }: ReadyState): WayIn {
  if (session.kind !== 'entra' && session.kind !== 'smart') return undefined;
  if (!signInAgain) return { way: 'launch' };
  // The same account would get the same token again, so let the user choose another one.
  return { way: 'sign-in', signIn: () => signInAgain({ chooseAccount: true }) };
}
