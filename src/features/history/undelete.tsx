import { useQuery } from '@tanstack/react-query';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { historyQuery } from '#data/queries.ts';
import { formatDateTime } from '#fhir/dates/dates.ts';
import { displayName } from '#fhir/patient/names.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Notice } from '#ui/notice.tsx';
import { messages } from './messages.ts';
import { Restore } from './restore.tsx';
import { useAuthors } from './use-author.ts';

/**
 * Shows who deleted a record and when, and offers to restore it; renders nothing if that is
 * unknown. Not an alert, because the page already says that the record is deleted, the author
 * arrives later and a dialog opens inside.
 *
 * @param listed true if the page shows the history and reports its problems itself
 */
export function Undelete({ id, listed = false }: { id: string; listed?: boolean }) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const can = useCan('history', 'Patient');
  const { data } = useQuery({ ...historyQuery(fhir, 'Patient', id), enabled: can.allowed });
  const { versions = [], foreign = 0 } = data ?? {};
  const { found, others } = useAuthors(id, versions);
  const last = versions.find((v) => v.resource && v.versionId);
  const deletion = versions[0]?.method === 'delete' ? versions[0] : undefined;
  const known = deletion && last?.resource && last.versionId;
  const foreignSaid = !listed && foreign > 0;
  if (!known && can.allowed && !foreignSaid) return null;
  const title =
    known &&
    t('deletedAt', {
      name: displayName(last.resource).text ?? t('nameNotKnown'),
      when: formatDateTime(deletion.at) ?? t('unknown'),
    });
  return (
    <Notice
      tone="warning"
      title={title}
      actions={known && <Restore id={id} version={last.resource} versionId={last.versionId} last />}
    >
      {known && <p>{t('deletedBy', { who: found.get(0) ?? (others ? t(others) : '…') })}</p>}
      {foreignSaid && <p>{t('foreign', { n: foreign })}</p>}
      {!can.allowed && <p>{t(`notAllowed.${can.reason ?? 'role'}`)}</p>}
    </Notice>
  );
}
