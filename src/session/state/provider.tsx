import { createContext, useContext, useSyncExternalStore, type ReactNode } from 'react';
import type { Session } from '../session.ts';
import type { SessionState } from './state.ts';
import { getSessionState, subscribeToSession } from './store.ts';

const StateContext = createContext<SessionState>({ state: 'leaving' });

/** Makes the page's session known below it. Call `openSession` first. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const state = useSyncExternalStore(subscribeToSession, getSessionState, getSessionState);
  return <StateContext value={state}>{children}</StateContext>;
}

/** What the session is doing; re-renders on sign-in, expiry and sign-out. */
export function useSessionState(): SessionState {
  return useContext(StateContext);
}

/** The open session. Only below the place where the state is known to be `ready`. */
export function useSession(): Session {
  const state = useSessionState();
  if (state.state !== 'ready') throw new Error('useSession is used where no session is open');
  return state.session;
}
