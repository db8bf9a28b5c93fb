import type { Patient } from 'fhir/r4';
import type { ReactNode } from 'react';
import type { Stored } from '#fhir/types.ts';
import type { Column } from '#ui/data-table.tsx';
import type { ColumnId } from './columns.ts';
import type { ListText } from './patient-cells.tsx';

type Row = Stored<Patient>;

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

/** Of a wide screen. Identifiers take the rest: in a wide window they stand side by side. */
const WIDTHS: Partial<Record<ColumnId, string>> = {
  birthDate: '10.5rem',
  gender: '8rem',
  phone: '9.25rem',
};

/** The path of a patient's chart. A FHIR id holds letters, digits, `-` and `.` only. */
export const chartPath = (id: string): string => `${import.meta.env.BASE_URL}patients/${id}`;

export interface ColumnParts {
  t: ListText;
  /** Between name and status. */
  chosen: readonly ColumnId[];
  nameCell: (patient: Row) => ReactNode;
  cell: (column: ColumnId, patient: Row) => ReactNode;
  statusCell: (patient: Row) => ReactNode;
}

/** The columns of the list, without those for choosing. Knows no hooks, as the cells. */
export function patientColumns(o: ColumnParts): Column<Row>[] {
  const { t, chosen, nameCell, cell, statusCell } = o;
  return [
    {
      id: 'name',
      header: t('columnName'),
      width: '15rem',
      rowHeader: true,
      cell: nameCell,
    },
    ...chosen.map((id): Column<Row> => {
      const width = WIDTHS[id];
      return {
        id,
        header: t(HEADERS[id]),
        ...(width && { width }),
        cell: (patient) => cell(id, patient),
      };
    }),
    { id: 'status', header: t('columnStatus'), width: '9.5rem', cell: statusCell },
  ];
}
