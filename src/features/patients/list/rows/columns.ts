import {
  changeSettings,
  LIST_COLUMNS,
  listColumns,
  USUAL_COLUMNS,
  type ListColumn,
} from '#lib/settings.ts';

/** Optional columns, shown between the name and the status column, which are always shown. */
export const COLUMNS = LIST_COLUMNS;
export type ColumnId = ListColumn;

export const DEFAULT_COLUMNS = USUAL_COLUMNS;

/** Returns the columns chosen in this browser. */
export const readColumns = listColumns;

export const keepColumns = (columns: readonly ColumnId[]): void => changeSettings({ columns });
