import type { Patient } from 'fhir/r4';
import { addresses } from '#fhir/patient/addresses.ts';
import { conceptText } from '#fhir/values/coding.ts';
import { formatDateTime } from '#fhir/dates/dates.ts';
import { telecoms } from '#fhir/patient/patient.ts';
import { record, records, text } from '#lib/narrow.ts';
import type { ColumnId } from './columns.ts';
import styles from './extra-cells.module.css';

export type ExtraColumn = Exclude<ColumnId, 'birthDate' | 'gender' | 'identifiers' | 'phone'>;

const READERS: Readonly<Record<ExtraColumn, (patient: Patient) => string | undefined>> = {
  email: (patient) =>
    telecoms(patient).find(({ system, old }) => !old && system === 'email')?.value,
  address: (patient) => {
    const [address] = addresses(patient);
    return address?.old ? undefined : address?.lines.join(', ');
  },
  language: (patient) => {
    const all = records(record(patient)['communication']);
    const chosen = all.find(({ preferred }) => preferred === true) ?? all[0];
    return conceptText(chosen?.['language']);
  },
  updated: (patient) => formatDateTime(record(record(patient)['meta'])['lastUpdated']),
  id: (patient) => text(record(patient)['id']),
};

/** The cell of a column that is not shown by default. */
export function ExtraCell({ column, patient }: { column: ExtraColumn; patient: Patient }) {
  const value = READERS[column](patient);
  return value === undefined ? null : <bdi className={styles[column]}>{value}</bdi>;
}
