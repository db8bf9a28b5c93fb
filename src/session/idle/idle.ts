/** How long before the end of an idle session the person is warned, at most. */
const LONGEST_WARNING_MS = 60_000;

export type IdleState =
  | { readonly state: 'active' }
  | { readonly state: 'warning'; readonly secondsLeft: number }
  | { readonly state: 'idle' };

/**
 * Whether somebody still uses the app.
 *
 * @param lastActive when it was last used, in milliseconds since the epoch
 * @param now milliseconds since the epoch
 * @param timeoutMs without use until the session ends
 */
export function idleState(lastActive: number, now: number, timeoutMs: number): IdleState {
  const warningMs = Math.min(LONGEST_WARNING_MS, timeoutMs / 2);
  // A clock that was set back does not end a session. That it does not keep it open is up to the watch.
  const left = timeoutMs - Math.max(0, now - lastActive);
  if (left <= 0) return { state: 'idle' };
  if (left > warningMs) return { state: 'active' };
  return { state: 'warning', secondsLeft: Math.ceil(left / 1000) };
}
