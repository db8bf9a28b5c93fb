import { useContext, useEffect, useId, useRef, type ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { Button } from '../button.tsx';
import { classNames } from '../class-names.ts';
import { MaskedContext } from '../masked.ts';
import { messages } from '../messages.ts';
import styles from './dialog.module.css';

export interface DialogProps {
  open: boolean;
  /** Asked for by Escape or the close button; the owner then sets `open` to false. */
  onClose: () => void;
  title: ReactNode;
  /** Buttons at the foot, the main one last. */
  actions?: ReactNode;
  /** `alertdialog` for a question that must be answered: then there is no close button. */
  role?: 'dialog' | 'alertdialog';
  wide?: boolean;
  /** There is no way out for now: what was sent cannot be called back. */
  held?: boolean;
  /** Shown over a page that is masked, too: it names no patient. */
  overMask?: boolean;
  children: ReactNode;
}

/**
 * A modal dialog on the native element: the browser holds the focus inside, makes the rest inert
 * and gives the focus back. The content is there only while it is open. On a masked page it is put
 * away, with what was typed in it, and comes back with the page: a modal dialog would be seen all
 * the same, and hold the focus.
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
      // The dialog is already removed from the page, so the browser does not restore the focus. Done
      // as it would, without scrolling.
      const lost = document.activeElement === document.body || !document.activeElement;
      if (lost && before.current instanceof HTMLElement)
        before.current.focus({ preventScroll: true });
    };
  }, [open, masked]);
  useEffect(() => {
    if (!open) before.current = null; // who opens it next is another one
  }, [open]);

  if (!open) return null;
  return (
    <dialog
      ref={ref}
      role={role}
      aria-labelledby={titleId}
      // A question is read out whole; a dialog of another kind may hold pages.
      aria-describedby={role === 'alertdialog' ? bodyId : undefined}
      className={classNames(styles.dialog, wide && styles.wide)}
      // Chrome closes a dialog at the second Escape in a row, whatever a listener says.
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
