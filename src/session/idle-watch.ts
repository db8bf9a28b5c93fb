import { useSyncExternalStore } from 'react';
import { onTabMessage, tellTabs } from './channel.ts';
import { idleState, type IdleState } from './idle.ts';
import { forget, recall, remember } from './storage.ts';

const KEY = 'active';
const EVENTS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const;
/** How often use is noted and told to the other tabs, at most. */
const NOTE_EVERY_MS = 5000;

const isTime = (value: unknown): value is number => typeof value === 'number';
const ACTIVE: IdleState = { state: 'active' };

let state: IdleState = ACTIVE;
let lastActive = 0;
let lastNoted = 0;
let stop: (() => void) | undefined;
const listeners = new Set<() => void>();

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
  remember(KEY, at);
  tellTabs({ type: 'active', at });
}

/**
 * Ends a session that nobody uses. Use in any tab keeps all tabs alive. Replaces a watch that was
 * started before.
 *
 * @param minutes without use until `onIdle` is called, once
 */
export function startIdleWatch(minutes: number, onIdle: () => void): void {
  stop?.();
  const timeoutMs = minutes * 60_000;
  note(Date.now());

  const used = (): void => {
    // Once the warning is shown, only its button (or another tab) takes it away.
    if (state.state === 'active') note(Date.now());
  };
  const look = (): void => {
    // Timers sleep while the computer does: the clock decides, not the number of ticks.
    const next = idleState(lastActive, Date.now(), timeoutMs);
    if (next.state === 'idle') {
      stopIdleWatch();
      onIdle();
    } else publish(next);
  };
  const timer = setInterval(look, 1000);
  for (const name of EVENTS) window.addEventListener(name, used, { passive: true, capture: true });
  document.addEventListener('visibilitychange', look);
  const deaf = onTabMessage((message) => {
    if (message.type !== 'active') return;
    // The clocks of two tabs may be a moment apart; none is believed about the future.
    const at = Math.min(message.at, Date.now());
    // Kept as if it had been used itself: it may be loaded anew before it is.
    if (at > lastActive) note(at);
  });
  stop = () => {
    clearInterval(timer);
    for (const name of EVENTS) window.removeEventListener(name, used, { capture: true });
    document.removeEventListener('visibilitychange', look);
    deaf();
    publish(ACTIVE);
  };
}

export function stopIdleWatch(): void {
  stop?.();
  stop = undefined;
}

/** The person is there: all tabs stay signed in. */
export function staySignedIn(): void {
  lastNoted = 0;
  note(Date.now());
}

/** Whether the tab was last used longer ago than a session may be idle. */
export function wasIdle(minutes: number): boolean {
  const at = recall(KEY, isTime);
  return at !== undefined && idleState(at, Date.now(), minutes * 60_000).state === 'idle';
}

/** Whether a session was open in this tab and has not been ended. */
export function wasUsed(): boolean {
  return recall(KEY, isTime) !== undefined;
}

/** A new sign-in starts: earlier use says nothing about it. */
export function forgetActivity(): void {
  forget(KEY);
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
