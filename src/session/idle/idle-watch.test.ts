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
/** Each test begins a day after the one before: the watch is the page's, and so is its memory. */
let start = 1_800_000_000_000;

const sleep = setTimeout;
/** In real time, which messages between tabs take. */
const moment = (): Promise<void> =>
  new Promise((resolve) => {
    sleep(resolve, 30);
  });

/** What another tab of the app says, until it has come in at a third one. */
async function heard(message: object): Promise<void> {
  const [tab, third] = [new BroadcastChannel('pb.session'), new BroadcastChannel('pb.session')];
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

/** Another tab, which was used just now and says so to one that does not know; what it hears. */
function inUseElsewhere(): unknown[] {
  const [tab, told] = [new BroadcastChannel('pb.session'), [] as unknown[]];
  tab.addEventListener('message', ({ data }: MessageEvent<{ at: number }>) => {
    told.push(data);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    if (data.at < Date.now()) tab.postMessage({ type: 'active', at: Date.now() });
  });
  onTestFinished(() => tab.close());
  return told;
}

/** The watch looks, and the time for an answer of the other tabs passes. */
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

describe('requirement 43: a tab that was not used itself', () => {
  it('is not called idle when it is loaded anew while another tab is in use', async () => {
    startIdleWatch(MINUTES, () => undefined);
    later(10);
    await heard({ type: 'active', at: Date.now() });
    later(10);
    expect(await idle()).toBe(false);
    later(10);
    expect(await idle()).toBe(true);
  });

  it('believes no tab about the future', async () => {
    startIdleWatch(MINUTES, () => undefined);
    await heard({ type: 'active', at: Date.now() + 86_400_000 });
    later(20);
    expect(await idle()).toBe(true);
  });
});

describe('requirement 43: a clock that is set back by a day', () => {
  const setBack = (): void => {
    later(-24 * 60);
    vi.advanceTimersByTime(1000);
  };

  it('neither ends a session nor keeps it open for that day', async () => {
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
  ])('counts over a load too, where the tab %s once more', async (_name, minutes) => {
    startIdleWatch(MINUTES, () => undefined);
    setBack();
    if (minutes > 0) {
      later(minutes);
      window.dispatchEvent(new Event('keydown'));
    }
    stopIdleWatch(); // its page is gone
    later(MINUTES - 0.5);
    expect(await idle()).toBe(false);
    later(0.5);
    expect(await idle()).toBe(true);
  });
});

describe('requirement 43: a tab that slept or was discarded, and heard nothing meanwhile', () => {
  it('is not called idle when it comes back while another tab is in use', async () => {
    startIdleWatch(MINUTES, () => undefined);
    stopIdleWatch(); // its page is gone, with what it noted left
    later(20);
    inUseElsewhere();
    expect(await idle()).toBe(false);
  });

  it('is idle where nobody else was there either', async () => {
    startIdleWatch(MINUTES, () => undefined);
    stopIdleWatch();
    later(20);
    expect(await idle()).toBe(true);
  });

  it('asks before it ends the session in all tabs', async () => {
    const onIdle = vi.fn<() => void>();
    startIdleWatch(MINUTES, onIdle);
    later(20);
    inUseElsewhere();
    await looked();
    expect(onIdle).not.toHaveBeenCalled();
    later(20);
    await looked(); // that other tab still answers
    expect(onIdle).not.toHaveBeenCalled();
  });

  it('ends it, once, where nobody answers', async () => {
    const onIdle = vi.fn<() => void>();
    startIdleWatch(MINUTES, onIdle);
    later(20);
    await looked();
    expect(onIdle).toHaveBeenCalledTimes(1);
  });

  it('is not kept alive by the key that wakes it', async () => {
    const onIdle = vi.fn<() => void>();
    startIdleWatch(MINUTES, onIdle);
    later(20);
    window.dispatchEvent(new Event('keydown'));
    await looked();
    expect(onIdle).toHaveBeenCalledTimes(1);
  });

  it('hears from a tab that is in use, and no more than once', async () => {
    startIdleWatch(MINUTES, () => undefined);
    const told = inUseElsewhere();
    await heard({ type: 'active', at: Date.now() - 60_000 });
    expect(told).toContainEqual({ type: 'active', at: Date.now() });
    expect(told.length).toBeLessThan(4);
  });
});

describe('requirement 43: a tab whose session ended without a sign-out', () => {
  it('counts how long ago that was, over a load too, and passes for no open session', async () => {
    forgetActivity();
    startIdleWatch(MINUTES, () => undefined, LEFT_KEY);
    stopIdleWatch(); // its page is gone
    expect(wasUsed()).toBe(false);
    later(10);
    expect(await idle(LEFT_KEY)).toBe(false);
    later(10);
    expect(await idle(LEFT_KEY)).toBe(true);
    expect(await idle()).toBe(false);
  });

  it('neither keeps a session of another tab open nor is kept by it', async () => {
    const told = inUseElsewhere();
    startIdleWatch(MINUTES, () => undefined, LEFT_KEY);
    stopIdleWatch(); // its page is gone
    later(20);
    expect(await idle(LEFT_KEY)).toBe(true);
    const forgotten = vi.fn<() => void>();
    startIdleWatch(MINUTES, forgotten, LEFT_KEY);
    window.dispatchEvent(new Event('keydown'));
    staySignedIn(); // as long as a sign-in is under way
    await moment();
    expect(told).toEqual([]);
    later(10);
    await heard({ type: 'active', at: Date.now() });
    later(10);
    await looked();
    expect(forgotten).toHaveBeenCalledTimes(1);
    expect(told).toHaveLength(1); // what is said above
  });

  it('counts its use up to the end: no warning is shown that would ask for more', async () => {
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
