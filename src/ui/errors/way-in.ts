import { Forbidden, Unauthorized } from '#fhir/errors.ts';
import { onlyOfPatient } from '#fhir/permissions/scopes.ts';
import { SignInRequired } from '#session/errors.ts';
import { useSessionState } from '#session/state/provider.tsx';
import type { Session } from '#session/session.ts';
import type { ReadyState } from '#session/state/state.ts';

/**
 * What a user can do whom the server does not accept: sign in again, or open the app again from the
 * EHR, which sets the patient; neither, if the site has no sign-in or a dialog asks for a token.
 */
export type WayIn =
  | { readonly way: 'sign-in'; readonly signIn: () => Promise<void> }
  | { readonly way: 'launch' }
  | undefined;

/** The way in that an error asks for in the session that is open. */
export function useWayIn(error: unknown): WayIn {
  const state = useSessionState();
  if (error instanceof Forbidden && state.state === 'ready' && lacksPatient(state.session)) {
    return { way: 'launch' };
  }
  const refused = error instanceof Unauthorized || error instanceof SignInRequired;
  return refused && state.state === 'ready' ? wayInto(state) : undefined;
}

/**
 * Whether an EHR opened the app for no patient, and granted what holds for one only: no role is
 * missing then, and no administrator can help.
 */
export function lacksPatient({ launched, context, scopes }: Session): boolean {
  return launched === true && context.patient === undefined && onlyOfPatient(scopes);
}

/** The way in that a session has. */
export function wayInto({ session, signInAgain }: ReadyState): WayIn {
  if (session.kind !== 'entra' && session.kind !== 'smart') return undefined;
  if (!signInAgain) return { way: 'launch' };
  // The same account gets the same token, as it did when the app renewed it: one may choose another.
  return { way: 'sign-in', signIn: () => signInAgain({ chooseAccount: true }) };
}
