import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';
import { appUrl } from '#lib/url.ts';
import { closeLater } from '#session/entra/close-later.ts';

// Entra ID redirects the window, a popup or a hidden frame to this page, which passes the response
// to the app and closes. An app inside a frame opens this page first, to relay the response.

/**
 * Whether the app itself opened this window. Other sites must not be able to make it open windows.
 */
function isOpenedByApp(): boolean {
  try {
    const opener: Window | null = window.opener;
    return opener?.location.origin === location.origin;
  } catch {
    return false;
  }
}

/** Window name that MSAL's relay gives to the identity provider's window, which it monitors. */
const RELAYED = 'msalPopupRelayChild';

/** Removes all parameters from an address that was opened by hand or by an unsolicited response. */
function leave(): void {
  history.replaceState(null, '', location.pathname);
  if (window.self === window.top && !window.opener) location.replace(appUrl(''));
}

/**
 * Whether this is the return from a sign-out. The app then starts anew, even in a window that
 * another page opened.
 */
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
