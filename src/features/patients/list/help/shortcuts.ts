import { useEffect, useSyncExternalStore } from 'react';

/** Storage key of the switch for single keys, which speech input may trigger (WCAG 2.2, 2.1.4). */
const KEY = `${import.meta.env.BASE_URL}pb.single-keys`;
const listeners = new Set<() => void>();
let on: boolean | undefined;

function read(): boolean {
  if (on === undefined) {
    try {
      on = localStorage.getItem(KEY) !== 'off';
    } catch {
      on = true; // storage is blocked: the setting lasts as long as the page
    }
  }
  return on;
}

/** Switches the single-key shortcuts on or off in this browser. */
export function setShortcuts(value: boolean): void {
  on = value;
  try {
    localStorage.setItem(KEY, value ? 'on' : 'off');
  } catch {
    // storage is blocked: the setting lasts as long as the page
  }
  for (const listener of listeners) listener();
}

/** Whether the single-key shortcuts are on. */
export function useShortcutsOn(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, read);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'input:not([type="checkbox"], [type="radio"]), select, textarea, [contenteditable], dialog',
  ) !== null;

/**
 * Runs an action for a single key, outside of fields and dialogs.
 *
 * @param keys actions by character (`/`, `n`)
 */
export function useShortcuts(keys: Readonly<Record<string, () => void>>): void {
  const inUse = useShortcutsOn();
  useEffect(() => {
    if (!inUse) return undefined;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      if (event.isComposing || event.repeat || isTyping(event.target)) return;
      const action = Object.hasOwn(keys, event.key) ? keys[event.key] : undefined;
      if (!action) return;
      event.preventDefault();
      action();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [inUse, keys]);
}
