import { useEffect, useMemo, useRef, useSyncExternalStore, type RefObject } from 'react';

/** Single keys can be switched off (WCAG 2.2, 2.1.4): speech input would otherwise trigger them. */
const KEY = 'single-keys';
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

/** Switches the single keys on or off, in this browser. */
export function setShortcuts(value: boolean): void {
  on = value;
  try {
    localStorage.setItem(KEY, value ? 'on' : 'off');
  } catch {
    // see above
  }
  for (const listener of listeners) listener();
}

/** Whether the single keys are in use. */
export function useShortcutsOn(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    read,
    read,
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'input:not([type="checkbox"], [type="radio"]), select, textarea, [contenteditable], dialog',
  ) !== null;

/**
 * Runs an action for a single key, outside of fields and dialogs.
 *
 * @param keys the character (`/`, `n`) to its action
 */
function useShortcuts(keys: Readonly<Record<string, () => void>>): void {
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

export interface ListKeys {
  around: RefObject<HTMLElement | null>;
  input: RefObject<HTMLInputElement | null>;
  onNext: () => void;
  onPrevious: () => void;
  onHelp: (open: boolean) => void;
  /** The first list is there: the keys of its rows may be fetched. */
  listed: boolean;
}

/** The keys of the list; those that lead from row to row come once there are rows. */
export function useListKeys({ around, input, onNext, onPrevious, onHelp, listed }: ListKeys): void {
  const turn = useRef<() => void>(undefined);
  useEffect(() => {
    if (!listed) return undefined;
    let stop = (): void => undefined;
    let current = true;
    const fetchKeys = async (): Promise<void> => {
      const { followRows, turnSelection } = await import('./row-keys.ts');
      const holder = around.current;
      if (!current || !holder) return;
      stop = followRows(holder, () => input.current);
      turn.current = () => turnSelection(holder);
    };
    // Where their code cannot be fetched, Tab still leads everywhere.
    fetchKeys().catch(() => undefined);
    return () => {
      current = false;
      stop();
    };
  }, [around, input, listed]);

  useShortcuts(
    useMemo(
      () => ({
        '/': () => input.current?.focus(),
        n: onNext,
        p: onPrevious,
        x: () => turn.current?.(),
        '?': () => onHelp(true),
      }),
      [input, onNext, onPrevious, onHelp],
    ),
  );
}
