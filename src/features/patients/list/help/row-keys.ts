const FIELDS = 'input:not([type="checkbox"], [type="radio"]), select, textarea, dialog';

const rowsOf = (table: Element): HTMLElement[] => [
  ...table.querySelectorAll<HTMLElement>('tbody:first-of-type tr:not([aria-hidden])'),
];

/** Returns the element of a row to focus: its checkbox if `boxed`, otherwise its link. */
function target(row: Element | undefined, boxed: boolean): HTMLElement | null | undefined {
  const box = boxed ? 'input' : 'a';
  return row?.querySelector<HTMLElement>(box) ?? row?.querySelector<HTMLElement>('a');
}

/**
 * Moves the focus between rows with the arrow keys, to the first and last row with Home and End,
 * and from the search box into the list with ArrowDown. The focus is on a row's link, which Enter
 * opens; when choosing, it is on a row's box, which Enter ticks. Tab still reaches every control.
 *
 * @param around the element that contains the table
 * @param box returns the search box
 * @param isAnswered whether the rows match the text of the box; rows of another search cannot be
 *   entered from it, because Enter would open a patient who was not searched for
 * @param choosing whether the list is shown to choose a patient for another program
 * @returns `stop` removes the listener; `enter` focuses the first row if the user pressed ArrowDown
 *   before the rows arrived
 */
export function followRows(
  around: HTMLElement,
  box: () => HTMLInputElement | null,
  isAnswered: () => boolean,
  choosing: boolean,
): { readonly stop: () => void; readonly enter: () => void } {
  let waiting = false;
  const go = (to: HTMLElement): void => {
    to.focus();
    to.closest('tr')?.scrollIntoView({ block: 'nearest' });
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.defaultPrevented || event.isComposing) return;
    waiting = false;
    const table = around.querySelector('table');
    const active = document.activeElement;
    if (!table || document.querySelector('dialog[open]')) return;
    const rows = rowsOf(table);
    const row = active?.closest('tr');
    const at = row ? rows.findIndex((one) => one === row) : -1;
    const inside = at >= 0;
    if (!inside) {
      // ArrowDown in the search box, or while no control has the focus, enters the list.
      const nowhere = active === document.body || active?.matches('h1, main');
      if (event.key !== 'ArrowDown' || !(nowhere || active === box())) return;
      if (!isAnswered()) {
        event.preventDefault();
        waiting = active === box();
        return;
      }
    } else if (active?.matches(FIELDS)) return;
    const last = rows.length - 1;
    const moves: Record<string, number | undefined> = {
      ArrowDown: Math.min(at + 1, last),
      ArrowUp: at - 1,
      Home: inside ? 0 : undefined,
      End: inside ? last : undefined,
    };
    const to = moves[event.key];
    if (to === undefined) return;
    const next =
      to < 0 ? box() : target(rows[to], choosing || (inside && active instanceof HTMLInputElement));
    if (!next) return;
    event.preventDefault();
    go(next);
  };
  document.addEventListener('keydown', press);
  return {
    stop: () => document.removeEventListener('keydown', press),
    enter: () => {
      if (!waiting || !isAnswered()) return;
      waiting = false;
      const table = around.querySelector('table');
      const first = table && target(rowsOf(table)[0], choosing);
      if (first && document.activeElement === box()) go(first);
    },
  };
}

/** Toggles the selection of the focused row. */
export function turnSelection(around: HTMLElement | null): void {
  const row = document.activeElement?.closest('tr');
  if (row && around?.contains(row)) row.querySelector<HTMLInputElement>('td input')?.click();
}
