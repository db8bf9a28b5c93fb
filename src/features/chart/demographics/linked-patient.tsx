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
 * Another record of the same person, by what people know each other by. It is read when it comes
 * into view: who opens a chart for its first page asks for nobody else.
 *
 * @param label what the link itself says, which stands where the record cannot be read
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
    // Busy while it is read; who is not asked for yet is only not named.
    <div ref={ref} aria-busy={(seen && !name) || undefined}>
      <Link to="/patients/$id" params={{ id }}>
        <bdi>{name || t('loadingPatient')}</bdi>
      </Link>
      {/* Its line is there from the start: nothing moves when the answer comes. */}
      <div className={styles.muted}>{facts.join(', ') || '\u00a0'}</div>
      <div className={styles.muted}>{note}</div>
    </div>
  );
}
