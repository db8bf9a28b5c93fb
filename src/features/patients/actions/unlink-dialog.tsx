import { useQuery } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useState } from 'react';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { historyQuery, patientQuery } from '#data/queries.ts';
import { Gone, NotFound } from '#fhir/errors.ts';
import { displayName } from '#fhir/patient/names.ts';
import { patientStatus } from '#fhir/patient/patient.ts';
import type { Versioned } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { Skeleton } from '#ui/states/skeleton.tsx';
import { ComparePair } from './compare-pair.tsx';
import { ActionDialog } from './action-dialog.tsx';
import type { ActionProps } from './actions.ts';
import { activeBefore, hasLink, unlinking, unmarked } from './link-patients.ts';
import { messages } from './messages.ts';
import { useRecordAction } from './use-record-action.ts';
import { usePairWrite } from './use-pair-write.ts';

/**
 * Undoes a link: neither record points to the other any more. The source gets the `active` value it
 * had before the link, and stays inactive if another record replaces it, too.
 */
export function UnlinkDialog(props: ActionProps) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const action = useRecordAction(props);
  const { baseUrl } = fhir.client;
  const { resource } = action.opened;
  const targetId = patientStatus(props.opened.resource, baseUrl).mergedInto;
  const other = useOther(targetId);
  const history = useQuery({
    ...historyQuery(fhir, 'Patient', resource.id),
    enabled: useCan('history', 'Patient').allowed,
  });
  // If the history does not tell, the record becomes active: the user wants to use it again.
  const { active } = activeBefore(history.data?.versions ?? []) ?? { active: true };
  const nameOf = (p: Patient) => displayName(p).text ?? t('nameNotKnown');
  const names = {
    gone: nameOf(resource),
    stays: other.record ? nameOf(other.record.resource) : '',
  };

  const said = t('unlinked', { name: names.gone });
  const { half, write } = usePairWrite(action, {
    onAgain: (newer, mine, lost) => {
      other.takeUp(newer);
      // Another user unlinked it, or only the other record was not stored as it was sent.
      if (!patientStatus(mine.resource, baseUrl).merged) action.finish(said, lost);
    },
    said,
  });
  const confirm = (): void => {
    if (other.record) {
      write(unlinking({ source: action.opened, target: other.record }, active, baseUrl));
    } else {
      action.save({
        make: (patient) => unmarked({ ...patient, id: resource.id }, targetId, active, baseUrl),
        isDone: (patient) => !hasLink(patient, 'replaced-by', targetId, baseUrl),
        said,
      });
    }
  };

  const pending = other.pending || history.isLoading;
  const ready = !pending && other.error === undefined;
  return (
    <ActionDialog
      action={action}
      title={t('unlinkTitle', { name: names.gone })}
      confirm={ready ? t('unlink') : undefined}
      wide={other.record !== undefined}
      ofMerged
      onConfirm={confirm}
    >
      {half !== undefined && <Notice tone="danger" role="alert" title={t('unlinkHalf', names)} />}
      {pending && <Skeleton />}
      {other.error !== undefined && <ErrorAlert error={other.error} />}
      {ready && other.record && (
        <>
          <p>{t('unlinkText', names)}</p>
          <ComparePair
            source={resource}
            target={other.record.resource}
            flags={[t(active === false ? 'unlinkInactive' : 'unlinkGone'), t('linkStays')]}
          />
          <p>{t('unlinkLook', names)}</p>
        </>
      )}
      {ready && !other.record && <p>{t('unlinkAlone', { gone: names.gone })}</p>}
    </ActionDialog>
  );
}

/** Reads the record that replaces this one; `record` is undefined if the server has none. */
function useOther(id: string | undefined) {
  const { data, error, isLoading } = useQuery({
    ...patientQuery(useFhir(), id ?? ''),
    enabled: id !== undefined,
  });
  const [newer, takeUp] = useState<Versioned<Patient>>();
  const away = error instanceof Gone || error instanceof NotFound;
  return {
    record: away ? undefined : (newer ?? data),
    error: away || data || error === null ? undefined : error,
    pending: isLoading,
    takeUp,
  };
}
