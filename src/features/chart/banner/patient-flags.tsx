import { useMessages } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import type { BannerModel } from './banner-model.ts';
import { CaveatFlag } from '../cells/caveats.tsx';
import { messages } from '../messages.ts';
import { QualifierFlags } from '../qualifiers/qualifier-flags.tsx';
import styles from './patient-flags.module.css';

/**
 * Shows the warnings beside a name, each as words with an icon (rule C5 in docs/requirements.md).
 */
export function PatientFlags({ model }: { model: BannerModel }) {
  const t = useMessages(messages);
  const { status, nameFlags, birthDateDoubt, interpreter, caveats } = model;
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
      {caveats.includes('restricted') && (
        <Flag tone="danger" icon="lock">
          {t('flagRestricted')}
        </Flag>
      )}
      {caveats.map(
        (caveat) => caveat !== 'restricted' && <CaveatFlag key={caveat} caveat={caveat} />,
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
      {birthDateDoubt && (
        <Flag tone="warning" icon="warning">
          {t(`birthDate.${birthDateDoubt}`)}
        </Flag>
      )}
      <QualifierFlags model={model} />
      {interpreter && (
        <Flag tone="info" icon="person">
          {interpreter.language
            ? t('flagInterpreterFor', { language: interpreter.language })
            : t('interpreterNeeded')}
        </Flag>
      )}
    </div>
  );
}
