import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { waitForQuiet } from './quiet-wait.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('answers that keep coming keep it; silence ends it', () => {
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
  // Five seconds are all that anybody waits, whatever else is answered.
  expect(end).toHaveBeenCalledTimes(1);
});

test('silence alone ends it, once; what is given up says nothing more', () => {
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
