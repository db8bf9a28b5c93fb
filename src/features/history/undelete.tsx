import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { historyQuery } from '#data/queries.ts';
import { formatDateTime } from '#fhir/dates.ts';
import { displayName } from '#fhir/names.ts';
import { useMessages } from '#i18n/provider.tsx';
import { Notice } from '#ui/notice.tsx';
import { messages } from './messages.ts';
import { Restore } from './restore.tsx';
import { useAuthors } from './use-author.ts';

/**
 * What a deleted record was, who deleted it and when, and the way to bring it back. One box, so that
 * nothing is taken from under the focus when the history comes.
 *
 * @param said where that is not known, on a page that has nothing else to say: the box is its alert.
 * Without it nothing is shown then
 * @param ways further ways on
 */
export function Undelete({ id, said, ways }: { id: string; said?: string; ways?: ReactNode }) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const can = useCan('history', 'Patient');
  const { data } = useQuery({ ...historyQuery(fhir, 'Patient', id), enabled: can.allowed });
  const { versions = [], foreign = 0 } = data ?? {};
  const { found, others } = useAuthors(id, versions);
  const last = versions.find((v) => v.resource && v.versionId);
  const deletion = versions[0]?.method === 'delete' ? versions[0] : undefined;
  const known = deletion && last?.resource && last.versionId;
  if (!known && !said) return null;
  const title = known
    ? t('deletedAt', {
        name: displayName(last.resource).text ?? t('nameNotKnown'),
        when: formatDateTime(deletion.at) ?? t('unknown'),
      })
    : said;
  return (
    <Notice
      tone="warning"
      role={said === undefined ? undefined : 'alert'}
      title={title}
      actions={
        <>
          {known && <Restore id={id} version={last.resource} versionId={last.versionId} last />}
          {ways}
        </>
      }
    >
      {known && <p>{t('deletedBy', { who: found.get(0) ?? (others ? t(others) : '…') })}</p>}
      {/* The page of the history says it itself. */}
      {said !== undefined && foreign > 0 && <p>{t('foreign', { n: foreign })}</p>}
      {!can.allowed && <p>{t(`notAllowed.${can.reason ?? 'role'}`)}</p>}
    </Notice>
  );
}
