import type { ReactNode } from 'react';
import styles from './data-table.module.css';

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** The cell names its row: read out with every other cell of it. */
  rowHeader?: boolean;
  align?: 'start' | 'end';
  /** A CSS width, where the browser shares the room out by what the cells hold. */
  width?: string;
  /** The least width, in rem. Where every column says so, the room is shared out by that alone. */
  need?: number;
  /** This column's part of the room beyond what all need. */
  grow?: number;
}

// Spelt out because a changed `display` (cards on narrow screens) takes the table meaning away in
// some browsers.
export const roles = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  rowheader: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const;

/** Words alone keep their own direction, whatever the direction of the page. */
const isolated = (content: ReactNode): ReactNode =>
  typeof content === 'string' ? <bdi>{content}</bdi> : content;

/** One row of a table. Knows no hooks: also drawn by the script that runs before the program. */
export function RowCells<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return (
    <tr {...roles.row}>
      {columns.map(({ id, header, cell, rowHeader, align }) =>
        rowHeader ? (
          <th
            key={id}
            {...roles.rowheader}
            scope="row"
            className={align === 'end' ? styles.end : undefined}
          >
            {isolated(cell(row))}
          </th>
        ) : (
          <td
            key={id}
            {...roles.cell}
            data-label={header}
            className={align === 'end' ? styles.end : undefined}
          >
            <div>{isolated(cell(row))}</div>
          </td>
        ),
      )}
    </tr>
  );
}
