import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Patient } from 'fhir/r4';
import { createElement, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { isOpen, lostBefore } from '#data/mutations-lost.ts';
import { putRead, useUpdatePatient } from '#data/mutations.ts';
import { historyQuery, patientQuery } from '#data/queries.ts';
import { Conflict, Gone } from '#fhir/errors.ts';
import { notKept } from '#fhir/changes/not-kept.ts';
import { displayName } from '#fhir/patient/names.ts';
import type { Stored } from '#fhir/types.ts';
import { useMessages } from '#i18n/provider.tsx';
import { useAnnounce } from '#ui/announcer.tsx';
import { SavedNotice } from '#ui/saved-notice/saved-notice.tsx';
import { sendOnce } from '#ui/send-once.ts';
import { useToast } from '#ui/toast.tsx';
import { useAttempt, type Attempts } from '#ui/use-attempt.ts';
import { messages } from './messages.ts';
import { restored } from './restored.ts';

/** A version to restore. */
export interface OldVersion {
  readonly id: string;
  readonly version: Stored<Patient>;
  readonly versionId: string;
}

/** Effect of restoring a version, and the attempt to do so. */
export interface Restoring {
  /** Whether the record is deleted, so that restoring brings it back. */
  readonly deleted: boolean;
  /** Current record; undefined if it is deleted. */
  readonly current: Stored<Patient> | undefined;
  /** Record to be saved. */
  readonly resource: Stored<Patient>;
  readonly attempt: Attempts;
  readonly asking: boolean;
  readonly ask: () => void;
  readonly failure: unknown;
  readonly restore: () => void;
}

/**
 * Returns the state and actions for restoring a version.
 *
 * @returns undefined while data is loading, or if the version is the current one
 */
export function useRestore({ id, version, versionId }: OldVersion): Restoring | undefined {
  const t = useMessages(messages);
  const fhir = useFhir();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const cache = useQueryClient();
  const toast = useToast();
  // A refetch on mount would replace the page that reports the deletion, and this component with
  // it.
  const { data, error } = useQuery({ ...patientQuery(fhir, id), retryOnMount: false });
  const deleted = error instanceof Gone;
  const current = deleted ? undefined : data; // data from before the deletion is stale
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
  // Restoring a deleted record updates the deletion, which has its own version.
  const etag = deleted ? deletedAs && `W/"${deletedAs}"` : current?.etag;
  // Never save a version of another record.
  if (version.id !== id) return undefined;
  if (!etag || current?.resource.meta?.versionId === versionId) return undefined;

  const resource = { ...restored(version, current?.resource), id };
  /**
   * Reads the record directly, because a refetch of the failed query would replace the page and its
   * message.
   */
  const refreshQuietly = async (): Promise<void> => {
    try {
      putRead(cache, fhir, await fhir.client.read('Patient', id));
    } catch {
      // The record is still deleted.
    }
  };
  const restore = (): void => {
    void attempt.run(
      async (begun) => {
        setFailure(undefined);
        const change = { resource, ifMatch: etag, madeOf: versionId, revives: deleted };
        const saved = await sendOnce(begun, (how) => update.mutateAsync({ ...change, ...how }));
        if (!begun.signal.aborted) {
          setAsking(false);
          announce(t('restored', { id: versionId }));
          const to = deleted ? '/patients/$id' : '/patients/$id/history';
          await navigate({ to, params: { id } });
        }
        // After the navigation, which would close it; shown although the page was left before.
        const lost = notKept(resource, saved.resource);
        if (lost.length > 0) {
          const onClose = (): void => toast(undefined);
          const name = displayName(saved.resource).text ?? t('nameNotKnown');
          const said = t('restoredOf', { name, id: versionId });
          toast(createElement(SavedNotice, { said, lost, onClose }));
        }
      },
      () => undefined,
      (error) => {
        setFailure(lostBefore(isOpen(failure), error));
        if (!(error instanceof Conflict)) return;
        // The changes and the replaced version differ now.
        if (deleted) void refreshQuietly();
        else void cache.invalidateQueries({ queryKey: keys.read(fhir, 'Patient', id) });
        void cache.invalidateQueries({ queryKey: keys.history(fhir, 'Patient', id) });
      },
    );
  };
  const ask = (): void => setAsking(true);
  return { deleted, current: current?.resource, resource, attempt, asking, ask, failure, restore };
}
