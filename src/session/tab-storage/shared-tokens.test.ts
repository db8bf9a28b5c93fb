import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  makeShareSecret,
  shareTokens,
  type Renewable,
  type SharedTokens,
} from './shared-tokens.ts';

/** Simulates Web Locks; while `held` is true another tab never releases the renewal lock. */
const locks = {
  request: (name: string, { signal }: { signal?: AbortSignal }, work: () => unknown) =>
    name.includes('.renew.') && held
      ? new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        })
      : Promise.resolve(work()),
};
let held = false;

/** Opens a session in two tabs with different counts of renewals. */
async function twoTabs(renewals: { here: number; there: number }) {
  const secret = await makeShareSecret();
  const name = `pb.tokens.tab.${secret.id}`;
  const query = async () => ({ held: [{ name }, { name }] });
  vi.stubGlobal('navigator', { locks: { ...locks, query } });
  const tab = (own: () => Renewable): SharedTokens<Renewable> =>
    shareTokens(secret, own, (value) => value as Renewable);
  const here = tab(() => ({ renewals: renewals.here }));
  tab(() => ({ renewals: renewals.there }));
  return { here };
}

/** Delays encryption, as in a busy tab. */
function slowCipher(ms: number): void {
  const real = crypto.subtle.encrypt.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'encrypt').mockImplementation(async (...args) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return real(...args);
  });
}

beforeEach(() => void vi.stubGlobal('navigator', { locks }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

it('requirement 39: a tab waits a limited time for the renewal lock and never renews without it', async () => {
  const limits: number[] = [];
  const real = AbortSignal.timeout.bind(AbortSignal);
  vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => real(limits.push(ms)));
  const secret = await makeShareSecret();
  const tokens = shareTokens(
    secret,
    () => undefined,
    () => undefined,
  );
  const work = vi.fn<() => Promise<string>>(async () => 'done');
  held = true;
  await expect(tokens.inTurn(work)).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(work).not.toHaveBeenCalled();
  held = false;
  expect(await tokens.inTurn(work)).toBe('done');
  expect(limits.every((ms) => ms > 40_000)).toBe(true);
});

it('requirement 39: a tab waits for the tokens of a busy tab', async () => {
  const { here } = await twoTabs({ here: 0, there: 1 });
  slowCipher(1_500);
  expect(await here.newer()).toEqual({ renewals: 1 });
});

it('requesting newer tokens ends at once if the other tab answers that it has none', async () => {
  const { here } = await twoTabs({ here: 1, there: 1 });
  vi.useFakeTimers({ toFake: ['setTimeout'] }); // the time-out never fires
  expect(await here.newer()).toBeUndefined();
});

it('requirement 39: an answer encrypted with another key is ignored, even if it arrives first', async () => {
  const { here } = await twoTabs({ here: 0, there: 1 });
  slowCipher(300);
  const stranger = new BroadcastChannel('/pb.tokens');
  stranger.addEventListener('message', ({ data }) => {
    if (data.type !== 'ask') return;
    const forged = { ...data, type: 'answer', iv: new Uint8Array(12), data: new ArrayBuffer(40) };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    stranger.postMessage(forged);
  });
  expect(await here.newer()).toEqual({ renewals: 1 });
  stranger.close();
});
