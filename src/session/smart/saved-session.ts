import type Client from 'fhirclient/lib/Client';
import { isFramed } from '../environment.ts';
import type { LaunchContext, SessionUser } from '../session.ts';
import type { ShareSecret } from '../tab-storage/shared-tokens.ts';
import { forget, recall, remember } from '../tab-storage/storage.ts';
import { dropState } from './fhirclient.ts';

/** What is kept beside fhirclient's own state, so that a reload finds the same session. */
export interface SavedSession {
  readonly server: string;
  readonly state: string;
  readonly context: LaunchContext;
  readonly user?: SessionUser;
  readonly subject?: string;
  readonly scopes?: readonly string[];
  readonly asked: readonly string[];
  readonly revocation?: string;
  readonly key: string;
  /** Shared with tabs that this one is duplicated to. */
  readonly share?: ShareSecret;
}

/**
 * The frames of one page share the storage of its tab (HTML, "session storage"), as two charts side
 * by side in an EHR do. After a reload each must find its own session and never another's, which is
 * another patient's. A frame is known by its history, which is its alone.
 * https://html.spec.whatwg.org/multipage/nav-history-apis.html#navigation-interface
 */
interface SavedByFrame extends SavedSession {
  /** Key of an entry in the history of the frame. */
  readonly entry: string;
}

const KEY = 'smart.session';
const FRAMES_KEY = 'smart.frames';
/** Nobody says when a frame is closed for good: more tokens than these do not lie about. */
const MOST_FRAMES = 6;

const isSavedSession = (value: unknown): value is SavedSession =>
  typeof value === 'object' &&
  value !== null &&
  'server' in value &&
  'state' in value &&
  'key' in value &&
  'context' in value &&
  typeof value.context === 'object';

const areByFrame = (value: unknown): value is readonly SavedByFrame[] =>
  Array.isArray(value) && value.every((kept) => isSavedSession(kept) && 'entry' in kept);

const byFrame = (): readonly SavedByFrame[] => recall(FRAMES_KEY, areByFrame) ?? [];

/** Firefox has it since version 147, Safari since 26.2. */
const historyOfFrame = (): Navigation | undefined =>
  'navigation' in globalThis ? navigation : undefined;

/** The session that was open in this very window or frame, if any. */
export function loadSavedSession(): SavedSession | undefined {
  if (!isFramed()) return recall(KEY, isSavedSession);
  const own = historyOfFrame()?.entries() ?? [];
  return byFrame().findLast(({ entry }) => own.some(({ key }) => key === entry));
}

/** Keeps a session for a reload. Where a frame cannot be told from others nothing is kept of it. */
export function saveSession(kept: SavedSession, { state }: Client): void {
  if (!isFramed()) {
    remember(KEY, kept);
    return;
  }
  const entry = historyOfFrame()?.currentEntry?.key;
  if (entry) {
    keepByFrame({ ...kept, entry });
    return;
  }
  dropState(state.key);
  delete state.key; // so that fhirclient does not keep it either, when it refreshes
}

function keepByFrame(kept: SavedByFrame): void {
  const others = byFrame().filter(({ state }) => state !== kept.state);
  for (const { state } of others.slice(0, 1 - MOST_FRAMES)) dropState(state);
  remember(FRAMES_KEY, [...others.slice(1 - MOST_FRAMES), kept]);
}

/** Browsers keep some fifty entries of a history: the one that is current will be there. */
export function saveBeforeReload(kept: SavedSession): void {
  if (!isFramed()) return;
  window.addEventListener('pagehide', () => {
    const entry = historyOfFrame()?.currentEntry?.key;
    const own = byFrame().some(({ state }) => state === kept.state);
    if (entry && own) keepByFrame({ ...kept, entry });
  });
}

/** Forgets what was open in this window or frame. */
export function deleteSavedSession(): void {
  const kept = loadSavedSession();
  if (kept) forgetSavedSession(kept.state);
}

export function forgetSavedSession(state: string): void {
  dropState(state);
  if (!isFramed()) forget(KEY);
  else
    remember(
      FRAMES_KEY,
      byFrame().filter((kept) => kept.state !== state),
    );
}
