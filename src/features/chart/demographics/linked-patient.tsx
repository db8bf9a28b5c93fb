import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFhir } from '#data/fhir-context.ts';
import { patientQuery } from '#data/queries.ts';
import { formatDate } from '#fhir/dates/dates.ts';
import { displayName } from '#fhir/patient/names.ts';
import { identifiers } from '#fhir/patient/patient.ts';
import { isolate } from '#i18n/isolate.ts';
import { useMessages } from '#i18n/provider.tsx';
import { messages } from '../messages.ts';
import { useInView } from '../use-in-view.ts';
import styles from '../summary/summary.module.css';

/**
 * Links to another record of the same person, with name, birth date and identifier. The record is
 * read when the link comes into view, because most users do not scroll to it.
 *
 * @param label text of the link element itself, shown where the record cannot be read
 * @param note how the two records are linked
 */
export function LinkedPatient({ id, label, note }: { id: string; label: string; note: string }) {
  const t = useMessages(messages);
  const [ref, seen] = useInView<HTMLDivElement>();
  const { data, isError } = useQuery({ ...patientQuery(useFhir(), id), enabled: seen });
  const patient = data?.resource;
  const number = identifiers(patient).find(({ old }) => !old);
  const facts = [formatDate(patient?.birthDate), number && isolate(number.value)].filter(Boolean);
  const name = patient ? (displayName(patient).text ?? t('nameNotKnown')) : isError && label;
  return (
    // Busy only while the record is read, not before it is requested.
    <div ref={ref} aria-busy={(seen && !name) || undefined}>
      <Link to="/patients/$id" params={{ id }}>
        <bdi>{name || t('loadingPatient')}</bdi>
      </Link>
      {/* Reserves the line of the facts, so that nothing moves when the response arrives. */}
      <div className={styles.muted}>{facts.join(', ') || '\u00a0'}</div>
      <div className={styles.muted}>{note}</div>
    </div>
  );
}
