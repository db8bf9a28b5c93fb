import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startLimit } from './time-limit.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('startLimit', () => {
  it('aborts with a TimeoutError when the time is up', () => {
    const { signal } = startLimit(undefined, 100);
    vi.advanceTimersByTime(99);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it("aborts with the reason of the caller's signal, before and during the request", () => {
    const caller = new AbortController();
    const before = startLimit(caller.signal, 100);
    caller.abort();
    expect(before.signal.reason).toMatchObject({ name: 'AbortError' });
    expect(startLimit(caller.signal, 100).signal.reason).toBe(caller.signal.reason);
  });

  it('aborts no more after its end, and leaves no timer', () => {
    const caller = new AbortController();
    const { signal, end } = startLimit(caller.signal, 100);
    end();
    caller.abort();
    expect(vi.getTimerCount()).toBe(0);
    expect(signal.aborted).toBe(false);
  });
});
