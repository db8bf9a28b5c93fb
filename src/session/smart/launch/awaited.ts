import { recall } from '../../tab-storage/storage.ts';

/** Storage key of the launches that await a response. */
export const AWAITED_KEY = 'smart.pending';

/**
 * Whether this tab awaits the response to a launch. Separate file, so that pages do not load the
 * launch code.
 */
export function isAwaited(): boolean {
  return recall(AWAITED_KEY, Array.isArray) !== undefined;
}
