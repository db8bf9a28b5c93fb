import type { Patient } from 'fhir/r4';
import { useNavigate } from '@tanstack/react-router';
import {
  createContext,
  lazy,
  memo,
  Suspense,
  useContext,
  useDeferredValue,
  useMemo,
  useState,
  type MouseEvent,
  type ReactNode,
} from 'react';
import type { Stored } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { DataTable, type Column, type ColumnSort } from '#ui/table/data-table.tsx';
import { PlainMissingText } from '#ui/dialog/plain-missing.tsx';
import type { ColumnId } from './columns.ts';
import { messages } from '../messages.ts';
import { isUsual, NameCell, StatusCell, UsualCell } from './patient-cells.tsx';
import { chartPath, patientColumns } from './patient-columns.tsx';
import styles from '../list.module.css';

type Row = Stored<Patient>;

/** Up to this many new rows are rendered at once, without waiting for anything. */
const FEW = 20;
/** Maximum number of rows of the next page to render in advance; more would waste memory. */
const MOST_DRAWN = 100;

const ExtraCell = lazy(async () => {
  const cells = await import('./extra-cells.tsx').catch(() => undefined);
  return { default: cells?.ExtraCell ?? PlainMissingText };
});
/** Already loaded when it is shown, in one chunk with `SelectionBar`. */
const SelectCell = lazy(async () => ({
  default: (await import('../selection/selection.ts')).SelectCell,
}));

/** A remark about a row that its cells do not tell. */
export interface Remark {
  /** Flags beside those of the status. */
  readonly flags?: ReactNode;
  /** Why the search matched, if the displayed name does not show it. */
  readonly found?: string;
}

/** Remarks by patient id. They arrive after the rows; only cells that show them render again. */
export const RemarksContext = createContext<ReadonlyMap<string, Remark> | undefined>(undefined);

/** Called when the user chose a patient; calls `go` to navigate to the chart. */
export type Opening = (patient: Row, go: () => Promise<void>) => void;

export const OpenContext = createContext<Opening>((_patient, go) => void go());

export interface PatientTableProps {
  rows: readonly Row[];
  /** Page number, starting at 1. */
  page: number;
  /** Rows of the next page, once loaded. */
  following: readonly Row[] | undefined;
  busy: boolean;
  /** Number of placeholder rows to show before the first response. */
  skeletonRows: number | undefined;
  /** Columns between name and status. */
  columns: readonly ColumnId[];
  sort: string | undefined;
  /** The server's sort keys for the two columns that can be sorted. */
  sortKeys: { readonly name: string | undefined; readonly birthDate: string | undefined };
  onSort: (sort: string | undefined) => void;
  onOpen: (patient: Row) => void;
  /** Whether each row has a box that selects it. */
  selecting: boolean;
}

function sorting(
  key: string | undefined,
  sort: string | undefined,
  onSort: (sort: string | undefined) => void,
): ColumnSort | undefined {
  if (key === undefined) return undefined;
  const direction = sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : undefined;
  const following = { ascending: `-${key}`, descending: undefined, none: key } as const;
  return { direction, onSort: () => onSort(following[direction ?? 'none']) };
}

/** Table with the patients of one page. */
export const PatientTable = memo(function PatientTable(now: PatientTableProps) {
  // A pressed key or button responds before many rows render; few new rows do not wait for that.
  const late = useDeferredValue(now);
  const same = now.rows === late.rows;
  const drawn = same || now.rows.length > FEW ? late : now;
  const { rows, page, following, skeletonRows, columns: chosen, sort, sortKeys } = drawn;
  const { onSort, onOpen, selecting } = drawn;
  const busy = now.busy || drawn.rows !== now.rows;
  const t = useMessages(messages);
  const columns = useMemo((): Column<Row>[] => {
    const usual = patientColumns({
      t,
      chosen,
      nameCell: (patient) => (
        <>
          <NameCell
            patient={patient}
            t={t}
            link={(className, name) => (
              <ChartLink patient={patient} className={className} onOpen={onOpen}>
                {name}
              </ChartLink>
            )}
          />
          <Found patient={patient} />
        </>
      ),
      cell: (id, patient) =>
        isUsual(id) ? (
          <UsualCell column={id} patient={patient} t={t} />
        ) : (
          <Suspense>
            <ExtraCell column={id} patient={patient} />
          </Suspense>
        ),
      statusCell: (patient) => <Status patient={patient} />,
    });
    if (!selecting) return usual;
    const cell = (patient: Row): ReactNode => (
      <Suspense>
        <SelectCell patient={patient} />
      </Suspense>
    );
    return [{ id: 'select', header: t('select'), need: 5, cell }, ...usual];
  }, [t, chosen, onOpen, selecting]);
  // The rows and number of the previous page stay until the rows of the new page have arrived.
  const [turned, setTurned] = useState(page);
  if (!busy && turned !== page) setTurned(page);
  const keys: Readonly<Record<string, string | undefined>> = sortKeys;
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      sortOf={(id) => sorting(keys[id], sort, onSort)}
      rows={rows}
      page={turned}
      following={following && following.length <= MOST_DRAWN ? following : undefined}
      rowKey={rowKey}
      busy={busy}
      skeletonRows={skeletonRows}
    />
  );
});

/**
 * Link to the chart. The router's `Link` would render every row again whenever the URL changes. The
 * chart's code is preloaded (`preloadChart`).
 */
function ChartLink({
  patient,
  className,
  onOpen,
  children,
}: {
  patient: Row;
  className: string | undefined;
  onOpen: (patient: Row) => void;
  children: ReactNode;
}) {
  const navigate = useNavigate();
  const opening = useContext(OpenContext);
  const open = (event: MouseEvent): void => {
    // With a modifier key the browser opens a tab or window, as for any link.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen(patient);
    opening(patient, () => navigate({ to: '/patients/$id', params: { id: patient.id } }));
  };
  return (
    <a className={className} href={chartPath(patient.id)} onClick={open}>
      {children}
    </a>
  );
}

function Status({ patient }: { patient: Row }) {
  const t = useMessages(messages);
  const remark = useContext(RemarksContext)?.get(patient.id);
  return <StatusCell patient={patient} t={t} more={remark?.flags} />;
}

function Found({ patient }: { patient: Row }) {
  const found = useContext(RemarksContext)?.get(patient.id)?.found;
  return found && <div className={styles.aside}>{found}</div>;
}

const rowKey = (patient: Row): string => patient.id;
