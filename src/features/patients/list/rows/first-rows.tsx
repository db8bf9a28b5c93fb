import type { Patient } from 'fhir/r4';
import { judgeLink } from '#fhir/client/page-url.ts';
import { isId } from '#fhir/reference.ts';
import type { Stored } from '#fhir/types.ts';
import { formatMessage } from '#i18n/format.ts';
import { draw } from '#ui/draw.ts';
import { list, record, records } from '#lib/narrow.ts';
import { RowCells } from '#ui/table/table-row.tsx';
import { DEFAULT_COLUMNS } from './columns.ts';
import { messages } from '../messages.ts';
import { isUsual, NameCell, StatusCell, UsualCell, type ListText } from './patient-cells.tsx';
import { chartPath, patientColumns } from './patient-columns.tsx';

const t: ListText = (id, values) => formatMessage(messages.en[id], 'en', values);

const columns = patientColumns({
  t,
  chosen: DEFAULT_COLUMNS,
  nameCell: (patient) => (
    <NameCell
      patient={patient}
      t={t}
      link={(className, name) => (
        <a className={className} href={chartPath(patient.id)}>
          {name}
        </a>
      )}
    />
  ),
  cell: (id, patient) => isUsual(id) && <UsualCell column={id} patient={patient} t={t} />,
  statusCell: (patient) => <StatusCell patient={patient} t={t} similar={undefined} />,
});

/** The patients of a plain answer; undefined where there is more to it than patients. */
function patientsOf(bundle: unknown): readonly Stored<Patient>[] | undefined {
  const entries = list(record(bundle)['entry']);
  const patients = entries.map((entry) => record(record(entry)['resource']));
  const ids = new Set(patients.map((patient) => patient['id']));
  const plain = patients.every((p) => p['resourceType'] === 'Patient' && isId(p['id']));
  return plain && entries.length > 0 && ids.size === entries.length
    ? (patients as unknown as readonly Stored<Patient>[])
    : undefined;
}

/**
 * The rows of the first list, drawn one after another before the program is there, by the program's
 * own cells.
 *
 * @param bundle what the server answered, not checked yet
 * @returns undefined where it is not plain enough
 */
export function firstRows(bundle: unknown): readonly (() => Node)[] | undefined {
  return patientsOf(bundle)?.map((patient) => () => {
    const body = document.createElement('tbody');
    draw(<RowCells row={patient} columns={columns} />, body);
    return body.firstChild!;
  });
}

/** The address of the page after, as the program would judge it. */
export function nextPage(bundle: unknown, fhirBaseUrl: string): string | undefined {
  const link = records(record(bundle)['link']).find((one) => one['relation'] === 'next');
  const judged = judgeLink(link?.['url'], fhirBaseUrl, 'Patient');
  return judged.verdict === 'refused' ? undefined : judged.url;
}

/** Pays beforehand what drawing the first dates, numbers and names costs more than all others. */
export function warmUp(): void {
  firstRows({ entry: [{ resource: NOBODY }] })?.[0]?.();
}

const NOBODY: Patient = {
  resourceType: 'Patient',
  id: 'nobody',
  name: [{ family: 'Nobody' }],
  birthDate: '1970-01-01',
  identifier: [{ value: '1' }],
};
