import { useId, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '#ui/button.tsx';
import styles from './actions.module.css';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly onChoose: () => void;
  /** Destructive: set apart from the items above it, in the danger colour. */
  readonly danger?: boolean;
}

/**
 * A button that opens a short list of buttons. Escape, a click elsewhere and moving the focus out
 * close the list; the arrow keys and Tab both move through it.
 */
export function Menu({
  label,
  items,
  children,
}: {
  label: string;
  items: readonly MenuItem[];
  /** Text below the list. */
  children?: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  const id = useId();

  const close = (): void => {
    setOpen(false);
    opener.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!open) return;
    if (event.key === 'Escape') {
      event.stopPropagation();
      close();
      return;
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    const buttons = [...(box.current?.querySelectorAll<HTMLElement>('li button') ?? [])];
    const at = buttons.findIndex((button) => button === document.activeElement);
    // From the opener, ArrowDown leads to the first item and ArrowUp to the last.
    const to = event.key === 'ArrowDown' ? at + 1 : Math.max(at, 0) - 1;
    buttons.at(to % buttons.length)?.focus();
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- keys of the buttons inside
    <div
      ref={box}
      className={styles.menu}
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        const next = event.relatedTarget;
        if (next instanceof Node && !event.currentTarget.contains(next)) setOpen(false);
        else if (next === null) setOpen(box.current?.matches(':hover') === true && open);
      }}
    >
      <Button
        ref={opener}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        iconEnd="chevron-down"
        onClick={() => setOpen(!open)}
      >
        {label}
      </Button>
      {open && (
        <div id={id} className={styles.panel}>
          {items.length > 0 && (
            <ul>
              {items.map((item) => (
                <li key={item.id} className={item.danger ? styles.danger : undefined}>
                  <Button
                    variant="quiet"
                    onClick={() => {
                      // Focuses the opener, so that the closing dialog returns the focus there.
                      close();
                      item.onChoose();
                    }}
                  >
                    {item.label}
                  </Button>
                </li>
              ))}
            </ul>
          )}
          {children}
        </div>
      )}
    </div>
  );
}
