import { LaunchError } from '../errors.ts';
import { forget, recall, remember } from '../tab-storage/storage.ts';

const KEY = 'redirects';
const WINDOW_MS = 60_000;
const MOST = 3;

const isTimes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((t) => typeof t === 'number');

/** The redirects of the last minute, the new one included. */
export function recentRedirects(times: readonly number[], now: number): number[] {
  return [...times.filter((t) => t <= now && now - t < WINDOW_MS), now];
}

/**
 * Counts a redirect to an identity provider. More than three in a minute is a loop: two programs
 * sending the person to each other, which no waiting ends.
 *
 * @throws {LaunchError} `loop`
 */
export function countRedirect(now = Date.now()): void {
  const times = recentRedirects(recall(KEY, isTimes) ?? [], now);
  if (times.length > MOST) throw new LaunchError('loop', `${times.length} redirects in a minute`);
  remember(KEY, times);
}

/** A person asked for it: that is no loop. */
export function forgetRedirects(): void {
  forget(KEY);
}
