import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import {
  forgetActivity,
  LEFT_KEY,
  startIdleWatch,
  staySignedIn,
  stopIdleWatch,
  wasIdle,
  wasUsed,
} from './idle-watch.ts';

const MINUTES = 15;
/**
 * Each test starts a day later than the previous one, because the watch keeps module-level state.
 */
let start = 1_800_000_000_000;

const sleep = setTimeout;
/** Waits in real time, because BroadcastChannel messages ignore fake timers. */
const moment = (): Promise<void> =>
  new Promise((resolve) => {
    sleep(resolve, 30);
  });

/** Sends a message from another tab, and resolves when a third tab has received it. */
async function heard(message: object): Promise<void> {
  const [tab, third] = [new BroadcastChannel('/pb.session'), new BroadcastChannel('/pb.session')];
  const came = new Promise((resolve) => {
    third.addEventListener('message', resolve);
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
  tab.postMessage(message);
  await came;
  await moment();
  tab.close();
  third.close();
}

/**
 * Simulates another tab that is in use and answers a tab that does not know. Returns the messages
 * it receives.
 */
function inUseElsewhere(): unknown[] {
  const [tab, told] = [new BroadcastChannel('/pb.session'), [] as unknown[]];
  tab.addEventListener('message', ({ data }: MessageEvent<{ at: number }>) => {
    told.push(data);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    if (data.at < Date.now()) tab.postMessage({ type: 'active', at: Date.now() });
  });
  onTestFinished(() => tab.close());
  return told;
}

/** Lets the watch check once, and lets the time for answers of other tabs pass. */
async function looked(): Promise<void> {
  vi.advanceTimersByTime(1000);
  await moment();
  vi.advanceTimersByTime(1000);
  await moment();
}

async function idle(notedAt?: string): Promise<boolean> {
  const found = wasIdle(MINUTES, notedAt);
  await moment();
  vi.advanceTimersByTime(1000);
  return found;
}

const later = (minutes: number): void => void vi.setSystemTime(Date.now() + minutes * 60_000);

beforeEach(() => {
  start += 86_400_000;
  vi.useFakeTimers({ now: start, toFake: ['Date', 'setInterval', 'clearInterval', 'setTimeout'] });
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', new EventTarget());
});
afterEach(() => {
  stopIdleWatch();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('requirement 43: a tab that the user does not use', () => {
  it('is not idle after a reload while another tab is in use', async () => {
    startIdleWatch(MINUTES, () => undefined);
    later(10);
    await heard({ type: 'active', at: Date.now() });
    later(10);
    expect(await idle()).toBe(false);
    later(10);
    expect(await idle()).toBe(true);
  });

  it('ignores a time in the future that another tab sends', async () => {
    startIdleWatch(MINUTES, () => undefined);
    await heard({ type: 'active', at: Date.now() + 86_400_000 });
    later(20);
    expect(await idle()).toBe(true);
  });
});

describe('requirement 43: idle watch with a clock that is set back by a day', () => {
  const setBack = (): void => {
    later(-24 * 60);
    vi.advanceTimersByTime(1000);
  };

  it('ends the session after the normal idle time', async () => {
    const onIdle = vi.fn<() => void>();
    startIdleWatch(MINUTES, onIdle);
    setBack();
    later(MINUTES - 0.5);
    await looked();
    expect(onIdle).not.toHaveBeenCalled();
    later(0.5);
    await looked();
    expect(onIdle).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['is used', 10],
    ['is not used', 0],
  ])(
    'ends the session after the normal idle time across a reload, if the tab %s after the clock change',
    async (_name, minutes) => {
      startIdleWatch(MINUTES, () => undefined);
      setBack();
      if (minutes > 0) {
        later(minutes);
        window.dispatchEvent(new Event('keydown'));
      }
      stopIdleWatch(); // the page is unloaded
      later(MINUTES - 0.5);
      expect(await idle()).toBe(false);
      later(0.5);
      expect(await idle()).toBe(true);
    },
  );
});

describe('requirement 43: a tab that slept or was discarded and missed messages', () => {
  it('is not idle when it returns while another tab is in use', async () => {
    startIdleWatch(MINUTES, () => undefined);
    stopIdleWatch(); // the page is unloaded; its stored time stays
    later(20);
    inUseElsewhere();
    expect(await idle()).toBe(false);
  });

  it('is idle if no other tab was in use', async () => {
    startIdleWatch(MINUTES, () => undefined);
    stopIdleWatch();
    later(20);
    expect(await idle()).toBe(true);
  });

  it('asks the other tabs before it ends the session', async () => {
    const onIdle = vi.fn<() => void>();
    startIdleWatch(MINUTES, onIdle);
    later(20);
    inUseElsewhere();
    await looked();
    expect(onIdle).not.toHaveBeenCalled();
    later(20);
    await looked(); // the other tab still answers
    expect(onIdle).not.toHaveBeenCalled();
  });

  it('ends the session once if no tab answers', async () => {
    const onIdle = vi.fn<() => void>();
    startIdleWatch(MINUTES, onIdle);
    later(20);
    await looked();
    expect(onIdle).toHaveBeenCalledTimes(1);
  });

  it('ends the session although a key press wakes the computer', async () => {
    const onIdle = vi.fn<() => void>();
    startIdleWatch(MINUTES, onIdle);
    later(20);
    window.dispatchEvent(new Event('keydown'));
    await looked();
    expect(onIdle).toHaveBeenCalledTimes(1);
  });

  it('receives the answer of a tab in use without an endless exchange', async () => {
    startIdleWatch(MINUTES, () => undefined);
    const told = inUseElsewhere();
    await heard({ type: 'active', at: Date.now() - 60_000 });
    expect(told).toContainEqual({ type: 'active', at: Date.now() });
    expect(told.length).toBeLessThan(4);
  });
});

describe('requirement 43: a tab whose session ended without a sign-out', () => {
  it('becomes idle across a reload and does not count as an open session', async () => {
    forgetActivity();
    startIdleWatch(MINUTES, () => undefined, LEFT_KEY);
    stopIdleWatch(); // the page is unloaded
    expect(wasUsed()).toBe(false);
    later(10);
    expect(await idle(LEFT_KEY)).toBe(false);
    later(10);
    expect(await idle(LEFT_KEY)).toBe(true);
    expect(await idle()).toBe(false);
  });

  it('neither keeps the session of another tab open nor is kept open by it', async () => {
    const told = inUseElsewhere();
    startIdleWatch(MINUTES, () => undefined, LEFT_KEY);
    stopIdleWatch(); // the page is unloaded
    later(20);
    expect(await idle(LEFT_KEY)).toBe(true);
    const forgotten = vi.fn<() => void>();
    startIdleWatch(MINUTES, forgotten, LEFT_KEY);
    window.dispatchEvent(new Event('keydown'));
    staySignedIn(); // called while a sign-in is in progress
    await moment();
    expect(told).toEqual([]);
    later(10);
    await heard({ type: 'active', at: Date.now() });
    later(10);
    await looked();
    expect(forgotten).toHaveBeenCalledTimes(1);
    expect(told).toHaveLength(1); // only the message sent above
  });

  it('counts input in its last minute, because no warning is shown', async () => {
    const forgotten = vi.fn<() => void>();
    startIdleWatch(MINUTES, forgotten, LEFT_KEY);
    later(MINUTES - 0.5);
    vi.advanceTimersByTime(1000);
    window.dispatchEvent(new Event('keydown'));
    later(1);
    await looked();
    expect(forgotten).not.toHaveBeenCalled();
  });
});
