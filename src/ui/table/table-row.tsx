import type { ReactNode } from 'react';
import styles from './data-table.module.css';

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Whether the cell is the row header, which screen readers read with every other cell. */
  rowHeader?: boolean;
  align?: 'start' | 'end';
  /** CSS width, for tables whose layout depends on the content. */
  width?: string;
  /** Minimum width in rem. If every column has one, only these determine the layout. */
  need?: number;
  /** Share of the width beyond the minimum of all columns. */
  grow?: number;
}

// Explicit roles, because some browsers drop the table semantics when `display` changes (cards on
// narrow screens).
export const roles = {
  table: { role: 'table' },
  rowgroup: { role: 'rowgroup' },
  row: { role: 'row' },
  columnheader: { role: 'columnheader' },
  rowheader: { role: 'rowheader' },
  cell: { role: 'cell' },
} as const;

/** Isolates plain text, so that it keeps its own direction. A cell without text stays empty. */
const isolated = (content: ReactNode): ReactNode =>
  content && typeof content === 'string' ? <bdi>{content}</bdi> : content;

/** One row of a table. Uses no hooks, because the early script also renders it. */
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
