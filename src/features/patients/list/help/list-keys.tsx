import { useEffect, useRef, type RefObject } from 'react';
import type { Chooser } from '../chooser.ts';
import { KeysDialog } from './keys-dialog.tsx';
import { useFootClear } from './use-foot-clear.ts';
import { followRows, turnSelection } from './row-keys.ts';
import { useShortcuts } from './shortcuts.ts';
import { useRowLeft } from './use-row-left.ts';

export interface ListKeysProps {
  /** The element that contains the table. */
  around: RefObject<HTMLElement | null>;
  /** The search box. */
  input: RefObject<HTMLInputElement | null>;
  /** Text of the search box that the rows match; undefined while they match another text. */
  answered: string | undefined;
  onNext: () => void;
  onPrevious: () => void;
  /** Whether the dialog that explains the keys is open. */
  help: boolean;
  onHelp: (open: boolean) => void;
  /** Set while another program waits for a choice. */
  chooser: Chooser | undefined;
}

/** Handles the keyboard shortcuts of the list and shows their dialog. Loaded after the list. */
export function ListKeys({
  around,
  input,
  answered,
  onNext,
  onPrevious,
  help,
  onHelp,
  chooser,
}: ListKeysProps) {
  const choosing = chooser !== undefined;
  const now = useRef(answered);
  const keys = useRef<ReturnType<typeof followRows>>(undefined);
  useEffect(() => {
    if (!around.current) return undefined;
    keys.current = followRows(
      around.current,
      () => input.current,
      () => now.current !== undefined && now.current === (input.current?.value.trim() ?? ''),
      choosing,
    );
    return keys.current.stop;
  }, [around, input, choosing]);
  useEffect(() => {
    now.current = answered;
    keys.current?.enter();
  }, [answered]);
  useRowLeft(around, answered !== undefined);
  useFootClear();
  useShortcuts({
    '/': () => input.current?.focus(),
    n: onNext,
    p: onPrevious,
    x: () => turnSelection(around.current),
    '?': () => onHelp(true),
  });
  return help && <KeysDialog onClose={() => onHelp(false)} choosing={choosing} />;
}
