import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Encounter } from 'fhir/r4';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { readQuery } from '#data/queries.ts';
import { listText } from '#i18n/list.ts';
import { useMessages } from '#i18n/provider.tsx';
import { DescriptionList, Item } from '#ui/description-list.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { statusWord } from '../cells/cells.tsx';
import { EncounterLink } from '../encounter/encounter-link.tsx';
import { encounterFit } from '../encounter/encounter-fit.ts';
import { messages as encounterMessages } from '../encounter/messages.ts';
import { shownEncounter } from '../encounter/shown-encounter.ts';
import { messages as chartMessages } from '../messages.ts';
import { messages } from './messages.ts';
import { usePerson } from './use-person.ts';
import styles from './launch-bar.module.css';

/**
 * Shows the rest of the launch context: the encounter, the user, the practitioner and the intent.
 */
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

/** Warns that the user opened another patient than the EHR has open. */
function OtherPatient({ launched }: { launched: string }) {
  const t = useMessages(messages);
  const inChart = useMessages(chartMessages);
  return (
    <div className={styles.bar}>
      <Notice
        tone="warning"
        title={t('otherPatient')}
        actions={
          <Link to="/patients/$id" params={{ id: launched }}>
            {inChart('openLaunched')}
          </Link>
        }
      />
    </div>
  );
}

function LaunchedPeople() {
  const t = useMessages(messages);
  const inChart = useMessages(chartMessages);
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
        <Item label={inChart('practitioner')} title={t('launchedPractitionerTip')}>
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
  const inChart = useMessages(chartMessages);
  const fhir = useFhir();
  // Only the scopes count, not the capability statement: the EHR named this encounter.
  const granted = useCan('read', 'Encounter').reason !== 'scope';
  const { data, error, refetch } = useQuery({
    ...readQuery(fhir, 'Encounter', id),
    enabled: granted,
  });
  if (!granted) return <p className={styles.bar}>{t('encounterNotGranted')}</p>;
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
        <ErrorAlert
          error={undefined}
          title={t('encounterConflict')}
          advice={inChart('launchedDo')}
        />
      </div>
    );
  }
  if (fit === 'elsewhere') return null;
  return <CurrentEncounter encounter={data.resource} id={id} unknown={fit === 'unknown'} />;
}

function CurrentEncounter({
  encounter,
  id,
  unknown,
}: {
  encounter: Encounter;
  id: string;
  /** True if the encounter does not name its patient. */
  unknown: boolean;
}) {
  const t = useMessages(chartMessages);
  const own = useMessages(encounterMessages);
  const shown = shownEncounter(encounter, own);
  return (
    <section aria-label={own('currentEncounter')} className={styles.bar}>
      <h2 className={styles.heading}>
        <EncounterLink id={id}>{own('currentEncounter')}</EncounterLink>
      </h2>
      <DescriptionList inline>
        <Item label={t('encounterClass')}>{shown.kind ?? t('notKnown')}</Item>
        <Item label={t('type')}>{listText(shown.types)}</Item>
        <Item label={t('period')}>{shown.period ?? t('notKnown')}</Item>
        <Item label={t('location')}>{listText(shown.here.places) || t('notKnown')}</Item>
        <Item label={t('practitioner')}>{listText(shown.here.people) || t('notKnown')}</Item>
        <Item label={t('status')}>{shown.status && statusWord(shown.status, t)}</Item>
        {unknown && <Item label={t('patient')}>{own('encounterOfNobody')}</Item>}
      </DescriptionList>
    </section>
  );
}
