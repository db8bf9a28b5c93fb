import { tellTabs } from './tab-storage/channel.ts';
import { stopIdleWatch } from './idle/idle-watch.ts';
import { leaveNotice, noteEnd } from './tab-storage/opened.ts';
import type { Session } from './session.ts';
import type { SignInNotice } from './state/state.ts';
import { forgetEverything, forgetOwn } from './tab-storage/storage.ts';
import { setSessionState } from './state/store.ts';

export interface SignOut {
  readonly session: Session;
  /** What the sign-in page says afterwards. */
  readonly notice: SignInNotice;
  /** Another tab has told the identity provider already. */
  readonly local: boolean;
  /** Shows the sign-in page without loading anything, for a person who is offline. */
  readonly showSignIn: () => void;
}

let underWay: Promise<void> | undefined;

/**
 * Ends the session here and, unless `local`, at the identity provider where it can, and with it every
 * session in the other tabs, whatever their server: on a shared workstation the person goes. The page
 * is loaded anew, so that nothing of a patient is left in memory.
 * Once at a time: the word of a tab that does the same just now must not cut off the way to the
 * identity provider.
 */
export function signOut(o: SignOut): Promise<void> {
  return (underWay ??= leave(o).finally(() => (underWay = undefined)));
}

async function leave(o: SignOut): Promise<void> {
  stopIdleWatch();
  if (!o.local) {
    tellTabs({ type: 'signed-out' });
    noteEnd();
  }
  setSessionState({ state: 'leaving' }); // nothing of a patient stays on the screen from here on
  forgetOwn();
  leaveNotice(o.notice); // kept now: the next step may leave the page for good
  try {
    await o.session.signOut({ local: o.local });
  } finally {
    forgetEverything();
    leaveNotice(o.notice);
    if (navigator.onLine) location.replace(import.meta.env.BASE_URL);
    else o.showSignIn();
  }
}
