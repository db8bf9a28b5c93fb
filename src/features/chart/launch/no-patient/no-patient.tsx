import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { patientQuery, readQuery } from '#data/queries.ts';
import { displayName } from '#fhir/patient/names.ts';
import { onlyOfPatient } from '#fhir/permissions/scopes.ts';
import { localReference } from '#fhir/reference.ts';
import { text } from '#lib/narrow.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Notice } from '#ui/notice.tsx';
import styles from '../launch-bar.module.css';
import { messages } from './messages.ts';

/** Notice above the patient list when an EHR launched the app without a patient. */
export function NoPatient() {
  const { encounter } = useFhir().session.context;
  const onList = useLocation({ select: ({ pathname }) => pathname.endsWith('/patients') });
  // Only the scopes count, not the capability statement: the EHR named this encounter.
  const granted = useCan('read', 'Encounter').reason !== 'scope';
  if (!onList) return null;
  return (
    <div className={styles.bar}>
      {encounter && granted ? <OfEncounter id={encounter} /> : <NobodyNamed />}
    </div>
  );
}

function NobodyNamed() {
  const t = useMessages(messages);
  const { scopes } = useFhir().session;
  return (
    <Notice title={t('launchedWithout')}>
      <p>{t(onlyOfPatient(scopes) ? 'launchedWithoutOne' : 'launchedWithoutDo')}</p>
    </Notice>
  );
}

/**
 * A launch may name only an encounter (SMART App Launch 2.2, "Launch context"). Its patient is
 * offered, not opened: only the user can tell whether the EHR has the same patient open.
 */
function OfEncounter({ id }: { id: string }) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const { data, isPending } = useQuery(readQuery(fhir, 'Encounter', id));
  const subject = data?.resource.subject;
  const named = localReference(subject, fhir.client.baseUrl);
  const patientId = named?.type === 'Patient' ? named.id : undefined;
  const patient = useQuery({ ...patientQuery(fhir, patientId ?? ''), enabled: !!patientId });
  if (isPending || patient.isLoading) return <p>{t('encounterLoading')}</p>;
  if (!patientId) return <NobodyNamed />;
  const read = patient.data?.resource;
  const name = (read && displayName(read).text) ?? text(subject?.display);
  return (
    <Notice
      title={name ? t('encounterOf', { name }) : t('encounterOfPatient')}
      actions={
        <Link to="/patients/$id" params={{ id: patientId }}>
          {t('openPatient')}
        </Link>
      }
    >
      <p>{t('encounterOfDo')}</p>
    </Notice>
  );
}
