import type { ServerConfig } from '#config/schema.ts';
import { isRecord } from '#lib/narrow.ts';
import { storageKey } from '#lib/url.ts';
import type { SessionKind } from '../session.ts';
import type { SignInNotice } from '../state/state.ts';
import { forget, forgetEverything, recall, remember } from './storage.ts';

/** The session that is open in this tab, stored so that a reload can restore it; never a token. */
export interface Opened {
  readonly id: string;
  readonly kind: SessionKind;
  /**
   * FHIR base URL of the session, because a new deployment may give the same id to another server.
   */
  readonly base: string;
  /** Identifier of the last sign-out in this browser before the session was opened. */
  readonly after?: string | null;
}

const OPEN_KEY = 'open';
/**
 * Key in `localStorage`, which sleeping and closed tabs read when they return. Holds only a random
 * identifier.
 */
const END_KEY = storageKey('signed-out');
const NOTICE_KEY = 'notice';

const isOpened = (value: unknown): value is Opened =>
  isRecord(value) && typeof value['id'] === 'string';

export function recallOpened(): Opened | undefined {
  return recall(OPEN_KEY, isOpened);
}

export function rememberOpened({ id, fhirBaseUrl, auth }: ServerConfig): void {
  putBackOpened({ id, kind: auth.type, base: fhirBaseUrl, after: lastEnd() });
}

/** @param opened undefined if no session is open any more */
export function putBackOpened(opened: Opened | undefined): void {
  if (opened) remember(OPEN_KEY, opened);
  else forget(OPEN_KEY);
}

/** Returns the identifier of the last sign-out in this browser; null if there was none. */
export function lastEnd(): string | null {
  try {
    return localStorage.getItem(END_KEY);
  } catch {
    return null; // blocked, so tabs cannot communicate
  }
}

/** Records a sign-out from any server for tabs that cannot receive the message now. */
export function noteEnd(): void {
  try {
    localStorage.setItem(END_KEY, crypto.randomUUID());
  } catch {
    // Storage is blocked.
  }
}

/**
 * Returns the session from before the page load. If the user has signed out in another tab since,
 * removes everything instead.
 */
export function takeUpOpened(): Opened | undefined {
  const opened = recallOpened();
  if (!opened || opened.kind === 'open') return opened;
  if ((opened.after ?? null) === lastEnd()) return opened;
  forgetEverything();
  leaveNotice('signed-out-elsewhere');
  return undefined;
}

const NOTICES: readonly SignInNotice[] = [
  'signed-out',
  'signed-out-elsewhere',
  'idle',
  'expired',
  'token-forgotten',
  'cancelled',
];
/** Notices after which no data of a session may remain. */
const SIGNED_OUT: readonly SignInNotice[] = ['signed-out', 'signed-out-elsewhere', 'idle'];

const isNotice = (value: unknown): value is SignInNotice => NOTICES.some((n) => n === value);

/** Stores the notice for the sign-in page, across a page load if necessary. */
export function leaveNotice(notice: SignInNotice): void {
  remember(NOTICE_KEY, notice);
}

/** Returns the notice for the sign-in page and removes it. */
export function takeNotice(): SignInNotice | undefined {
  const notice = recall(NOTICE_KEY, isNotice);
  // After the return from the identity provider, also remove what MSAL stored for the sign-out.
  if (notice && SIGNED_OUT.includes(notice)) forgetEverything();
  forget(NOTICE_KEY);
  return notice;
}
