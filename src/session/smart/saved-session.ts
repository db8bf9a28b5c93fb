import type Client from 'fhirclient/lib/Client';
import { isRecord } from '#lib/narrow.ts';
import { isFramed } from '../environment.ts';
import type { LaunchContext, SessionUser } from '../session.ts';
import type { ShareSecret } from '../tab-storage/shared-tokens.ts';
import { forget, recall, remember } from '../tab-storage/storage.ts';
import { dropState } from './fhirclient.ts';

/** Data stored beside fhirclient's state, so that a reload restores the same session. */
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
  /** Secret that duplicates of this tab share. */
  readonly share?: ShareSecret;
}

/**
 * Saved session of a frame. Frames of one page share the storage of the tab (HTML, "session
 * storage"), such as two charts side by side in an EHR. After a reload each must restore its own
 * session, never that of another patient. The entries of its own history identify a frame.
 */
interface SavedByFrame extends SavedSession {
  /** Key of an entry in the frame's history. */
  readonly entry: string;
}

const KEY = 'smart.session';
const FRAMES_KEY = 'smart.frames';
/**
 * Maximum number of stored sessions, because the browser does not report when a frame is closed for
 * good.
 */
const MOST_FRAMES = 6;

const isSavedSession = (value: unknown): value is SavedSession =>
  isRecord(value) &&
  'server' in value &&
  'state' in value &&
  'key' in value &&
  isRecord(value['context']);

const areByFrame = (value: unknown): value is readonly SavedByFrame[] =>
  Array.isArray(value) && value.every((kept) => isSavedSession(kept) && 'entry' in kept);

const byFrame = (): readonly SavedByFrame[] => recall(FRAMES_KEY, areByFrame) ?? [];

/**
 * Returns the Navigation API of this frame. Firefox supports it since version 147, Safari since
 * 26.2.
 */
const historyOfFrame = (): Navigation | undefined =>
  'navigation' in globalThis ? navigation : undefined;

/** Returns the stored session of this window or frame, if any. */
export function loadSavedSession(): SavedSession | undefined {
  if (!isFramed()) return recall(KEY, isSavedSession);
  const own = historyOfFrame()?.entries() ?? [];
  return byFrame().findLast(({ entry }) => own.some(({ key }) => key === entry));
}

/** Stores a session for a reload. Stores nothing in a frame that cannot be identified. */
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
  delete state.key; // prevents fhirclient from storing it at a refresh
}

function keepByFrame(kept: SavedByFrame): void {
  const others = byFrame().filter(({ state }) => state !== kept.state);
  for (const { state } of others.slice(0, 1 - MOST_FRAMES)) dropState(state);
  remember(FRAMES_KEY, [...others.slice(1 - MOST_FRAMES), kept]);
}

/**
 * Stores the current history entry when the frame unloads, because browsers drop the oldest of
 * about fifty entries.
 */
export function saveBeforeReload(kept: SavedSession): void {
  if (!isFramed()) return;
  window.addEventListener('pagehide', () => {
    const entry = historyOfFrame()?.currentEntry?.key;
    const own = byFrame().some(({ state }) => state === kept.state);
    if (entry && own) keepByFrame({ ...kept, entry });
  });
}

/** Removes the stored session of this window or frame. */
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
