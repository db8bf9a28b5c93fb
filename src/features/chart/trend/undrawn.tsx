import { isModified } from '#fhir/caveats/modifiers.ts';
import { formatDateTime } from '#fhir/dates/dates.ts';
import { measurements } from '#fhir/observation/observation.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Flag } from '#ui/flag.tsx';
import { Measurements } from '../observation/measurements.tsx';
import { messages } from './messages.ts';
import type { Result } from './results-of-tests.ts';
import styles from './trends.module.css';

/**
 * Warns that a figure lacks a result that may be the newest, and shows its value, with its name if
 * that is not the name of the figure.
 */
export function Undrawn({
  result: { observation, label, date },
  figure,
}: {
  result: Result;
  /** Name of the figure. */
  figure: string;
}) {
  const t = useMessages(messages);
  return (
    <div className={styles.undrawn}>
      <Flag tone="warning" icon="warning">
        {t('trendUndrawn', { date: formatDateTime(date) ?? '' })}
      </Flag>
      {/* A modified value may mean something else, which only the table explains. */}
      {!isModified(observation) && (
        <>
          {label !== figure && <bdi>{label}: </bdi>}
          <Measurements values={measurements(observation)} />
        </>
      )}
    </div>
  );
}
