import type { Patient } from 'fhir/r4';
import { displayName } from '#fhir/patient/names.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import { ComparePatients } from '../form/compare/compare-patients.tsx';
import { messages } from './messages.ts';
import styles from './actions.module.css';

/** Shows the two records of a link side by side, each flagged with its state after the change. */
export function ComparePair({
  source,
  target,
  flags,
}: {
  source: Patient;
  target: Patient;
  /** Flag texts of the source and of the target. */
  flags: readonly [string, string];
}) {
  const t = useMessages(messages);
  const column = (key: string, patient: Patient, tone: 'warning' | 'success', flag: string) => ({
    key,
    patient,
    heading: (
      <span className={styles.heading}>
        {displayName(patient).text ?? t('nameNotKnown')} <Flag tone={tone}>{flag}</Flag>
      </span>
    ),
  });
  return (
    <ComparePatients
      patients={[
        column('source', source, 'warning', flags[0]),
        column('target', target, 'success', flags[1]),
      ]}
    />
  );
}
