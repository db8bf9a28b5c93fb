import { SignInRequired } from '../errors.ts';
import type { Session } from '../session.ts';
import { markExpired } from './store.ts';

/**
 * Wraps a session for the rest of the app. When any caller finds that no valid token is left, the
 * page is masked.
 *
 * @param signOut ends the session in this tab and the others
 */
export function guarded(inner: Session, signOut: () => Promise<void>): Session {
  const session: Session = {
    ...inner,
    // A renewal may change them.
    get scopes() {
      return inner.scopes;
    },
    async authorization() {
      try {
        return await inner.authorization();
      } catch (error) {
        if (error instanceof SignInRequired) markExpired(session);
        throw error;
      }
    },
    async renew() {
      const renewed = await inner.renew();
      if (!renewed && inner.kind !== 'open') markExpired(session);
      return renewed;
    },
    signOut,
  };
  return session;
}
