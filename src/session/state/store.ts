import type { Session } from '../session.ts';
import type { SessionState } from './state.ts';

// Each page has one session. The state is outside React, so that the second mount of StrictMode,
// lazy routes and the HTTP transport share it.
let current: SessionState = { state: 'leaving' };
const listeners = new Set<() => void>();

export function getSessionState(): SessionState {
  return current;
}

export function setSessionState(next: SessionState): void {
  current = next;
  for (const listener of listeners) listener();
}

/** @returns the function that ends the subscription */
export function subscribeToSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Masks the page until the user has signed in again, because no valid token is left. Ignores a late
 * response for a session that was replaced since.
 */
export function markExpired(session: Session): void {
  if (current.state === 'ready' && current.session === session && !current.expired) {
    setSessionState({ ...current, expired: true });
  }
}
