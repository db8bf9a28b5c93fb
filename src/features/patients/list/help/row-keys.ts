const FIELDS = 'input:not([type="checkbox"], [type="radio"]), select, textarea, dialog';

const rowsOf = (table: Element): HTMLElement[] => [
  ...table.querySelectorAll<HTMLElement>('tbody:first-of-type tr:not([aria-hidden])'),
];

/** What of a row has the focus: its link, or the box that selects it. */
function target(row: Element | undefined, boxed: boolean): HTMLElement | null | undefined {
  const box = boxed ? 'input' : 'a';
  return row?.querySelector<HTMLElement>(box) ?? row?.querySelector<HTMLElement>('a');
}

/**
 * Arrow keys lead from row to row, Home and End to the first and the last, and the arrow down out
 * of the search box into the list. Enter opens: the focus is on a link; where somebody chooses it is
 * on the box, and Enter ticks it. Nothing is taken away: Tab still goes through everything.
 *
 * @param around holds the table
 * @param box the search box
 * @param isAnswered whether the rows answer what stands in the box: those of another search are not
 *   entered from it, or Enter would open somebody who was not looked for
 * @param choosing the list is there to choose from
 * @returns stops listening, and enters the list if somebody waits for that
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
      // From the box, or from nowhere in particular, the first press enters the list.
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

/** Turns the selection of the row that has the focus. */
export function turnSelection(around: HTMLElement | null): void {
  const row = document.activeElement?.closest('tr');
  if (row && around?.contains(row)) row.querySelector<HTMLInputElement>('td input')?.click();
}
