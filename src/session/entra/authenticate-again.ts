import { storageKey } from '#lib/url.ts';
import { lastEnd } from '../tab-storage/opened.ts';

/**
 * Prefix of keys in `localStorage`, followed by the id of a server. The value is the identifier of
 * the last sign-out before the last sign-in to that server.
 */
const KEY = storageKey('signed-in.');

/**
 * Returns the parameter that makes the identity provider ask for credentials (OpenID Connect Core
 * 1.0, 3.1.2.1), if somebody has signed out in this browser or was idle since the last sign-in to
 * the server. The provider's own session may have survived the sign-out, and would sign in the
 * previous user without a question or, with `select_account`, after one click.
 *
 * @param server id in the configuration
 */
export function promptAfterEnd(server: string): { readonly prompt?: 'login' } {
  const end = lastEnd();
  return end === null || localStorage.getItem(KEY + server) === end ? {} : { prompt: 'login' };
}

/** Notes a completed sign-in. */
export function noteAuthenticated(server: string): void {
  const end = lastEnd();
  if (end === null) return;
  try {
    localStorage.setItem(KEY + server, end);
  } catch {
    // The storage is full: the next sign-in asks for credentials, too.
  }
}
