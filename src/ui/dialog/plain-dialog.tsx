import { useLayoutEffect, useRef, type ReactNode } from 'react';
import styles from './plain-dialog.module.css';

export interface PlainDialogProps {
  label: string;
  /** Called on Escape; without it only the content can close the dialog. */
  onClose?: (() => void) | undefined;
  children: ReactNode;
}

/**
 * Dialog for a question that must be answered when `Dialog` may not be loaded. Small enough for the
 * bundle of the first list. Modal, so that it is visible and reachable over other dialogs and a
 * masked page.
 */
export function PlainDialog({ label, onClose, children }: PlainDialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  // Close it before it is removed, so that the browser restores the focus.
  useLayoutEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      role="alertdialog"
      aria-label={label}
      className={styles.dialog}
      // Chrome closes a dialog at the second consecutive Escape, even if a listener prevents it.
      closedby={onClose ? undefined : 'none'}
      onCancel={(event) => {
        event.preventDefault();
        onClose?.();
      }}
    >
      {children}
    </dialog>
  );
}
