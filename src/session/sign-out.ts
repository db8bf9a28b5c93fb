import { tellTabs } from './tab-storage/channel.ts';
import { stopIdleWatch } from './idle/idle-watch.ts';
import { leaveNotice, noteEnd } from './tab-storage/opened.ts';
import type { Session } from './session.ts';
import type { SignInNotice } from './state/state.ts';
import { forgetEverything, forgetOwn } from './tab-storage/storage.ts';
import { setSessionState } from './state/store.ts';

export interface SignOut {
  readonly session: Session;
  /** Message that the sign-in page shows afterwards. */
  readonly notice: SignInNotice;
  /** True if another tab has signed out at the identity provider already. */
  readonly local: boolean;
  /** Shows the sign-in page without a page load, for a user who is offline. */
  readonly showSignIn: () => void;
}

let underWay: Promise<void> | undefined;

/**
 * Ends the session here and, unless `local`, at the identity provider if possible and in all other
 * tabs, whatever their server, because the next user of a shared workstation must not find an open
 * session. Reloads the page, so that no patient data is left in memory.
 *
 * A second call during a sign-out returns the first one, because a `signed-out` message from
 * another tab must not cancel the navigation to the identity provider.
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
  setSessionState({ state: 'leaving' }); // removes all patient data from the screen
  forgetOwn();
  leaveNotice(o.notice); // stored now, because the next step may navigate away
  try {
    await o.session.signOut({ local: o.local });
  } finally {
    forgetEverything();
    leaveNotice(o.notice);
    if (navigator.onLine) location.replace(import.meta.env.BASE_URL);
    else o.showSignIn();
  }
}
