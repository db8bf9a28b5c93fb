import type { Patient } from 'fhir/r4';
import type { ReactNode } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { formatDate, formatDateTime } from '#fhir/dates.ts';
import { displayName, formatName } from '#fhir/names.ts';
import {
  careProviders,
  contacts,
  languages,
  maritalStatus,
  multipleBirth,
} from '#fhir/patient-details.ts';
import { addresses, gender, identifiers, patientStatus, telecoms } from '#fhir/patient.ts';
import { list } from '#lib/narrow.ts';
import { useMessages } from '#i18n/provider.tsx';
import { bornText } from './born-text.ts';
import { messages } from './messages.ts';
import styles from './form.module.css';

export interface ComparedPatient {
  readonly key: string;
  readonly patient: Patient;
  /** What stands above the column. */
  readonly heading: ReactNode;
}

type Row = readonly [label: string, cell: (patient: Patient) => string | undefined];

const lines = (parts: readonly (string | undefined)[]): string | undefined =>
  parts.filter(Boolean).join('\n') || undefined;

/** The rows by which people are told apart, and all the others that a record may hold. */
function useRows(): { main: readonly Row[]; more: readonly Row[] } {
  const t = useMessages(messages);
  const { client } = useFhir();
  const main: Row[] = [
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
      (p) => lines(identifiers(p).map((i) => [i.type, i.value].filter(Boolean).join(' '))),
    ],
    [t('contact'), (p) => lines(telecoms(p).map((c) => c.value))],
    [t('address'), (p) => lines(addresses(p).map((a) => a.lines.join(', ')))],
    [t('statusPart'), (p) => lines(statusWords(p))],
  ];
  const statusWords = (p: Patient): string[] => {
    const status = patientStatus(p, client.baseUrl);
    return [
      ...(status.deceased ? [`${t('deceased')} ${formatDate(status.deceased.date) ?? ''}`] : []),
      ...(status.merged ? [t('mergedRecord')] : []),
      status.inactive ? t('active.false') : p.active === true ? t('active.true') : '',
    ].filter(Boolean);
  };
  const more: Row[] = [
    [t('otherNames'), (p) => lines(list(p.name).slice(1).map(formatName))],
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
      (p) => lines(contacts(p).map((c) => [c.name, ...c.relationships].filter(Boolean).join(', '))),
    ],
    [t('generalPractitioner'), (p) => lines(careProviders(p).practitioners)],
    [t('managingOrganization'), (p) => careProviders(p).organization],
    [t('lastChanged'), (p) => formatDateTime(p.meta?.lastUpdated)],
  ];
  return { main, more };
}

/** Patients side by side: what tells people apart first, the rest one press away. */
export function ComparePatients({
  patients,
  children,
}: {
  patients: readonly ComparedPatient[];
  /** Further rows of the first table. */
  children?: ReactNode;
}) {
  const t = useMessages(messages);
  const { main, more } = useRows();
  return (
    <>
      <CompareTable label={t('compared')} patients={patients} rows={main}>
        {children}
      </CompareTable>
      <details className={styles.details}>
        <summary>{t('more')}</summary>
        <CompareTable label={t('comparedMore')} patients={patients} rows={more} />
      </details>
    </>
  );
}

function CompareTable({
  label,
  patients,
  rows,
  children,
}: {
  label: string;
  patients: readonly ComparedPatient[];
  rows: readonly Row[];
  children?: ReactNode;
}) {
  const t = useMessages(messages);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <div className={styles.compare} role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('element')}</th>
            {patients.map(({ key, heading }) => (
              <th scope="col" key={key}>
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, cell]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {patients.map(({ key, patient }) => (
                <td key={key} className={styles.lines}>
                  {cell(patient) ?? t('notKnown')}
                </td>
              ))}
            </tr>
          ))}
          {children}
        </tbody>
      </table>
    </div>
  );
}
