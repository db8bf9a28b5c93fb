/** The boxes of the rows, and what is done with those that are ticked: neither is of use alone. */
export { SelectCell } from './select-cell.tsx';
export { SelectionBar } from './selection-bar.tsx';
