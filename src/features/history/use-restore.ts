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
import { sendOnce } from '#ui/send-once.ts';
import { useToast } from '#ui/toast.tsx';
import { useAttempt, type Attempts } from '#ui/use-attempt.ts';
import { messages } from './messages.ts';
import { PartlyRestored } from './partly-restored.tsx';
import { restored } from './restored.ts';

/** A version to restore. */
export interface OldVersion {
  readonly id: string;
  readonly version: Stored<Patient>;
  readonly versionId: string;
}

/** What restoring it would do, and the attempt to. */
export interface Restoring {
  /** The record is deleted: this brings it back. */
  readonly deleted: boolean;
  /** The record as it is; undefined where it is deleted. */
  readonly current: Stored<Patient> | undefined;
  /** What would be saved. */
  readonly resource: Stored<Patient>;
  readonly attempt: Attempts;
  readonly asking: boolean;
  readonly ask: () => void;
  readonly failure: unknown;
  readonly restore: () => void;
}

/** @returns undefined while nothing can be restored: nothing is known yet, or it is the present one */
export function useRestore({ id, version, versionId }: OldVersion): Restoring | undefined {
  const t = useMessages(messages);
  const fhir = useFhir();
  const navigate = useNavigate();
  const announce = useAnnounce();
  const cache = useQueryClient();
  const toast = useToast();
  // A refetch on mount would replace the page that says that the record was deleted, and this with it.
  const { data, error } = useQuery({ ...patientQuery(fhir, id), retryOnMount: false });
  const deleted = error instanceof Gone;
  const current = deleted ? undefined : data; // data read before the deletion is out of date
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
  // To undelete is to update the deletion, which has a version like any other.
  const etag = deleted ? deletedAs && `W/"${deletedAs}"` : current?.etag;
  // Never saves a version of another record, whatever led here.
  if (version.id !== id) return undefined;
  if (!etag || current?.resource.meta?.versionId === versionId) return undefined;

  const resource = { ...restored(version, current?.resource), id };
  /** A refetch of a query that failed would replace the page, and the message on it. */
  const refreshQuietly = async (): Promise<void> => {
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
        // Shown on any page: once the record is back, the page that said it was deleted is gone.
        const lost = notKept(resource, saved.resource);
        if (lost.length > 0) {
          const onClose = (): void => toast(undefined);
          const name = displayName(saved.resource).text ?? t('nameNotKnown');
          const said = t('restoredOf', { name, id: versionId });
          toast(createElement(PartlyRestored, { said, lost, onClose }));
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
        if (deleted) void refreshQuietly();
        else void cache.invalidateQueries({ queryKey: keys.read(fhir, 'Patient', id) });
        void cache.invalidateQueries({ queryKey: keys.history(fhir, 'Patient', id) });
      },
    );
  };
  const ask = (): void => setAsking(true);
  return { deleted, current: current?.resource, resource, attempt, asking, ask, failure, restore };
}
