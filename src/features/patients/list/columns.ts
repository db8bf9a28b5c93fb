/** Columns between the name and the status, which are always there. */
export const COLUMNS = [
  'birthDate',
  'gender',
  'identifiers',
  'phone',
  'email',
  'address',
  'language',
  'updated',
  'id',
] as const;
export type ColumnId = (typeof COLUMNS)[number];

export const DEFAULT_COLUMNS: readonly ColumnId[] = COLUMNS.slice(0, 4);

/** Says nothing of any patient, so that it may outlast the session. */
const KEY = 'list-columns';

/** The columns chosen in this browser. */
export function readColumns(): readonly ColumnId[] {
  try {
    const kept = localStorage.getItem(KEY);
    return kept === null ? DEFAULT_COLUMNS : COLUMNS.filter((id) => kept.split(' ').includes(id));
  } catch {
    return DEFAULT_COLUMNS; // storage is blocked: the choice lasts as long as the page
  }
}

export function keepColumns(columns: readonly ColumnId[]): void {
  try {
    localStorage.setItem(KEY, columns.join(' '));
  } catch {
    // see above
  }
}
