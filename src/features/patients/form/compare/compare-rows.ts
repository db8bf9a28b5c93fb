import type { Patient } from 'fhir/r4';
import { addresses } from '#fhir/patient/addresses.ts';
import { formatDate, formatDateTime } from '#fhir/dates/dates.ts';
import { displayName, formatName } from '#fhir/patient/names.ts';
import {
  careProviders,
  contacts,
  languages,
  maritalStatus,
  multipleBirth,
} from '#fhir/patient/patient-details.ts';
import { gender, identifiers, patientStatus, telecoms } from '#fhir/patient/patient.ts';
import { isolate } from '#i18n/isolate.ts';
import { record, records, text } from '#lib/narrow.ts';
import { contactRoles } from '#ui/contact-role/contact-role.ts';
import { bornText } from './born-text.ts';
import { NAME_USES } from '../fields/codes.ts';
import type { FormText } from '../messages.ts';

/** A row of the comparison: its label, and a function that returns its text for a patient. */
export type CompareRow = readonly [label: string, cell: (patient: Patient) => string | undefined];

const lines = (parts: readonly (string | undefined)[]): string | undefined =>
  parts.filter(Boolean).join('\n') || undefined;

const noted = (value: string, note: string): string => (note ? `${value} (${note})` : value);

/** Returns the start and end of a Period as text. */
function periodWords(period: unknown, t: FormText): string {
  const day = (value: unknown): string | undefined => formatDate(text(value)?.slice(0, 10));
  const { start, end } = record(period);
  const [from, until] = [day(start), day(end)];
  return [from && `${t('inUseFrom')} ${from}`, until && `${t('inUseUntil')} ${until}`]
    .filter(Boolean)
    .join(', ');
}

/** Returns why a recorded value is not current; empty if it is current. */
const outOfUse = (
  item: { readonly use: string | undefined; readonly old: boolean; readonly period: unknown },
  old: string,
  t: FormText,
): string => (item.old ? (item.use === 'old' ? old : periodWords(item.period, t)) : '');

/** Returns all names except the displayed one, each with its use; people may go by any of them. */
function otherNames(patient: Patient, t: FormText): readonly string[] {
  const shown = displayName(patient).text;
  return records(patient.name).flatMap((name) => {
    const words = formatName(name);
    if (words === undefined || words === shown) return [];
    const use = NAME_USES.find((known) => known === name['use']);
    return [noted(words, use ? t(`nameUse.${use}`) : periodWords(name['period'], t))];
  });
}

function status(patient: Patient, baseUrl: string, t: FormText): readonly string[] {
  const { deceased, merged, inactive } = patientStatus(patient, baseUrl);
  return [
    ...(deceased ? [`${t('deceased')} ${formatDate(deceased.date) ?? ''}`] : []),
    ...(merged ? [t('mergedRecord')] : []),
    inactive ? t('active.false') : patient.active === true ? t('active.true') : '',
  ];
}

/**
 * Returns the rows that distinguish people (`main`) and the other rows of a record (`more`).
 *
 * @param baseUrl base URL of the server, to resolve the link of a merged record
 */
export function compareRows(
  t: FormText,
  baseUrl: string,
): { readonly main: readonly CompareRow[]; readonly more: readonly CompareRow[] } {
  const main: CompareRow[] = [
    [t('name'), (p) => displayName(p).text],
    [t('birthDate'), (p) => bornText(p)],
    [
      t('gender'),
      (p) => {
        const code = gender(p);
        return code && t(`gender.${code}`);
      },
    ],
    [
      t('identifiers'),
      (p) =>
        lines(
          identifiers(p).map((i) =>
            noted(
              [i.type, isolate(i.value)].filter(Boolean).join(' '),
              outOfUse(i, t('idUse.old'), t),
            ),
          ),
        ),
    ],
    [
      t('contact'),
      (p) =>
        lines(telecoms(p).map((c) => noted(isolate(c.value), outOfUse(c, t('telecomUse.old'), t)))),
    ],
    [
      t('address'),
      (p) =>
        lines(
          addresses(p).map((a) => noted(a.lines.join(', '), outOfUse(a, t('addressUse.old'), t))),
        ),
    ],
    [t('statusPart'), (p) => lines(status(p, baseUrl, t))],
  ];
  const more: CompareRow[] = [
    [t('otherNames'), (p) => lines(otherNames(p, t))],
    [t('maritalStatus'), maritalStatus],
    [
      t('multipleBirth'),
      (p) => {
        const order = multipleBirth(p);
        return typeof order === 'number'
          ? String(order)
          : order === undefined
            ? undefined
            : t(`multiple.${order ? 'yes' : 'no'}`);
      },
    ],
    [t('languages'), (p) => lines(languages(p).map((l) => l.language))],
    [
      t('contactPersons'),
      (p) =>
        lines(
          contacts(p).map((c) =>
            [c.name, ...contactRoles(c.relationship)].filter(Boolean).join(', '),
          ),
        ),
    ],
    [t('generalPractitioner'), (p) => lines(careProviders(p).practitioners)],
    [t('managingOrganization'), (p) => careProviders(p).organization],
    [t('lastChanged'), (p) => formatDateTime(p.meta?.lastUpdated)],
  ];
  return { main, more };
}
