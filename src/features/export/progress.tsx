import { percentage, type ExportStep } from '#fhir/bulk-export/bulk-export-poll.ts';
import { useMessages } from '#i18n/provider.tsx';
import { idleMinutes } from '#session/idle/idle-watch.ts';
import { messages } from './messages.ts';
import styles from './export.module.css';

/** Shows the progress of a running export as a bar and as text. */
export function Progress({
  step,
}: {
  step: Extract<ExportStep, { state: 'running' }> | undefined;
}) {
  const t = useMessages(messages);
  const n = idleMinutes();
  const value = percentage(step?.progress);
  const words = step?.progress
    ? t('serverSays', { text: step.progress })
    : t(step ? 'noProgress' : 'asking');
  return (
    <>
      <p>{t('runningTitle')}</p>
      {/* Without a value the bar shows "busy". */}
      <progress
        className={styles.progress}
        aria-label={t('progress')}
        max={100}
        {...(value !== undefined && { value })}
      />
      <p role="status">
        {words} {step?.trouble !== undefined && t('trouble')}
      </p>
      {step && <p className={styles.muted}>{t('nextAsk', { n: Math.ceil(step.waitMs / 1000) })}</p>}
      <p className={styles.muted}>
        {t('runningText')} {n !== undefined && t('runningIdle', { n })}
      </p>
    </>
  );
}
