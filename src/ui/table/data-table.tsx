import { Activity, memo, useId, type ReactNode } from 'react';
import { useMessages } from '#i18n/provider.tsx';
import { classNames } from '../class-names.ts';
import { ErrorBoundary } from '../errors/error-boundary.tsx';
import { Icon } from '../icon.tsx';
import { messages } from '../messages.ts';
import { SkeletonLine } from '../states/skeleton.tsx';
import { roles, RowCells, type Column } from './table-row.tsx';
import styles from './data-table.module.css';

export type { Column } from './table-row.tsx';

/** Sort state of a column, and the action of its header. */
export interface ColumnSort {
  readonly direction: 'ascending' | 'descending' | undefined;
  readonly onSort: () => void;
}

export interface DataTableProps<Row> {
  /** Accessible name. */
  caption: string;
  /** Whether the caption is visible above the table. */
  showCaption?: boolean;
  columns: readonly Column<Row>[];
  /**
   * Returns the sort state of a column that the server can sort by. Separate from the columns, so
   * that a change does not re-render the rows.
   */
  sortOf?: (columnId: string) => ColumnSort | undefined;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** Page number, starting at 1. */
  page?: number;
  /** Rows of the next page, if loaded: rendered hidden in advance, when idle. */
  following?: readonly Row[] | undefined;
  /** True while newer rows are loading: the old ones stay, marked as busy. */
  busy?: boolean;
  /** Number of placeholder rows of the same height while the first rows load. */
  skeletonRows?: number | undefined;
}

/** Default width of a column, and the minimum width below which any table becomes cards, in rem. */
const NEED = { column: 7, table: 44 };

/**
 * A semantic table. If it is narrower than its columns need, each row becomes a card, because
 * content must be neither cut off nor need scrolling in two directions (WCAG 2.2, 1.4.10). A row
 * that fails to render is replaced by a message and does not affect the others.
 */
export function DataTable<Row>({
  caption,
  showCaption,
  columns,
  sortOf,
  rows,
  rowKey,
  page = 1,
  following,
  busy,
  skeletonRows,
}: DataTableProps<Row>) {
  const captionId = useId();
  const needs = columns.reduce((sum, { need = NEED.column }) => sum + need, 0);
  const grows = columns.reduce((sum, { grow = 0 }) => sum + grow, 0);
  // Keyed by page, so that the rows rendered for the next page are reused when it is shown.
  const shown = { page, rows, mode: 'visible' } as const;
  const pages = following
    ? [shown, { page: page + 1, rows: following, mode: 'hidden' } as const]
    : [shown];
  return (
    // The font size makes the needed width available to a container query, which supports `em` but
    // no variables.
    <div className={styles.frame} style={{ fontSize: `${Math.max(needs, NEED.table)}rem` }}>
      <table
        className={classNames(styles.table, grows > 0 && styles.shared)}
        {...roles.table}
        aria-labelledby={captionId}
        aria-busy={busy || undefined}
      >
        <caption id={captionId} className={showCaption ? styles.caption : 'visually-hidden'}>
          {caption}
        </caption>
        <thead {...roles.rowgroup} className={sortOf && styles.sortable}>
          <tr {...roles.row}>
            {columns.map((column) => (
              <HeaderCell
                key={column.id}
                column={column}
                width={
                  grows > 0
                    ? `calc(${column.need}rem + (100cqi - ${needs}rem) * ${(column.grow ?? 0) / grows})`
                    : column.width
                }
                sort={sortOf?.(column.id)}
              />
            ))}
          </tr>
        </thead>
        {pages.map((one) => (
          <Activity key={one.page} mode={one.mode}>
            <Body
              rows={one.rows}
              rowKey={rowKey}
              columns={columns}
              skeletonRows={one.mode === 'visible' ? skeletonRows : undefined}
            />
          </Activity>
        ))}
      </table>
    </div>
  );
}

function HeaderCell<Row>({
  column: { header, align },
  width,
  sort,
}: {
  column: Column<Row>;
  width: string | undefined;
  sort: ColumnSort | undefined;
}) {
  const t = useMessages(messages);
  const icon = sort?.direction ? (`sort-${sort.direction}` as const) : 'sort';
  return (
    <th
      {...roles.columnheader}
      scope="col"
      className={align === 'end' ? styles.end : undefined}
      style={width ? { width } : undefined}
      aria-sort={sort ? (sort.direction ?? 'none') : undefined}
    >
      {sort ? (
        <button
          type="button"
          className={classNames(styles.sort, sort.direction && styles.sorted)}
          onClick={sort.onSort}
          title={t('sortBy', { column: header })}
        >
          {header}
          <Icon name={icon} />
        </button>
      ) : (
        header
      )}
    </th>
  );
}

type BodyProps<Row> = Pick<DataTableProps<Row>, 'rows' | 'rowKey' | 'columns' | 'skeletonRows'>;

const Body = memo(function Body<Row>({ rows, rowKey, columns, skeletonRows }: BodyProps<Row>) {
  return (
    <tbody {...roles.rowgroup}>
      {skeletonRows === undefined
        ? rows.map((row) => <BodyRow key={rowKey(row)} row={row} columns={columns} />)
        : Array.from({ length: skeletonRows }, (_, i) => <SkeletonRow key={i} columns={columns} />)}
    </tbody>
  );
}) as <Row>(props: BodyProps<Row>) => ReactNode;

function BodyRow<Row>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) {
  return (
    <ErrorBoundary renderError={() => <UnreadableRow span={columns.length} />}>
      <RowCells row={row} columns={columns} />
    </ErrorBoundary>
  );
}

function UnreadableRow({ span }: { span: number }) {
  const t = useMessages(messages);
  return (
    <tr {...roles.row}>
      <td {...roles.cell} colSpan={span} className={styles.unreadable}>
        <Icon name="warning" /> {t('unreadableRow')}
      </td>
    </tr>
  );
}

function SkeletonRow<Row>({ columns }: { columns: readonly Column<Row>[] }) {
  return (
    <tr {...roles.row} aria-hidden="true">
      {columns.map(({ id }) => (
        <td key={id} {...roles.cell}>
          <SkeletonLine />
        </td>
      ))}
    </tr>
  );
}
