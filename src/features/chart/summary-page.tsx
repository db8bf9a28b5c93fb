import { classNames } from '#ui/class-names.ts';
import { useInnerHeadingFocus } from '#ui/inner-page.ts';
import { useMessages } from '#i18n/provider.tsx';
import { RawJson } from '#ui/raw-json.tsx';
import { Demographics } from './demographics.tsx';
import { messages } from './messages.ts';
import { panels } from './panels.ts';
import { SummaryCard } from './summary-card.tsx';
import { useFilling } from './use-filling.ts';
import { usePatient, usePatientId } from './use-patient.ts';
import styles from './summary.module.css';

/** `/patients/:id`: the newest of the main panels, and all that is known of the person. */
export function SummaryPage() {
  const t = useMessages(messages);
  const id = usePatientId();
  const { data } = usePatient();
  const heading = useInnerHeadingFocus();
  const filling = useFilling(id);
  return (
    <div className={styles.page}>
      <h2 ref={heading} tabIndex={-1} className="visually-hidden">
        {t('summary')}
      </h2>
      <div className={classNames(styles.cards, filling && styles.filling)}>
        {panels
          .filter((panel) => panel.card)
          .map((panel) => (
            <SummaryCard key={`${id}/${panel.id}`} panel={panel} patientId={id} />
          ))}
      </div>
      {data && <Demographics patient={data.resource} />}
      {data && <RawJson value={data.resource} />}
    </div>
  );
}
