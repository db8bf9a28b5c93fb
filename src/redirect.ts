import { broadcastResponseToMainFrame } from '@azure/msal-browser/redirect-bridge';
import { appUrl } from '#lib/url.ts';

// The page that Entra ID sends the person, a popup or a hidden frame back to. It hands the answer
// to the app and is gone.
broadcastResponseToMainFrame().catch(() => {
  // Opened by hand, or an answer that nobody asked for: nothing of it stays in the address.
  history.replaceState(null, '', location.pathname);
  if (window.self === window.top && !window.opener) location.replace(appUrl(''));
});
