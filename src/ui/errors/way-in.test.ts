import { describe, expect, it, vi } from 'vitest';
import { NO_CONTEXT, type Session, type SessionKind } from '#session/session.ts';
import type { ReadyState } from '#session/state/state.ts';
import { lacksPatient, wayInto } from './way-in.ts';

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

describe('whom the EHR let in for one patient', () => {
  const session = (more: Partial<Session>): Session =>
    ({ kind: 'smart', launched: true, context: NO_CONTEXT, ...more }) as Session;
  const scopes = ['launch', 'openid', 'patient/*.rs'];

  it('lacks that patient where the launch named none', () => {
    expect(lacksPatient(session({ scopes }))).toBe(true);
  });

  it.each<[string, Partial<Session>]>([
    ['a patient was named', { scopes, context: { ...NO_CONTEXT, patient: 'p1' } }],
    ['no EHR opened the app', { scopes, launched: false }],
    ['more than one patient was granted', { scopes: [...scopes, 'user/Patient.rs'] }],
    ['the server does not say what it granted', { scopes: undefined }],
    ['nothing of records was granted', { scopes: ['launch', 'openid'] }],
  ])('and otherwise nobody does: %s', (_name, more) => {
    expect(lacksPatient(session(more))).toBe(false);
  });
});
