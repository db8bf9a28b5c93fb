import type { Patient } from 'fhir/r4';
import { memo, useEffect, useMemo, useState } from 'react';
import type { Similar } from '#fhir/similar.ts';
import type { Stored } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { DataTable, type Column } from '#ui/data-table.tsx';
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

export interface PatientTableProps {
  rows: readonly Row[];
  busy: boolean;
  /** Set while nothing is known yet. */
  skeletonRows: number | undefined;
  sort: string | undefined;
  /** The server's sort keys for the two columns that can be sorted. */
  sortKeys: { readonly name: string | undefined; readonly birthDate: string | undefined };
  onSort: (sort: string | undefined) => void;
  onOpen: (patient: Row) => void;
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
  sort,
  sortKeys,
  onSort,
  onOpen,
}: PatientTableProps) {
  const t = useMessages(messages);
  const similar = useSimilar(rows);
  const columns = useMemo((): Column<Row>[] => {
    return [
      {
        id: 'name',
        header: t('columnName'),
        width: '23%',
        rowHeader: true,
        sort: sorting(sortKeys.name, sort, onSort),
        cell: (patient) => <NameCell patient={patient} onOpen={onOpen} />,
      },
      {
        id: 'birthDate',
        header: t('columnBirthDate'),
        width: '15%',
        sort: sorting(sortKeys.birthDate, sort, onSort),
        cell: (patient) => <BornCell patient={patient} />,
      },
      {
        id: 'gender',
        header: t('columnGender'),
        width: '10%',
        cell: (patient) => <GenderCell patient={patient} />,
      },
      {
        id: 'identifiers',
        header: t('columnIdentifiers'),
        width: '27%',
        cell: (patient) => <IdentifiersCell patient={patient} />,
      },
      {
        id: 'phone',
        header: t('columnPhone'),
        width: '12%',
        cell: (patient) => <PhoneCell patient={patient} />,
      },
      {
        id: 'status',
        header: t('columnStatus'),
        cell: (patient) => (
          <StatusCell patient={patient} similar={similar?.get(patient.id)?.reason} />
        ),
      },
    ];
  }, [t, similar, sort, sortKeys.name, sortKeys.birthDate, onSort, onOpen]);
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
