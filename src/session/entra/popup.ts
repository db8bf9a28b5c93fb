import {
  EventType,
  type AuthenticationResult,
  type PopupRequest,
  type PublicClientApplication,
} from '@azure/msal-browser';
import { isFramed } from '../environment.ts';
import { LaunchError } from '../errors.ts';

/** Milliseconds between two checks of the sign-in window. */
const LOOK_MS = 500;
/** Milliseconds that redeeming the code may take after the window has closed. */
const AFTERWARDS_MS = 5000;

/**
 * Signs in with a popup. MSAL does not detect a closed popup, because it cannot distinguish it from
 * one that the identity provider separated from its opener. This function treats the popup as
 * closed if this page has the focus again and no result has arrived.
 *
 * @throws {LaunchError} `denied` with `user_cancelled`; whatever MSAL throws
 */
export async function signInWithPopup(
  msal: PublicClientApplication,
  request: PopupRequest,
): Promise<AuthenticationResult> {
  // In a frame MSAL's relay page monitors the popup.
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
    // A user who closed one popup may open another immediately.
    return await Promise.race([
      msal.loginPopup({ ...request, overrideInteractionInProgress: true }),
      closed,
    ]);
  } finally {
    clearInterval(timer);
    if (callback) msal.removeEventCallback(callback);
  }
}
