import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { makeShareSecret, shareTokens } from './shared-tokens.ts';

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

beforeEach(() => void vi.stubGlobal('navigator', { locks }));
afterEach(() => {
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
