import type { Patient } from 'fhir/r4';
import { useNavigate } from '@tanstack/react-router';
import {
  createContext,
  lazy,
  memo,
  Suspense,
  useContext,
  useEffect,
  useMemo,
  useState,
  type MouseEvent,
  type ReactNode,
} from 'react';
import type { Similar } from '#fhir/similar.ts';
import type { Stored } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { whenIdle } from '#lib/when-idle.ts';
import { DataTable, type Column, type ColumnSort } from '#ui/data-table.tsx';
import type { ColumnId } from './columns.ts';
import { fetchLater } from './fetch-later.ts';
import { messages } from './messages.ts';
import { isUsual, NameCell, StatusCell, UsualCell } from './patient-cells.tsx';
import { chartPath, patientColumns } from './patient-columns.tsx';

type Row = Stored<Patient>;

/** Nobody compares more rows by eye, and comparing each pair would be felt. */
const MOST_COMPARED = 200;

/** Rows that are drawn before anybody asks for them: more would take memory for nothing. */
const MOST_DRAWN = 100;

const ExtraCell = lazy(async () => ({ default: (await import('./extra-cells.tsx')).ExtraCell }));
const SelectCell = lazy(async () => ({
  default: (await import('./selection/select-cell.tsx')).SelectCell,
}));

export interface Selection {
  readonly selected: ReadonlyMap<string, Patient>;
  /** One only, of all rows. */
  readonly single: boolean;
  onSelect: (patient: Row, on: boolean) => void;
}

export interface PatientTableProps {
  rows: readonly Row[];
  /** From 1. */
  page: number;
  /** Of the page after, once they are there. */
  following: readonly Row[] | undefined;
  busy: boolean;
  /** Set while nothing is known yet. */
  skeletonRows: number | undefined;
  /** Between name and status. */
  columns: readonly ColumnId[];
  sort: string | undefined;
  /** The server's sort keys for the two columns that can be sorted. */
  sortKeys: { readonly name: string | undefined; readonly birthDate: string | undefined };
  onSort: (sort: string | undefined) => void;
  onOpen: (patient: Row) => void;
  /** There where rows can be chosen. */
  selection: Selection | undefined;
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

/** The patients of one page. */
export const PatientTable = memo(function PatientTable({
  rows,
  page,
  following,
  busy,
  skeletonRows,
  columns: chosen,
  sort,
  sortKeys,
  onSort,
  onOpen,
  selection,
}: PatientTableProps) {
  const t = useMessages(messages);
  const similar = useSimilar(rows);
  const columns = useMemo((): Column<Row>[] => {
    const usual = patientColumns({
      t,
      chosen,
      nameCell: (patient) => (
        <NameCell
          patient={patient}
          t={t}
          link={(className, name) => (
            <ChartLink patient={patient} className={className} onOpen={onOpen}>
              {name}
            </ChartLink>
          )}
        />
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
    return selection ? [selectColumn(selection, t('select')), ...usual] : usual;
  }, [t, chosen, onOpen, selection]);
  const keys: Readonly<Record<string, string | undefined>> = sortKeys;
  return (
    <SimilarContext value={similar}>
      <DataTable
        caption={t('title')}
        columns={columns}
        sortOf={(id) => sorting(keys[id], sort, onSort)}
        rows={rows}
        page={page}
        following={following && following.length <= MOST_DRAWN ? following : undefined}
        rowKey={rowKey}
        busy={busy}
        skeletonRows={skeletonRows}
      />
    </SimilarContext>
  );
});

/**
 * The way to the chart. Not the router's own link, of which each is drawn again whenever the address
 * changes: a page of the list has as many as rows. The chart's code is fetched beforehand.
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
  const open = (event: MouseEvent): void => {
    // Another button or key: the browser opens a tab or window, as for any link.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    onOpen(patient);
    void navigate({ to: '/patients/$id', params: { id: patient.id } });
  };
  return (
    <a className={className} href={chartPath(patient.id)} onClick={open}>
      {children}
    </a>
  );
}

/** Known a moment after the rows: then only the cells that say so are drawn again. */
const SimilarContext = createContext<ReadonlyMap<string, Similar> | undefined>(undefined);

function Status({ patient }: { patient: Row }) {
  const t = useMessages(messages);
  const similar = useContext(SimilarContext)?.get(patient.id)?.reason;
  return <StatusCell patient={patient} t={t} similar={similar} />;
}

function selectColumn({ selected, single, onSelect }: Selection, header: string): Column<Row> {
  return {
    id: 'select',
    header,
    width: '3rem',
    cell: (patient) => (
      <Suspense>
        <SelectCell
          patient={patient}
          checked={selected.has(patient.id)}
          single={single}
          onChange={(on) => onSelect(patient, on)}
        />
      </Suspense>
    ),
  };
}

/** Compares the rows with each other once they are on screen: a warning may come a moment later. */
function useSimilar(rows: readonly Row[]): ReadonlyMap<string, Similar> | undefined {
  const [found, setFound] = useState<ReadonlyMap<string, Similar>>();
  useEffect(() => {
    if (rows.length < 2 || rows.length > MOST_COMPARED) return undefined;
    let current = true;
    const compare = async (): Promise<void> => {
      const { similarRows } = await fetchLater();
      if (current) setFound(similarRows(rows));
    };
    // Advisory: where its code cannot be fetched the list is as good as without it.
    const stop = whenIdle(() => void compare().catch(() => undefined));
    return () => {
      current = false;
      stop();
      setFound(undefined);
    };
  }, [rows]);
  return found;
}

const rowKey = (patient: Row): string => patient.id;
