import type { Session } from '../session.ts';
import type { SessionState } from './state.ts';

// One page has one session. It lives outside React, so that StrictMode's second mount, a lazily
// loaded route and the transport all see the same one.
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
 * The token is gone for good: the page is masked until the person has signed in again. A late answer
 * to a session that was replaced since masks nothing.
 */
export function markExpired(session: Session): void {
  if (current.state === 'ready' && current.session === session && !current.expired) {
    setSessionState({ ...current, expired: true });
  }
}
