import { expect, test } from 'vitest';
import { SignInRequired } from '../errors.ts';
import { guarded } from './guarded.ts';
import type { Session } from '../session.ts';
import { getSessionState, markExpired, setSessionState } from './store.ts';

const ready = (inner: Partial<Session>): Session => {
  const session = guarded({ kind: 'smart', ...inner } as Session, async () => {});
  setSessionState({ state: 'ready', session, expired: false, signInAgain: undefined });
  return session;
};
const masked = (): unknown => (getSessionState() as { expired?: boolean }).expired;

test('an expired token that is found before a request masks the page', async () => {
  const session = ready({ authorization: () => Promise.reject(new SignInRequired('over')) });
  await expect(session.authorization()).rejects.toBeInstanceOf(SignInRequired);
  expect(masked()).toBe(true);
});

test('a refused renewal masks the page', async () => {
  await ready({ renew: async () => false }).renew();
  expect(masked()).toBe(true);
});

test('a late response for a replaced session does not mask the page', () => {
  const former = ready({});
  ready({});
  markExpired(former);
  expect(masked()).toBe(false);
});
