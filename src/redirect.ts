import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';
import { appUrl } from '#lib/url.ts';
import { closeLater } from '#session/entra/close-later.ts';

// The page that Entra ID sends the person, a popup or a hidden frame back to. It hands the answer
// to the app and is gone. From a frame the app opens it first of all, to relay the answer.

/** Opened by the app itself: a stranger who has this address gets no window opened. */
function isOpenedByApp(): boolean {
  try {
    const opener: Window | null = window.opener;
    return opener?.location.origin === location.origin;
  } catch {
    return false;
  }
}

/** What MSAL's relay calls the window of the identity provider, which it watches over. */
const RELAYED = 'msalPopupRelayChild';

/** Opened by hand, or by an unsolicited answer: removes all parameters from the address. */
function leave(): void {
  history.replaceState(null, '', location.pathname);
  if (window.self === window.top && !window.opener) location.replace(appUrl(''));
}

/** Back from signing out: the app goes on from its start, also in a window that another opened. */
function isSignOut(): boolean {
  const answer = new URLSearchParams(location.search);
  return answer.has('state') && !answer.has('code') && !answer.has('error');
}

async function arrive(): Promise<void> {
  if (isSignOut() && window.self === window.top) return location.replace(appUrl(''));
  if (!location.hash.startsWith('#req=')) {
    if (window.name === RELAYED) closeLater();
    return broadcastResponseToMainFrame();
  }
  if (!isOpenedByApp()) return leave();
  const [{ relay }, { messages }, { awaited, say }] = await Promise.all([
    import('#session/entra/relay.ts'),
    import('./features/sign-in/messages.ts'),
    import('#i18n/language.ts'),
  ]);
  await awaited(messages);
  relay(say(messages, 'continueSignIn'));
}

arrive().catch(leave);
