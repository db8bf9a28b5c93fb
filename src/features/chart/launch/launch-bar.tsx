import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFhir } from '#data/fhir-context.ts';
import { readQuery } from '#data/queries.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { DescriptionList, Item } from '#ui/description-list.tsx';
import { ErrorAlert } from '#ui/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { statusWord } from '../cells.tsx';
import { EncounterLink } from '../encounter/encounter-link.tsx';
import { encounterFit, shownEncounter } from '../encounter-model.ts';
import { messages } from '../messages.ts';
import { usePerson } from './use-person.ts';
import styles from './launch-bar.module.css';

/** What else the EHR said at launch: the encounter, who is at work, and what for. */
export function LaunchBar({ patientId }: { patientId: string }) {
  const { session } = useFhir();
  const { encounter, patient } = session.context;
  if (patient !== undefined && patient !== patientId) return <OtherPatient launched={patient} />;
  return (
    <>
      {encounter && <LaunchedEncounter id={encounter} patientId={patientId} />}
      <LaunchedPeople />
    </>
  );
}

/** The person went on to another patient than the EHR has open. */
function OtherPatient({ launched }: { launched: string }) {
  const t = useMessages(messages);
  return (
    <div className={styles.bar}>
      <Notice
        tone="warning"
        title={t('otherPatient')}
        actions={
          <Link to="/patients/$id" params={{ id: launched }}>
            {t('openLaunched')}
          </Link>
        }
      />
    </div>
  );
}

function LaunchedPeople() {
  const t = useMessages(messages);
  const { session } = useFhir();
  const { fhirUser, intent } = session.context;
  const practitioner =
    session.context.practitioner && `Practitioner/${session.context.practitioner}`;
  const user = usePerson(fhirUser);
  const other = usePerson(practitioner === fhirUser ? undefined : practitioner);
  const userName = user?.name ?? (fhirUser ? session.user?.name : undefined);
  const unknown = t('nameNotAvailable');
  if (!user && !other && !intent) return null;
  return (
    <div className={styles.bar}>
      <DescriptionList inline>
        <Item label={t('launchedUser')} title={t('launchedUserTip')}>
          {user && (userName ?? (user.pending ? '…' : unknown))}
        </Item>
        <Item label={t('practitioner')} title={t('launchedPractitionerTip')}>
          {other && (other.name ?? (other.pending ? '…' : unknown))}
        </Item>
        <Item label={t('intent')} title={t('intentTip')}>
          {intent}
        </Item>
      </DescriptionList>
    </div>
  );
}

function LaunchedEncounter({ id, patientId }: { id: string; patientId: string }) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const { data, error, refetch } = useQuery(readQuery(fhir, 'Encounter', id));
  if (error) {
    return (
      <div className={styles.bar}>
        <ErrorAlert error={error} title={t('encounterFailed')} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (!data) return <p className={styles.bar}>{t('encounterLoading')}</p>;
  const { patient } = fhir.session.context;
  const fit = encounterFit(data.resource, patientId, patient, fhir.client.baseUrl);
  if (fit === 'conflict') {
    return (
      <div className={styles.bar}>
        <Notice tone="danger" role="alert" title={t('encounterConflict')}>
          <p>{t('encounterConflictDo')}</p>
        </Notice>
      </div>
    );
  }
  if (fit === 'elsewhere') return null;
  const shown = shownEncounter(data.resource, t);
  return (
    <section aria-label={t('currentEncounter')} className={styles.bar}>
      <h2 className={styles.heading}>
        <EncounterLink id={id}>{t('currentEncounter')}</EncounterLink>
      </h2>
      <DescriptionList inline>
        <Item label={t('encounterClass')}>{shown.kind ?? t('notKnown')}</Item>
        <Item label={t('type')}>{listText(shown.types)}</Item>
        <Item label={t('period')}>{shown.period ?? t('notKnown')}</Item>
        <Item label={t('location')}>{listText(shown.here.places) || t('notKnown')}</Item>
        <Item label={t('practitioner')}>{listText(shown.here.people) || t('notKnown')}</Item>
        <Item label={t('status')}>{shown.status && statusWord(shown.status, t)}</Item>
        {fit === 'unknown' && <Item label={t('patient')}>{t('encounterOfNobody')}</Item>}
      </DescriptionList>
    </section>
  );
}
