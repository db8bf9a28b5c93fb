/** Milliseconds, where the browser does not say when it is idle. */
const A_WHILE = 200;
/** Milliseconds after which it is done though there is always something better to do. */
const AT_LAST = 2000;

/**
 * Runs something once there is nothing better to do, as a task of its own.
 *
 * @returns stops it from running, if it has not yet
 */
export function whenIdle(run: () => void): () => void {
  if (!globalThis.requestIdleCallback) {
    const timer = setTimeout(run, A_WHILE);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(() => run(), { timeout: AT_LAST });
  return () => cancelIdleCallback(idle);
}
