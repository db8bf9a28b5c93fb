import type { Patient } from 'fhir/r4';
import type { ReactNode } from 'react';
import type { Stored } from '#fhir/types.ts';
import type { Column } from '#ui/table/data-table.tsx';
import type { ColumnId } from './columns.ts';
import type { ListText } from './patient-cells.tsx';

type Row = Stored<Patient>;

/** Message ids of the headers of optional columns. */
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

/**
 * Column widths: `need` is the minimum in rem, at which no word, date or usual number breaks, and
 * `grow` the share of the remaining space. In a wide window identifiers are side by side. The
 * default columns fit on A4 and on a screen of 1,024 pixels.
 */
const ROOM: Readonly<Record<ColumnId, readonly [need: number, grow: number]>> = {
  birthDate: [7, 4],
  gender: [8.5, 0],
  identifiers: [8, 10],
  phone: [9.75, 0],
  email: [11, 2],
  address: [12, 2],
  language: [7, 0],
  updated: [7, 2],
  id: [8, 2],
};

/** Returns the path of a chart, unescaped: a FHIR id has only letters, digits, `-` and `.`. */
export const chartPath = (id: string): string => `${import.meta.env.BASE_URL}patients/${id}`;

export interface ColumnParts {
  t: ListText;
  /** Columns between name and status. */
  chosen: readonly ColumnId[];
  nameCell: (patient: Row) => ReactNode;
  cell: (column: ColumnId, patient: Row) => ReactNode;
  statusCell: (patient: Row) => ReactNode;
}

/** Returns the columns of the list, without the selection column. Uses no hooks, like the cells. */
export function patientColumns(o: ColumnParts): Column<Row>[] {
  const { t, chosen, nameCell, cell, statusCell } = o;
  return [
    {
      id: 'name',
      header: t('columnName'),
      need: 11.75,
      grow: 2,
      rowHeader: true,
      cell: nameCell,
    },
    ...chosen.map((id): Column<Row> => {
      const [need, grow] = ROOM[id];
      return {
        id,
        header: t(HEADERS[id]),
        need,
        grow,
        cell: (patient) => cell(id, patient),
      };
    }),
    { id: 'status', header: t('columnStatus'), need: 8.5, grow: 1, cell: statusCell },
  ];
}
