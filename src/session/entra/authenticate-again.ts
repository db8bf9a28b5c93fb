import { storageKey } from '#lib/url.ts';
import { lastEnd } from '../tab-storage/opened.ts';

/**
 * Prefix of keys in `localStorage`, followed by the id of a server. The value is the identifier of
 * the last sign-out before the last sign-in to that server.
 */
const KEY = storageKey('signed-in.');
/**
 * Prefix of keys in `localStorage`, followed by the id of a server. The value is the time, in
 * milliseconds since the epoch, at which the last session or sign-in ended without a sign-out.
 */
const UNFINISHED = storageKey('unfinished.');

/**
 * Returns the parameter that makes the identity provider ask for credentials (OpenID Connect Core
 * 1.0, 3.1.2.1), if somebody has signed out in this browser or was idle since the last sign-in to
 * the server, or since a session there expired. The provider's own session may have survived, and
 * would sign in the previous user without a question or, with `select_account`, after one click.
 *
 * @param server id in the configuration
 * @param idleMinutes without use that count as a sign-out; undefined if they have passed
 */
export function promptAfterEnd(
  server: string,
  idleMinutes: number | undefined,
): { readonly prompt?: 'login' } {
  const end = lastEnd();
  const ended = end !== null && localStorage.getItem(KEY + server) !== end;
  return ended || wasLeft(server, (idleMinutes ?? 0) * 60_000) ? { prompt: 'login' } : {};
}

function wasLeft(server: string, idleMs: number): boolean {
  try {
    const at = localStorage.getItem(UNFINISHED + server);
    const since = Date.now() - Number(at);
    // A time in the future shows that the clock was set back: nobody knows how long ago it was.
    return at !== null && !(since >= 0 && since < idleMs);
  } catch {
    return false; // blocked
  }
}

/** Notes that there is no session until {@link noteFinished}: it expired, or a sign-in failed. */
export function noteUnfinished(server: string): void {
  try {
    localStorage.setItem(UNFINISHED + server, String(Date.now()));
  } catch {
    // Storage is blocked or full.
  }
}

/** Notes that a session is open. */
export function noteFinished(server: string): void {
  try {
    localStorage.removeItem(UNFINISHED + server);
  } catch {
    // Storage is blocked.
  }
}

/** Notes a completed sign-in. */
export function noteAuthenticated(server: string): void {
  noteFinished(server);
  const end = lastEnd();
  if (end === null) return;
  try {
    localStorage.setItem(KEY + server, end);
  } catch {
    // The storage is full: the next sign-in asks for credentials, too.
  }
}
