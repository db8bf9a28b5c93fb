import type { Patient } from 'fhir/r4';
import { judgeLink } from '#fhir/client/page-url.ts';
import type { Stored } from '#fhir/types.ts';
import { formatMessage } from '#i18n/format.ts';
import { draw } from '#ui/draw.ts';
import { isId } from '#lib/id.ts';
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
  statusCell: (patient) => <StatusCell patient={patient} t={t} more={undefined} />,
});

/** Returns the patients of a response; undefined if it has other entries or bad or equal ids. */
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
 * Returns functions that each draw a row of the first list with the app's own cells, before the app
 * has loaded.
 *
 * @param bundle the server's response, not validated yet
 * @returns undefined if the response is not a plain list of patients
 */
export function firstRows(bundle: unknown): readonly (() => Node)[] | undefined {
  return patientsOf(bundle)?.map((patient) => () => {
    const body = document.createElement('tbody');
    draw(<RowCells row={patient} columns={columns} />, body);
    return body.firstChild!;
  });
}

/** Returns the URL of the next page, if the app would follow it. */
export function nextPage(bundle: unknown, fhirBaseUrl: string): string | undefined {
  const link = records(record(bundle)['link']).find((one) => one['relation'] === 'next');
  const judged = judgeLink(link?.['url'], fhirBaseUrl, 'Patient');
  return judged.verdict === 'refused' ? undefined : judged.url;
}

/** Draws a row in advance, because the first dates, numbers and names cost more than later ones. */
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
