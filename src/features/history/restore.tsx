import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import { useState } from 'react';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { AnswerLost, isOpen, lostBefore } from '#data/mutations-lost.ts';
import { putRead, useUpdatePatient } from '#data/mutations.ts';
import { historyQuery, patientQuery } from '#data/queries.ts';
import { Conflict, Gone } from '#fhir/errors.ts';
import { notKept } from '#fhir/changes/not-kept.ts';
import { displayName } from '#fhir/patient/names.ts';
import { patientStatus } from '#fhir/patient/patient.ts';
import type { Stored } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import { Button } from '#ui/button.tsx';
import { Dialog } from '#ui/dialog/dialog.tsx';
import { ErrorAlert } from '#ui/errors/error-alert.tsx';
import { Notice } from '#ui/notice.tsx';
import { sendOnce } from '#ui/send-once.ts';
import { useToast } from '#ui/toast.tsx';
import { useAttempt } from '#ui/use-attempt.ts';
import { ChangeTable } from './change-table.tsx';
import { messages } from './messages.ts';
import { PartlyRestored } from './partly-restored.tsx';
import { restored } from './restored.ts';

/** Saves an old version as a new one, after showing what that changes. Nothing is ever erased. */
export function Restore({
  id,
  version,
  versionId,
  last,
}: {
  id: string;
  version: Stored<Patient>;
  versionId: string;
  /** The last version before the record was deleted. */
  last?: boolean;
}) {
  const t = useMessages(messages);
  const fhir = useFhir();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const cache = useQueryClient();
  const toast = useToast();
  const can = useCan('update', 'Patient');
  // Asking again on mount would take away the page that says that the record was deleted, and this.
  const { data, error } = useQuery({ ...patientQuery(fhir, id), retryOnMount: false });
  const deleted = error instanceof Gone;
  const current = deleted ? undefined : data; // what was read before the deletion holds no more
  const history = useQuery({ ...historyQuery(fhir, 'Patient', id), enabled: deleted });
  const update = useUpdatePatient(id);
  const [asking, setAsking] = useState(false);
  const [failure, setFailure] = useState<unknown>();
  const attempt = useAttempt(() => {
    setAsking(false);
    setFailure(undefined);
  });

  const deletion = history.data?.versions[0];
  const deletedAs = deletion?.method === 'delete' ? deletion.versionId : undefined;
  // Bringing a record back is a change of the deletion, which has a version like any other.
  const etag = deleted ? deletedAs && `W/"${deletedAs}"` : current?.etag;
  // Nobody else's version is saved here, whatever let it come this far.
  if (version.id !== id) return null;
  if (!etag || current?.resource.meta?.versionId === versionId) return null;
  if (!can.allowed) return <p>{t(`noRestore.${can.reason ?? 'role'}`)}</p>;
  if (patientStatus(current?.resource, fhir.client.baseUrl).merged) {
    return <p>{t('noRestore.merged')}</p>;
  }

  const resource = { ...restored(version, current?.resource), id };
  /** To ask anew what ended in an error would take the page away, and what is said on it. */
  const look = async (): Promise<void> => {
    try {
      putRead(cache, fhir, await fhir.client.read('Patient', id));
    } catch {
      // It is deleted as before.
    }
  };
  const restore = (): void => {
    void attempt.run(
      async (begun) => {
        setFailure(undefined);
        const change = { resource, ifMatch: etag, madeOf: versionId, revives: deleted };
        const saved = await sendOnce(begun, (how) => update.mutateAsync({ ...change, ...how }));
        // Said wherever one is by now: of a record that is back, the page that said it is gone is too.
        const lost = notKept(resource, saved.resource);
        if (lost.length > 0) {
          const onClose = (): void => toast(undefined);
          const name = displayName(saved.resource).text ?? t('nameNotKnown');
          const said = t('restoredOf', { name, id: versionId });
          toast(<PartlyRestored {...{ said, lost, onClose }} />);
        }
      },
      () => {
        setAsking(false);
        announce(t('restored', { id: versionId }));
        const to = deleted ? '/patients/$id' : '/patients/$id/history';
        void navigate({ to, params: { id } });
      },
      (error) => {
        setFailure(lostBefore(isOpen(failure), error));
        if (!(error instanceof Conflict)) return;
        // What it would change, and which version it replaces, is another now.
        if (deleted) void look();
        else void cache.invalidateQueries({ queryKey: keys.read(fhir, 'Patient', id) });
        void cache.invalidateQueries({ queryKey: keys.history(fhir, 'Patient', id) });
      },
    );
  };

  return (
    <div>
      <Button icon="history" onClick={() => setAsking(true)}>
        {t(last ? 'restoreLast' : 'restore')}
      </Button>
      <Dialog
        open={asking}
        wide
        held={attempt.sent}
        onClose={attempt.close}
        title={t('restoreTitle', {
          id: versionId,
          name: displayName(current?.resource ?? version).text ?? t('nameNotKnown'),
        })}
        actions={
          <>
            <span role="status">{attempt.sent && t('saving')}</span>
            <Button aria-disabled={attempt.sent} onClick={attempt.close}>
              {t('cancel')}
            </Button>
            <Button
              variant="primary"
              busy={attempt.busy}
              // A key that is held down confirms nothing: what it would change may be another by now.
              onKeyDown={(event) => event.repeat && event.preventDefault()}
              onClick={({ detail }) => detail > 1 || restore()}
            >
              {t('restore')}
            </Button>
          </>
        }
      >
        {failure instanceof AnswerLost ? (
          <Notice tone="warning" role="alert" title={t(`lost.${failure.told}`)} />
        ) : (
          failure !== undefined && <ErrorAlert error={failure} />
        )}
        <p>{t(deleted ? 'undeleteText' : 'restoreText')}</p>
        <ChangeTable
          before={deleted ? { meta: version.meta } : current?.resource}
          after={{ ...resource, meta: (current?.resource ?? version).meta }}
          beforeLabel={t('now')}
          afterLabel={t('afterwards')}
        />
      </Dialog>
    </div>
  );
}
