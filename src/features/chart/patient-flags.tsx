import type { NameFlag } from '#fhir/names.ts';
import type { PatientStatus } from '#fhir/patient.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import { messages } from './messages.ts';
import styles from './patient-flags.module.css';

/** What must be seen beside a name: each as words with an icon (rule C5). */
export function PatientFlags({
  status,
  nameFlags,
}: {
  status: PatientStatus;
  nameFlags: readonly NameFlag[];
}) {
  const t = useMessages(messages);
  return (
    <div className={styles.flags}>
      {status.deceased && (
        <Flag tone="neutral" icon="deceased">
          {t('flagDeceased')}
        </Flag>
      )}
      {status.merged && (
        <Flag tone="danger" icon="merge">
          {t('flagMerged')}
        </Flag>
      )}
      {status.inactive && (
        <Flag tone="warning" icon="inactive">
          {t('flagInactive')}
        </Flag>
      )}
      {status.restricted && (
        <Flag tone="danger" icon="lock">
          {t('flagRestricted')}
        </Flag>
      )}
      {status.test && (
        <Flag tone="info" icon="flask">
          {t('flagTest')}
        </Flag>
      )}
      {nameFlags.map((flag) => (
        <Flag key={flag} tone="warning" icon="warning">
          {t(`nameFlag.${flag}`)}
        </Flag>
      ))}
    </div>
  );
}
