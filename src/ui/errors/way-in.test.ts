import { describe, expect, it, vi } from 'vitest';
import { NO_CONTEXT, type Session, type SessionKind } from '#session/session.ts';
import type { ReadyState } from '#session/state/state.ts';
import { LaunchError, SignInRequired } from '#session/errors.ts';
import { lacksPatient, wayAfter, wayInto } from './way-in.ts';

const ready = (kind: SessionKind, signInAgain: ReadyState['signInAgain']): ReadyState => ({
  state: 'ready',
  session: { kind } as Session,
  expired: false,
  signInAgain,
});

describe('recovery for a user that the server does not accept', () => {
  it.each(['entra', 'smart'] as const)(
    'is signing in again with a choice of accounts (%s)',
    async (kind) => {
      const signInAgain = vi.fn<NonNullable<ReadyState['signInAgain']>>(() => Promise.resolve());
      const way = wayInto(ready(kind, signInAgain));
      if (way?.way !== 'sign-in') throw new Error('There is no way to sign in');
      await way.signIn();
      expect(signInAgain).toHaveBeenCalledExactlyOnceWith({ chooseAccount: true });
    },
  );

  it('is a new launch from the EHR after an EHR launch', () => {
    expect(wayInto(ready('smart', undefined))).toEqual({ way: 'launch' });
  });

  it.each(['open', 'token'] as const)('is undefined without a sign-in (%s)', (kind) => {
    expect(wayInto(ready(kind, () => Promise.resolve()))).toBeUndefined();
  });
});

describe('session with scopes for one patient only', () => {
  const session = (more: Partial<Session>): Session =>
    ({ kind: 'smart', launched: true, context: NO_CONTEXT, ...more }) as Session;
  const scopes = ['launch', 'openid', 'patient/*.rs'];

  it('lacks a patient if the launch named none', () => {
    expect(lacksPatient(session({ scopes }))).toBe(true);
  });

  it.each<[string, Partial<Session>]>([
    ['a patient was named', { scopes, context: { ...NO_CONTEXT, patient: 'p1' } }],
    ['no EHR opened the app', { scopes, launched: false }],
    ['more than one patient was granted', { scopes: [...scopes, 'user/Patient.rs'] }],
    ['the server does not say what it granted', { scopes: undefined }],
    ['nothing of records was granted', { scopes: ['launch', 'openid'] }],
  ])('does not lack a patient if %s', (_name, more) => {
    expect(lacksPatient(session(more))).toBe(false);
  });
});

describe('error in an open session', () => {
  const state = ready('entra', () => Promise.resolve());

  it.each<[string, unknown]>([
    ['an expired session', new SignInRequired('over')],
    ['an identity provider that refuses to renew it', new LaunchError('denied', 'refused')],
  ])('is resolved by a sign-in after %s (requirement 32)', (_name, error) => {
    expect(wayAfter(error, state)?.way).toBe('sign-in');
  });

  it('is resolved by a launch if an EHR launched the app', () => {
    const launched = ready('smart', undefined);
    expect(wayAfter(new LaunchError('denied', 'refused'), launched)).toEqual({ way: 'launch' });
  });

  it('is not resolved by a sign-in after a failure of the network', () => {
    expect(wayAfter(new LaunchError('network', 'no answer'), state)).toBeUndefined();
    expect(wayAfter(new LaunchError('authority', 'no answer'), state)).toBeUndefined();
  });
});
