import type { Patient } from 'fhir/r4';
import { lazy, memo, Suspense, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { Similar } from '#fhir/similar.ts';
import type { Stored } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { DataTable, type Column } from '#ui/data-table.tsx';
import type { ColumnId } from './columns.ts';
import { messages } from './messages.ts';
import {
  BornCell,
  GenderCell,
  IdentifiersCell,
  NameCell,
  PhoneCell,
  StatusCell,
} from './patient-cells.tsx';

type Row = Stored<Patient>;

/** Nobody compares more rows by eye, and comparing each pair would be felt. */
const MOST_COMPARED = 200;

const ExtraCell = lazy(async () => ({ default: (await import('./extra-cells.tsx')).ExtraCell }));
const SelectCell = lazy(async () => ({
  default: (await import('./selection/select-cell.tsx')).SelectCell,
}));

/** The head of each column that may be left out. */
export const HEADERS = {
  birthDate: 'columnBirthDate',
  gender: 'columnGender',
  identifiers: 'columnIdentifiers',
  phone: 'columnPhone',
  email: 'columnEmail',
  address: 'columnAddress',
  language: 'columnLanguage',
  updated: 'columnUpdated',
  id: 'columnId',
} as const satisfies Record<ColumnId, string>;

/** Of a wide screen; identifiers have the room to stand side by side. */
const WIDTHS: Partial<Record<ColumnId, string>> = {
  birthDate: '13%',
  gender: '8%',
  identifiers: '40%',
  phone: '11%',
};

function choosableCell(id: ColumnId, patient: Row): ReactNode {
  if (id === 'birthDate') return <BornCell patient={patient} />;
  if (id === 'gender') return <GenderCell patient={patient} />;
  if (id === 'identifiers') return <IdentifiersCell patient={patient} />;
  if (id === 'phone') return <PhoneCell patient={patient} />;
  return (
    <Suspense>
      <ExtraCell column={id} patient={patient} />
    </Suspense>
  );
}

export interface Selection {
  readonly selected: ReadonlyMap<string, Patient>;
  /** One only, of all rows. */
  readonly single: boolean;
  onSelect: (patient: Row, on: boolean) => void;
}

export interface PatientTableProps {
  rows: readonly Row[];
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
) {
  if (key === undefined) return undefined;
  const direction = sort === key ? 'ascending' : sort === `-${key}` ? 'descending' : undefined;
  const following = { ascending: `-${key}`, descending: undefined, none: key } as const;
  return { direction, onSort: () => onSort(following[direction ?? 'none']) } as const;
}

/** The patients of one page. */
export const PatientTable = memo(function PatientTable({
  rows,
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
    const keys: Partial<Record<ColumnId, string | undefined>> = { birthDate: sortKeys.birthDate };
    return [
      ...(selection ? [selectColumn(selection, t('select'))] : []),
      {
        id: 'name',
        header: t('columnName'),
        width: '18%',
        rowHeader: true,
        sort: sorting(sortKeys.name, sort, onSort),
        cell: (patient) => <NameCell patient={patient} onOpen={onOpen} />,
      },
      ...chosen.map((id): Column<Row> => {
        const width = WIDTHS[id];
        return {
          id,
          header: t(HEADERS[id]),
          ...(width && { width }),
          sort: sorting(keys[id], sort, onSort),
          cell: (patient) => choosableCell(id, patient),
        };
      }),
      {
        id: 'status',
        header: t('columnStatus'),
        cell: (patient) => (
          <StatusCell patient={patient} similar={similar?.get(patient.id)?.reason} />
        ),
      },
    ];
  }, [t, similar, chosen, sort, sortKeys.name, sortKeys.birthDate, onSort, onOpen, selection]);
  return (
    <DataTable
      caption={t('title')}
      columns={columns}
      rows={rows}
      rowKey={rowKey}
      busy={busy}
      skeletonRows={skeletonRows}
    />
  );
});

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
      const { similarRows } = await import('#fhir/similar.ts');
      if (current) setFound(similarRows(rows));
    };
    // Advisory: where its code cannot be fetched the list is as good as without it.
    compare().catch(() => undefined);
    return () => {
      current = false;
      setFound(undefined);
    };
  }, [rows]);
  return found;
}

const rowKey = (patient: Row): string => patient.id;
