import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Session } from './session.ts';
import { signOut } from './sign-out.ts';

const replace = vi.fn<(url: string) => void>();
const showSignIn = vi.fn<() => void>();

beforeEach(() => {
  vi.stubGlobal('location', { replace });
  vi.stubGlobal('navigator', { onLine: true });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetAllMocks();
});

/** Returns a session whose sign-out at the identity provider resolves when `end` is called. */
function sessionThatEnds(): { session: Session; asked: unknown[]; end: () => void } {
  const asked: unknown[] = [];
  let end = (): void => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const session = {
    server: { id: 'a' },
    signOut(o: unknown) {
      asked.push(o);
      return ended;
    },
  } as unknown as Session;
  return { session, asked, end };
}

describe('requirement 38: signing out', () => {
  it('finishes although another tab signs out at the same moment', async () => {
    const { session, asked, end } = sessionThatEnds();
    const own = signOut({ session, notice: 'idle', local: false, showSignIn });
    const told = signOut({ session, notice: 'signed-out-elsewhere', local: true, showSignIn });
    expect(asked).toEqual([{ local: false }]);
    expect(replace).not.toHaveBeenCalled(); // the page is navigating to the identity provider
    end();
    await Promise.all([own, told]);
    expect(replace).toHaveBeenCalledTimes(1);
  });

  it('works again after a new sign-in without a page load', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    for (const time of [1, 2]) {
      const { session, asked, end } = sessionThatEnds();
      end();
      // oxlint-disable-next-line no-await-in-loop -- one after the other is what is tested
      await signOut({ session, notice: 'signed-out', local: false, showSignIn });
      expect(asked).toHaveLength(1);
      expect(showSignIn).toHaveBeenCalledTimes(time);
    }
  });
});
