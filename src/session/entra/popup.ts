import {
  EventType,
  type AuthenticationResult,
  type PopupRequest,
  type PublicClientApplication,
} from '@azure/msal-browser';
import { isFramed } from '../environment.ts';
import { LaunchError } from '../errors.ts';

/** How often the sign-in window is looked at. */
const LOOK_MS = 500;
/** Redeeming the code goes on for a moment after the window has closed. */
const AFTERWARDS_MS = 5000;

/**
 * Signs in in a window of its own. MSAL does not notice that the window was closed, because an
 * identity provider may cut it off from its opener, which looks the same: here it counts as closed
 * when the person is back at this page and nothing has come of it.
 *
 * @throws {LaunchError} `denied` with `user_cancelled`; whatever MSAL throws
 */
export async function signInWithPopup(
  msal: PublicClientApplication,
  request: PopupRequest,
): Promise<AuthenticationResult> {
  // In a frame MSAL's relay page watches over the window.
  if (isFramed()) return msal.loginPopup({ ...request, overrideInteractionInProgress: true });
  let popup: Window | undefined;
  const callback = msal.addEventCallback(
    ({ payload }) => {
      if (payload && 'popupWindow' in payload) popup = payload.popupWindow;
    },
    [EventType.POPUP_OPENED],
  );
  let timer: ReturnType<typeof setInterval> | undefined;
  const closed = new Promise<never>((_resolve, reject) => {
    let backFor = 0;
    timer = setInterval(() => {
      backFor = popup?.closed && document.hasFocus() ? backFor + LOOK_MS : 0;
      if (backFor < AFTERWARDS_MS) return;
      const code = 'user_cancelled';
      reject(new LaunchError('denied', 'The sign-in window was closed', { code }));
    }, LOOK_MS);
  });
  try {
    // Whoever closed one window may open another at once.
    return await Promise.race([
      msal.loginPopup({ ...request, overrideInteractionInProgress: true }),
      closed,
    ]);
  } finally {
    clearInterval(timer);
    if (callback) msal.removeEventCallback(callback);
  }
}
