import { Unauthorized } from '#fhir/errors.ts';
import { SignInRequired } from '#session/errors.ts';
import { useSessionState } from '#session/provider.tsx';
import type { ReadyState } from '#session/state.ts';

/**
 * How a person goes on whom the server does not accept: by signing in again, by opening the app
 * again from the EHR, which alone says which patient is meant, or neither, where nobody signs in or
 * a dialog asks for a new token.
 */
export type WayIn =
  | { readonly way: 'sign-in'; readonly signIn: () => Promise<void> }
  | { readonly way: 'launch' }
  | undefined;

/** The way in that an error asks for in the session that is open. */
export function useWayIn(error: unknown): WayIn {
  const state = useSessionState();
  const refused = error instanceof Unauthorized || error instanceof SignInRequired;
  return refused && state.state === 'ready' ? wayInto(state) : undefined;
}

/** The way in that a session has. */
export function wayInto({ session, signInAgain }: ReadyState): WayIn {
  if (session.kind !== 'entra' && session.kind !== 'smart') return undefined;
  if (!signInAgain) return { way: 'launch' };
  // The same account gets the same token, as it did when the app renewed it: one may choose another.
  return { way: 'sign-in', signIn: () => signInAgain({ chooseAccount: true }) };
}
