import { useFhir } from '#data/fhir-context.ts';
import { may } from '#fhir/permissions/scopes.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { classNames } from '#ui/class-names.ts';
import { useInnerHeadingFocus } from '#ui/inner-page.ts';
import { lazyPart } from '#ui/states/lazy-part.tsx';
import { PartMissing } from '#ui/states/part-missing.tsx';
import { messages } from '../messages.ts';
import { panels } from '../panels.ts';
import { SummaryCard } from './summary-card.tsx';
import { useInitialLoad } from './use-initial-load.ts';
import { usePatient, usePatientId } from '../layout/use-patient.ts';
import styles from './summary.module.css';

/** Loaded lazily, because the clinical cards come first, and stay if this part cannot be loaded. */
const Demographics = lazyPart(
  async () => (await import('../demographics/demographics.tsx')).Demographics,
  PartMissing,
);

/** `/patients/:id`: the newest entries of the main panels, and the patient's demographics. */
export function SummaryPage() {
  const t = useMessages(messages);
  const id = usePatientId();
  const { data } = usePatient();
  const heading = useInnerHeadingFocus();
  const filling = useInitialLoad(id);
  const { scopes } = useFhir().session;
  const cards = panels.filter(({ card }) => card);
  // One sentence names the parts that the scopes refuse: a dozen cards would push down the others.
  const refused = cards.filter(({ type }) => may(scopes, type, 's') === false);
  const granted = cards.filter((panel) => !refused.includes(panel));
  return (
    <div className={styles.page}>
      <h2 ref={heading} tabIndex={-1} className="visually-hidden">
        {t('summary')}
      </h2>
      {refused.length > 0 && (
        <p className={styles.muted}>
          {t('notGranted', { parts: listText(refused.map(({ title }) => t(title))) })}
        </p>
      )}
      {granted.length > 0 && (
        <div className={classNames(styles.cards, filling && styles.filling)}>
          {granted.map((panel) => (
            <SummaryCard key={`${id}/${panel.id}`} panel={panel} patientId={id} />
          ))}
        </div>
      )}
      {data && <Demographics patient={data.resource} />}
    </div>
  );
}
