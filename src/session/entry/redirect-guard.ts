import { LaunchError } from '../errors.ts';
import { forget, recall, remember } from '../tab-storage/storage.ts';

const KEY = 'redirects';
const WINDOW_MS = 60_000;
const MOST = 3;

const isTimes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((t) => typeof t === 'number');

/** Returns the redirect times of the last minute, including the new one. */
export function recentRedirects(times: readonly number[], now: number): number[] {
  return [...times.filter((t) => t <= now && now - t < WINDOW_MS), now];
}

/**
 * Counts a redirect to an identity provider. More than three in a minute are a loop, in which app
 * and provider redirect the user to each other without end.
 *
 * @throws {LaunchError} `loop`
 */
export function countRedirect(now = Date.now()): void {
  const times = recentRedirects(recall(KEY, isTimes) ?? [], now);
  if (times.length > MOST) throw new LaunchError('loop', `${times.length} redirects in a minute`);
  remember(KEY, times);
}

/** Resets the count when the user starts a sign-in, which is not a loop. */
export function forgetRedirects(): void {
  forget(KEY);
}
