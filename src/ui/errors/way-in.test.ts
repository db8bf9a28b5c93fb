import { describe, expect, it, vi } from 'vitest';
import type { Session, SessionKind } from '#session/session.ts';
import type { ReadyState } from '#session/state.ts';
import { wayInto } from './way-in.ts';

const ready = (kind: SessionKind, signInAgain: ReadyState['signInAgain']): ReadyState => ({
  state: 'ready',
  session: { kind } as Session,
  expired: false,
  signInAgain,
});

describe('whom the server does not accept', () => {
  it.each(['entra', 'smart'] as const)('signs in again and may choose who (%s)', async (kind) => {
    const signInAgain = vi.fn<NonNullable<ReadyState['signInAgain']>>(() => Promise.resolve());
    const way = wayInto(ready(kind, signInAgain));
    if (way?.way !== 'sign-in') throw new Error('There is no way to sign in');
    await way.signIn();
    expect(signInAgain).toHaveBeenCalledExactlyOnceWith({ chooseAccount: true });
  });

  it('opens the app again from the EHR, which says which patient is meant', () => {
    expect(wayInto(ready('smart', undefined))).toEqual({ way: 'launch' });
  });

  it.each(['open', 'token'] as const)('is offered nothing that leads nowhere (%s)', (kind) => {
    expect(wayInto(ready(kind, () => Promise.resolve()))).toBeUndefined();
  });
});
