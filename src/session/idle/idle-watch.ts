import { useSyncExternalStore } from 'react';
import { onTabMessage, tellTabs, type TabMessage } from '../tab-storage/channel.ts';
import { idleState, type IdleState } from './idle.ts';
import { forget, recall, remember } from '../tab-storage/storage.ts';

/** Storage key of the time a session was last used. */
const ACTIVE_KEY = 'active';
/**
 * Storage key of the time this tab was last used after its session ended without a sign-out.
 * Applies to this tab only: nobody is signed in here, so it neither keeps sessions in other tabs
 * open nor is kept open by them.
 */
export const LEFT_KEY = 'left';
const EVENTS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
/** Minimum milliseconds between two notes of activity in the storage and to the other tabs. */
const NOTE_EVERY_MS = 5000;
/** Milliseconds that other tabs have to answer that they are in use. */
const ANSWER_MS = 1000;

const isTime = (value: unknown): value is number => typeof value === 'number';
const ACTIVE: IdleState = { state: 'active' };

let state: IdleState = ACTIVE;
let timeoutMs = 0;
let lastActive = 0;
let lastNoted = 0;
let key = ACTIVE_KEY;
let stop: (() => void) | undefined;
const listeners = new Set<() => void>();

const isAlone = (): boolean => key === LEFT_KEY;

function now(): IdleState {
  const at = Date.now();
  // After the clock was set back, the last use lies in the future. Count it as now instead.
  if (lastActive > at) remember(key, (lastActive = lastNoted = at));
  return idleState(lastActive, at, timeoutMs);
}

function publish(next: IdleState): void {
  if (next.state === 'active' && state.state === 'active') return;
  state = next;
  for (const listener of listeners) listener();
}

function note(at: number): void {
  lastActive = Math.max(lastActive, at);
  publish(ACTIVE);
  if (at - lastNoted < NOTE_EVERY_MS) return;
  lastNoted = at;
  remember(key, at);
  tell();
}

function hear(message: TabMessage): void {
  if (message.type !== 'active' || isAlone()) return;
  // Clocks of two tabs may differ slightly, so a time in the future counts as now.
  const at = Math.min(message.at, Date.now());
  // Store it like use of this tab, because this tab may be reloaded before the next message.
  if (at > lastActive) note(at);
  else if (at < lastActive - NOTE_EVERY_MS) tell();
}

function tell(): void {
  if (!isAlone()) tellTabs({ type: 'active', at: lastActive });
}

/**
 * Asks the other tabs whether they were used since, because a tab that slept or was discarded has
 * missed their messages. Resolves when their time to answer has passed.
 */
async function ask(): Promise<void> {
  if (isAlone()) return;
  tell();
  await new Promise((resolve) => {
    setTimeout(resolve, ANSWER_MS);
  });
}

/**
 * Ends a session that is idle. Use in any tab keeps all tabs alive, except with {@link LEFT_KEY}.
 * Replaces a watch that was started before.
 *
 * @param minutes without use until `onIdle` is called, once
 * @param noteAt storage key of the time of last use
 */
export function startIdleWatch(minutes: number, onIdle: () => void, noteAt = ACTIVE_KEY): void {
  stop?.();
  key = noteAt;
  lastNoted = 0;
  timeoutMs = minutes * 60_000;
  note(Date.now());

  const used = (): void => {
    // While the warning is shown, only its button or another tab removes it. After the time-out, as
    // when the computer slept, nothing does. A tab without a session shows no warning.
    if ((isAlone() || state.state === 'active') && now().state !== 'idle') note(Date.now());
  };
  let asking: Promise<void> | undefined;
  const look = (): void => {
    // Timers stop while the computer sleeps, so compare clock times instead of counting ticks.
    const next = now();
    if (next.state === 'idle') asking ??= ask().then(lookAgain);
    else publish(next);
  };
  const lookAgain = (): void => {
    asking = undefined;
    if (stop !== end || now().state !== 'idle') return;
    stopIdleWatch();
    onIdle();
  };
  const timer = setInterval(look, 1000);
  for (const name of EVENTS) window.addEventListener(name, used, { passive: true, capture: true });
  document.addEventListener('visibilitychange', look);
  const deaf = onTabMessage(hear);
  const end = (): void => {
    clearInterval(timer);
    for (const name of EVENTS) window.removeEventListener(name, used, { capture: true });
    document.removeEventListener('visibilitychange', look);
    deaf();
    publish(ACTIVE);
  };
  stop = end;
}

export function stopIdleWatch(): void {
  stop?.();
  stop = undefined;
}

/** Returns the minutes without use after which the session ends; undefined if it has no limit. */
export const idleMinutes = (): number | undefined => stop && timeoutMs / 60_000;

/** Keeps all tabs signed in, unless the idle time has passed already. */
export function staySignedIn(): void {
  if (now().state === 'idle') return;
  lastNoted = 0;
  note(Date.now());
}

/** Whether this tab and all other tabs have been unused for longer than the idle time. */
export async function wasIdle(minutes: number, notedAt = ACTIVE_KEY): Promise<boolean> {
  const at = recall(notedAt, isTime);
  if (at === undefined) return false;
  key = notedAt;
  timeoutMs = minutes * 60_000;
  lastActive = at;
  if (now().state === 'idle') {
    const deaf = onTabMessage(hear);
    await ask();
    deaf();
  }
  return now().state === 'idle';
}

/** Whether this tab had a session that was not ended. */
export function wasUsed(): boolean {
  return recall(ACTIVE_KEY, isTime) !== undefined;
}

/**
 * Forgets earlier use when a session ends or a new one begins. Not called while a sign-in is in
 * progress, because a user who cancels it may return to the previous session.
 */
export function forgetActivity(): void {
  forget(ACTIVE_KEY);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const idleNow = (): IdleState => state;

/** Returns whether the session is active, about to end or idle. */
export function useIdleState(): IdleState {
  return useSyncExternalStore(subscribe, idleNow, idleNow);
}
