/** Maximum milliseconds that the warning is shown before an idle session ends. */
const LONGEST_WARNING_MS = 60_000;

export type IdleState =
  | { readonly state: 'active' }
  | { readonly state: 'warning'; readonly secondsLeft: number }
  | { readonly state: 'idle' };

/**
 * Returns whether a session is active, about to end or idle.
 *
 * @param lastActive time of last use, in milliseconds since the epoch
 * @param now milliseconds since the epoch
 * @param timeoutMs milliseconds without use until the session ends
 */
export function idleState(lastActive: number, now: number, timeoutMs: number): IdleState {
  const warningMs = Math.min(LONGEST_WARNING_MS, timeoutMs / 2);
  // A clock that was set back must not end a session. The idle watch corrects the time of last use.
  const left = timeoutMs - Math.max(0, now - lastActive);
  if (left <= 0) return { state: 'idle' };
  if (left > warningMs) return { state: 'active' };
  return { state: 'warning', secondsLeft: Math.ceil(left / 1000) };
}
