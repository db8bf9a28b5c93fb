import { useContext, useEffect, useId, useRef, type ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '../button.tsx';
import { classNames } from '../class-names.ts';
import { MaskedContext } from '../masked.ts';
import { messages } from '../messages.ts';
import styles from './dialog.module.css';

export interface DialogProps {
  open: boolean;
  /** Called on Escape or the close button; the parent then sets `open` to false. */
  onClose: () => void;
  title: ReactNode;
  /** Buttons in the footer, the main one last. */
  actions?: ReactNode;
  /** `alertdialog` for a question that must be answered; it has no close button. */
  role?: 'dialog' | 'alertdialog';
  wide?: boolean;
  /**
   * True while the dialog cannot be closed, because a request that was sent cannot be cancelled.
   */
  held?: boolean;
  /** Also shown over a masked page, because it names no patient. */
  overMask?: boolean;
  children: ReactNode;
}

/**
 * A modal dialog on the native element: the browser traps the focus, makes the page inert and
 * restores the focus. The content is mounted only while the dialog is open. On a masked page the
 * dialog is closed, because a modal dialog would stay visible and keep the focus; it reopens with
 * its input when the page is unmasked.
 */
export function Dialog({
  open,
  onClose,
  title,
  actions,
  role = 'dialog',
  wide,
  held,
  overMask,
  children,
}: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const bodyId = useId();
  const t = useMessages(messages);

  const masked = useContext(MaskedContext) && !overMask;
  const before = useRef<Element>(null);

  useEffect(() => {
    const dialog = ref.current;
    if (!open || masked || !dialog) return undefined;
    before.current ??= document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      // The dialog is already removed from the page, so the browser does not restore the focus.
      // Restore it without scrolling, as the browser does.
      const lost = document.activeElement === document.body || !document.activeElement;
      if (lost && before.current instanceof HTMLElement)
        before.current.focus({ preventScroll: true });
    };
  }, [open, masked]);
  useEffect(() => {
    if (!open) before.current = null; // the next opener may be another element
  }, [open]);

  if (!open) return null;
  return (
    <dialog
      ref={ref}
      role={role}
      aria-labelledby={titleId}
      // Screen readers read a question completely; other dialogs may be too long.
      aria-describedby={role === 'alertdialog' ? bodyId : undefined}
      className={classNames(styles.dialog, wide && styles.wide)}
      // Chrome closes a dialog at the second consecutive Escape, even if a listener prevents it.
      closedby={held ? 'none' : undefined}
      onCancel={(event) => {
        event.preventDefault();
        if (!held) onClose();
      }}
    >
      <div className={styles.header}>
        <h2 id={titleId}>{title}</h2>
        {role === 'dialog' && (
          <Button
            variant="quiet"
            icon="close"
            aria-label={t('close')}
            aria-disabled={held}
            onClick={held ? undefined : onClose}
          />
        )}
      </div>
      <div id={bodyId} className={styles.body}>
        {children}
      </div>
      {actions && <div className={styles.footer}>{actions}</div>}
    </dialog>
  );
}
