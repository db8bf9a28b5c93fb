import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import {
  makeShareSecret,
  shareTokens,
  type Renewable,
  type SharedTokens,
} from './shared-tokens.ts';

/** Web Locks with a tab that holds one of them for good. */
const locks = {
  request: (name: string, { signal }: { signal?: AbortSignal }, work: () => unknown) =>
    name.includes('.renew.') && held
      ? new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason as Error));
        })
      : Promise.resolve(work()),
};
let held = false;

/** A session in two tabs, each of which has its own idea of the tokens. */
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

/** As a tab that is busy for so long. */
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

it('requirement 39: a tab that does not let go is not waited for without end, nor passed over', async () => {
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

it('requirement 39: a tab that is busy is waited for: it may have used up the refresh token', async () => {
  const { here } = await twoTabs({ here: 0, there: 1 });
  slowCipher(1_500);
  expect(await here.newer()).toEqual({ renewals: 1 });
});

it('one that has nothing newer says so, and nobody waits', async () => {
  const { here } = await twoTabs({ here: 1, there: 1 });
  vi.useFakeTimers({ toFake: ['setTimeout'] }); // the time to wait is never over
  expect(await here.newer()).toBeUndefined();
});

it("requirement 39: a stranger's answer, however early, is none", async () => {
  const { here } = await twoTabs({ here: 0, there: 1 });
  slowCipher(300);
  const stranger = new BroadcastChannel('pb.tokens');
  stranger.addEventListener('message', ({ data }) => {
    if (data.type !== 'ask') return;
    const forged = { ...data, type: 'answer', iv: new Uint8Array(12), data: new ArrayBuffer(40) };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    stranger.postMessage(forged);
  });
  expect(await here.newer()).toEqual({ renewals: 1 });
  stranger.close();
});
