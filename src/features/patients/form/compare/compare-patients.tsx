import type { Patient } from 'fhir/r4';
import type { ReactNode } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { useMessages } from '#i18n/provider.tsx';
import { CompareFrame } from './compare-frame.tsx';
import { compareRows, type CompareRow } from './compare-rows.ts';
import { BidiLines } from './bidi-lines.tsx';
import { messages } from '../messages.ts';
import styles from '../form.module.css';

export interface ComparedPatient {
  readonly key: string;
  readonly patient: Patient;
  /** Heading of this patient's column. */
  readonly heading: ReactNode;
}

/** Shows patients side by side: first the elements that distinguish people, the others folded. */
export function ComparePatients({
  patients,
  children,
}: {
  patients: readonly ComparedPatient[];
  /** Extra rows at the top of the first table, such as why two records are similar. */
  children?: ReactNode;
}) {
  const t = useMessages(messages);
  const { main, more } = compareRows(t, useFhir().client.baseUrl);
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
  rows: readonly CompareRow[];
  children?: ReactNode;
}) {
  const t = useMessages(messages);
  return (
    <CompareFrame
      label={label}
      heads={[
        ['element', t('element')],
        ...patients.map(({ key, heading }) => [key, heading] as const),
      ]}
    >
      {children}
      {rows.map(([name, cell]) => (
        <tr key={name}>
          <th scope="row">{name}</th>
          {patients.map(({ key, patient }) => (
            <td key={key} className={styles.lines}>
              <BidiLines text={cell(patient) ?? t('notKnown')} />
            </td>
          ))}
        </tr>
      ))}
    </CompareFrame>
  );
}
