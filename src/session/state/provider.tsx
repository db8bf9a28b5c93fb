import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import type { Session } from '../session.ts';
import type { SessionState } from './state.ts';
import { getSessionState, subscribeToSession } from './store.ts';

const StateContext = createContext<SessionState>({ state: 'leaving' });

/** Provides the page's session to its children. Call `openSession` first. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const state = useSyncExternalStore(subscribeToSession, getSessionState, getSessionState);
  return <StateContext value={state}>{children}</StateContext>;
}

/** Returns the session state; re-renders on sign-in, expiry and sign-out. */
export function useSessionState(): SessionState {
  return useContext(StateContext);
}

/** Returns the open session. Throws unless the state is `ready`. */
export function useSession(): Session {
  const state = useSessionState();
  if (state.state !== 'ready') throw new Error('useSession is used where no session is open');
  return state.session;
}
