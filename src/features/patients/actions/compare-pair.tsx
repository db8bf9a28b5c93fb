import type { Patient } from 'fhir/r4';
import { displayName } from '#fhir/patient/names.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import { ComparePatients } from '../form/compare/compare-patients.tsx';
import { messages } from './messages.ts';
import styles from './actions.module.css';

/** The two records of a link side by side, each with what becomes of it. */
export function ComparePair({
  gone,
  stays,
  said,
}: {
  gone: Patient;
  stays: Patient;
  /** Of the one that goes, and of the one that stays. */
  said: readonly [string, string];
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
        column('gone', gone, 'warning', said[0]),
        column('stays', stays, 'success', said[1]),
      ]}
    />
  );
}
