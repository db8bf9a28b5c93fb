import { useLayoutEffect, useRef, type ReactNode } from 'react';
import styles from './plain-dialog.module.css';

export interface PlainDialogProps {
  label: string;
  /** Asked for by Escape; without it there is no way out but what stands inside. */
  onClose?: (() => void) | undefined;
  children: ReactNode;
}

/**
 * What must be answered, where `Dialog` may not have come: the browser's own, small enough for the
 * first list. Modal, as only so it is in the window and in reach whatever else is open or masked.
 */
export function PlainDialog({ label, onClose, children }: PlainDialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  // Closed while it still stands in the page: the browser then gives the focus back.
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
      // Chrome closes a dialog at the second Escape in a row, whatever a listener says.
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
