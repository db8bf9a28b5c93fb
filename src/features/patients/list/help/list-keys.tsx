import { useEffect, type RefObject } from 'react';
import { KeysDialog } from './keys-dialog.tsx';
import { followRows, turnSelection } from './row-keys.ts';
import { setShortcuts, useShortcuts, useShortcutsOn } from './shortcuts.ts';

export interface ListKeysProps {
  /** Holds the table. */
  around: RefObject<HTMLElement | null>;
  /** The search box. */
  input: RefObject<HTMLInputElement | null>;
  onNext: () => void;
  onPrevious: () => void;
  /** The sheet that explains the keys is open. */
  help: boolean;
  onHelp: (open: boolean) => void;
}

/** The keys of the list, and the sheet that explains them. Fetched once there is a list. */
export function ListKeys({ around, input, onNext, onPrevious, help, onHelp }: ListKeysProps) {
  const on = useShortcutsOn();
  useEffect(
    () => (around.current ? followRows(around.current, () => input.current) : undefined),
    [around, input],
  );
  useShortcuts({
    '/': () => input.current?.focus(),
    n: onNext,
    p: onPrevious,
    x: () => turnSelection(around.current),
    '?': () => onHelp(true),
  });
  return help && <KeysDialog on={on} onTurn={setShortcuts} onClose={() => onHelp(false)} />;
}
