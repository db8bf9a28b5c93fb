import { useSyncExternalStore } from 'react';
import { onTabMessage, tellTabs, type TabMessage } from '../tab-storage/channel.ts';
import { idleState, type IdleState } from './idle.ts';
import { forget, recall, remember } from '../tab-storage/storage.ts';

/** When a session was last used. */
const ACTIVE_KEY = 'active';
/**
 * When this tab was last used since its session ended without a sign-out. It is of this tab alone:
 * nobody is signed in here whose session elsewhere it could keep open, nor the other way round.
 */
export const LEFT_KEY = 'left';
const EVENTS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
/** How often use is noted and told to the other tabs, at most. */
const NOTE_EVERY_MS = 5000;
/** Another tab has this long to say that it is in use. */
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
  // A clock that was set back puts the last use into the future: it counts as now, from now on.
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
  // The clocks of two tabs may be a moment apart; none is believed about the future.
  const at = Math.min(message.at, Date.now());
  // Kept as if it had been used itself: it may be loaded anew before it is.
  if (at > lastActive) note(at);
  else if (at < lastActive - NOTE_EVERY_MS) tell();
}

function tell(): void {
  if (!isAlone()) tellTabs({ type: 'active', at: lastActive });
}

/** A tab that slept or was discarded has not heard of the others: one that was used since says so. */
async function ask(): Promise<void> {
  if (isAlone()) return;
  tell();
  await new Promise((resolve) => {
    setTimeout(resolve, ANSWER_MS);
  });
}

/**
 * Ends a session that nobody uses. Use in any tab keeps all tabs alive, except at {@link LEFT_KEY}.
 * Replaces a watch that was started before.
 *
 * @param minutes without use until `onIdle` is called, once
 * @param noteAt where the last use is noted
 */
export function startIdleWatch(minutes: number, onIdle: () => void, noteAt = ACTIVE_KEY): void {
  stop?.();
  key = noteAt;
  lastNoted = 0;
  timeoutMs = minutes * 60_000;
  note(Date.now());

  const used = (): void => {
    // Once the warning is shown, only its button (or another tab) takes it away; once the time has
    // passed, as it does while the computer sleeps, nothing. Who is not signed in is not warned.
    if ((isAlone() || state.state === 'active') && now().state !== 'idle') note(Date.now());
  };
  let asking: Promise<void> | undefined;
  const look = (): void => {
    // Timers sleep while the computer does: the clock decides, not the number of ticks.
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

/** Minutes without use after which the session ends; undefined where nothing ends it. */
export const idleMinutes = (): number | undefined => stop && timeoutMs / 60_000;

/** The person is there: all tabs stay signed in, unless the time has passed already. */
export function staySignedIn(): void {
  if (now().state === 'idle') return;
  lastNoted = 0;
  note(Date.now());
}

/** Whether this tab was last used longer ago than a session may be idle, and so was every other. */
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

/** Whether a session was open in this tab and has not been ended. */
export function wasUsed(): boolean {
  return recall(ACTIVE_KEY, isTime) !== undefined;
}

/**
 * A session has ended or a new one begins: earlier use says nothing about it. Not while a sign-in is
 * only under way: whoever leaves it may find the session of before.
 */
export function forgetActivity(): void {
  forget(ACTIVE_KEY);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const idleNow = (): IdleState => state;

/** Whether the session is about to end because nobody uses it. */
export function useIdleState(): IdleState {
  return useSyncExternalStore(subscribe, idleNow, idleNow);
}
