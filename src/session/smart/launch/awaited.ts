import { recall } from '../../tab-storage/storage.ts';

/** Where the launches whose answers are awaited are kept. */
export const AWAITED_KEY = 'smart.pending';

/** Whether this tab waits for the answer to a launch. All that every page must know of launches. */
export function isAwaited(): boolean {
  return recall(AWAITED_KEY, Array.isArray) !== undefined;
}
