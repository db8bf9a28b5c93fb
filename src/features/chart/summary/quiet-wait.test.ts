import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { waitForQuiet } from './quiet-wait.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('responses that keep coming prolong the wait, up to five seconds', () => {
  const end = vi.fn();
  const { heard } = waitForQuiet(end);
  for (const _ of [1, 2, 3]) {
    vi.advanceTimersByTime(1_400);
    heard();
  }
  expect(end).not.toHaveBeenCalled();
  vi.advanceTimersByTime(600);
  expect(end).not.toHaveBeenCalled();
  heard();
  vi.advanceTimersByTime(200);
  // The wait ends after five seconds although responses keep coming.
  expect(end).toHaveBeenCalledTimes(1);
});

test('silence ends the wait once, and a wait that was given up never calls back', () => {
  const [silent, gone] = [vi.fn(), vi.fn()];
  const first = waitForQuiet(silent);
  waitForQuiet(gone).giveUp();
  vi.advanceTimersByTime(1_500);
  expect(silent).toHaveBeenCalledTimes(1);
  first.heard();
  vi.advanceTimersByTime(10_000);
  expect(silent).toHaveBeenCalledTimes(1);
  expect(gone).not.toHaveBeenCalled();
});
