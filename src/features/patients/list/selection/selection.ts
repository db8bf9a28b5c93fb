/** The boxes of the rows and the bar of actions, in one chunk because neither is useful alone. */
export { SelectCell } from './select-cell.tsx';
export { SelectionBar } from './selection-bar.tsx';
