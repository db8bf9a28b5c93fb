import type { ServerConfig } from '#config/schema.ts';
import type { SessionKind } from '../session.ts';
import type { SignInNotice } from '../state/state.ts';
import { forget, forgetEverything, recall, remember } from './storage.ts';

/** What is open in this tab, so that a reload finds it again: never a token. */
export interface Opened {
  readonly id: string;
  readonly kind: SessionKind;
  /** Whose session it is: a deployment may name another server by the same id. */
  readonly base: string;
  /** Names the last sign-out in this browser before it was opened. */
  readonly after?: string | null;
}

const OPEN_KEY = 'open';
/** In `localStorage`, which tabs that are asleep or closed find when they come back: a name, no more. */
const END_KEY = 'signed-out';
const NOTICE_KEY = 'notice';

const isOpened = (value: unknown): value is Opened =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';

export function recallOpened(): Opened | undefined {
  return recall(OPEN_KEY, isOpened);
}

export function rememberOpened({ id, fhirBaseUrl, auth }: ServerConfig): void {
  putBackOpened({ id, kind: auth.type, base: fhirBaseUrl, after: lastEnd() });
}

/** @param opened undefined where nothing is open any more */
export function putBackOpened(opened: Opened | undefined): void {
  if (opened) remember(OPEN_KEY, opened);
  else forget(OPEN_KEY);
}

function lastEnd(): string | null {
  try {
    return localStorage.getItem(END_KEY);
  } catch {
    return null; // blocked: each tab is on its own
  }
}

/** The person signs out, from whatever server: tabs that cannot hear it learn of it later. */
export function noteEnd(): void {
  try {
    localStorage.setItem(END_KEY, crypto.randomUUID());
  } catch {
    // Blocked, see above.
  }
}

/** What was open when the page was loaded. Nothing stays of it where the person has signed out since. */
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
/** After these nothing of a session may be left. */
const SIGNED_OUT: readonly SignInNotice[] = ['signed-out', 'signed-out-elsewhere', 'idle'];

const isNotice = (value: unknown): value is SignInNotice => NOTICES.some((n) => n === value);

/** What the sign-in page will say, over a page load if need be. */
export function leaveNotice(notice: SignInNotice): void {
  remember(NOTICE_KEY, notice);
}

/** What the sign-in page says now; said once. */
export function takeNotice(): SignInNotice | undefined {
  const notice = recall(NOTICE_KEY, isNotice);
  // Back from the identity provider's sign-out: what MSAL still noted of it goes too.
  if (notice && SIGNED_OUT.includes(notice)) forgetEverything();
  forget(NOTICE_KEY);
  return notice;
}
