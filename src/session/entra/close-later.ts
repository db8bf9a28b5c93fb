/** Twice the interval at which the waiting window polls (MSAL polls every 500 ms). */
const LATER_MS = 1000;

/**
 * Delays `window.close`. MSAL posts the response and closes the window at once, while the waiting
 * window polls whether it is still open. On a busy machine the waiting window sees it closed before
 * the response arrives, and treats a finished sign-in as cancelled.
 */
export function closeLater(): void {
  const close = window.close.bind(window);
  window.close = () => void setTimeout(close, LATER_MS);
}
