import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startIdleWatch, stopIdleWatch, wasIdle } from './idle-watch.ts';

const MINUTES = 15;
/** Each test begins a day after the one before: the watch is the page's, and so is its memory. */
let start = 1_800_000_000_000;

/** What another tab of the app says, until it has come in at a third one. */
async function heard(message: object): Promise<void> {
  const [tab, third] = [new BroadcastChannel('pb.session'), new BroadcastChannel('pb.session')];
  const came = new Promise((resolve) => {
    third.addEventListener('message', resolve);
  });
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
  tab.postMessage(message);
  await came;
  await new Promise((resolve) => {
    setTimeout(resolve, 20);
  });
  tab.close();
  third.close();
}

const later = (minutes: number): void => void vi.setSystemTime(Date.now() + minutes * 60_000);

beforeEach(() => {
  start += 86_400_000;
  vi.useFakeTimers({ now: start, toFake: ['Date', 'setInterval', 'clearInterval'] });
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
    expect(wasIdle(MINUTES)).toBe(false);
    later(10);
    expect(wasIdle(MINUTES)).toBe(true);
  });

  it('believes no tab about the future', async () => {
    startIdleWatch(MINUTES, () => undefined);
    await heard({ type: 'active', at: Date.now() + 86_400_000 });
    later(20);
    expect(wasIdle(MINUTES)).toBe(true);
  });
});
