import type { Patient } from 'fhir/r4';
import { isId } from '#fhir/reference.ts';
import type { Stored } from '#fhir/types.ts';
import { formatMessage } from '#i18n/format.ts';
import { draw } from '#ui/draw.ts';
import { list, record, records } from '#lib/narrow.ts';
import { RowCells } from '#ui/table-row.tsx';
import { DEFAULT_COLUMNS } from './columns.ts';
import { messages } from './messages.ts';
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
 * Draws the rows of the first list before the program is there, by the program's own cells.
 *
 * @param bundle what the server answered, not checked yet
 * @returns whether it was plain enough; otherwise nothing was drawn
 */
export function drawFirstRows(bundle: unknown, body: Element, page: DocumentFragment): boolean {
  const patients = patientsOf(bundle);
  if (!patients) return false;
  for (const patient of patients) draw(<RowCells row={patient} columns={columns} />, body);
  const pages = page.querySelectorAll<HTMLButtonElement>('nav button');
  const hasNext = records(record(bundle)['link']).some((link) => link['relation'] === 'next');
  const next = pages[pages.length - 1];
  if (next) next.disabled = !hasNext;
  return true;
}
