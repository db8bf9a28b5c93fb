import { useEffect } from 'react';
import { useSettings } from '#i18n/provider.tsx';

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'input:not([type="checkbox"], [type="radio"]), select, textarea, [contenteditable], dialog',
  ) !== null;

/**
 * Runs an action for a single key, outside of fields and dialogs, unless the user switched that off.
 *
 * @param keys actions by character (`/`, `n`)
 */
export function useShortcuts(keys: Readonly<Record<string, () => void>>): void {
  const { singleKeys } = useSettings();
  useEffect(() => {
    if (singleKeys === 'off') return undefined;
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
  }, [singleKeys, keys]);
}
