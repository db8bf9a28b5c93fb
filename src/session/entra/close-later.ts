/** Twice the time between two looks of whoever waits for the answer (MSAL looks every 500 ms). */
const LATER_MS = 1000;

/**
 * Makes this window close a moment after it was told to. MSAL posts its answer and closes at once,
 * while the window that waits looks whether this one is still open: on a busy machine it sees the
 * window gone before the answer is there, and takes a finished sign-in for a cancelled one.
 */
export function closeLater(): void {
  const close = window.close.bind(window);
  window.close = () => void setTimeout(close, LATER_MS);
}
