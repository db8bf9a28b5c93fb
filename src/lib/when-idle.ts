/** Milliseconds to wait in a browser without `requestIdleCallback`. */
const A_WHILE = 200;
/** Milliseconds after which the browser runs the callback even if it is never idle. */
const AT_LAST = 2000;

/**
 * Runs a callback in a separate task when the browser is idle.
 *
 * @returns a function that cancels the callback if it has not run yet
 */
export function whenIdle(run: () => void): () => void {
  if (!globalThis.requestIdleCallback) {
    const timer = setTimeout(run, A_WHILE);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(() => run(), { timeout: AT_LAST });
  return () => cancelIdleCallback(idle);
}
