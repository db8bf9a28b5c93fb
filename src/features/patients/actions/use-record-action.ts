import { useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { createElement, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { isOpen, lostBefore } from '#data/mutations-lost.ts';
import { putRead, useUpdatePatient } from '#data/mutations.ts';
import { Conflict } from '#fhir/errors.ts';
import { notKept } from '#fhir/changes/not-kept.ts';
import type { Versioned } from '#fhir/types.ts';
import { useAnnounce } from '#ui/announcer.tsx';
import { SavedNotice } from '#ui/saved-notice/saved-notice.tsx';
import { sendOnce } from '#ui/send-once.ts';
import { useToast } from '#ui/toast.tsx';
import { useAttempt, type Attempts } from '#ui/use-attempt.ts';
import type { ActionProps } from './actions.ts';
import { NotApplied } from './not-applied.ts';

/** An action's change to a record. The goal stays the same if the record changes meanwhile. */
export interface Change {
  /** Returns the changed record. */
  readonly make: (patient: Patient) => Patient;
  /** Whether the record already has the wanted state, no matter who changed it. */
  readonly isDone: (patient: Patient) => boolean;
  /** Success message, announced when the record has the wanted state. */
  readonly said: string;
  /** Called if another user changed the record and it does not have the wanted state yet. */
  readonly onChangedElsewhere?: (newer: Patient) => void;
}

/** A small change to a patient that is confirmed in a dialog. */
export interface RecordAction {
  /** The version that the dialog shows; after a conflict, the version that was read again. */
  readonly opened: Versioned<Patient>;
  /** True if another user changed the record: the user must review it. */
  readonly changedElsewhere: boolean;
  readonly error: unknown;
  readonly attempt: Attempts;
  /**
   * Saves the changed record. Reports success once the record has the wanted state, no matter who
   * changed it.
   */
  readonly save: (change: Change) => void;
  /**
   * Continues with a newer version.
   *
   * @param changedElsewhere whether another user saved it; true by default
   */
  readonly takeUp: (newer: Versioned<Patient>, changedElsewhere?: boolean) => void;
  readonly fail: (error: unknown) => void;
  /**
   * Announces success and closes the dialog.
   *
   * @param lost the elements that the server did not store as they were sent
   */
  readonly finish: (said: string, lost?: readonly string[]) => void;
}

/** Saves one change to one version, with `If-Match`; after a conflict reads the record again. */
export function useRecordAction({ opened: first, onClose }: ActionProps): RecordAction {
  const fhir = useFhir();
  const cache = useQueryClient();
  const announce = useAnnounce();
  const toast = useToast();
  const { id } = first.resource;
  const update = useUpdatePatient(id);
  const attempt = useAttempt(onClose);
  const [opened, setOpened] = useState(first);
  const [changedElsewhere, setChangedElsewhere] = useState(false);
  const [error, fail] = useState<unknown>();

  const takeUp: RecordAction['takeUp'] = (newer, byOthers = true) => {
    putRead(cache, fhir, newer);
    setOpened(newer);
    setChangedElsewhere(byOthers);
  };

  const finish: RecordAction['finish'] = (said, lost = []) => {
    announce(said);
    if (lost.length > 0) {
      toast(createElement(SavedNotice, { said, lost, onClose: () => toast(undefined) }));
    }
    onClose();
  };

  const save: RecordAction['save'] = ({ make, isDone, said, onChangedElsewhere }) => {
    const { etag } = opened;
    if (!etag) return;
    const resource = { ...make(opened.resource), id };
    void attempt.run(
      async (begun) => {
        fail(undefined);
        setChangedElsewhere(false);
        try {
          const write = update.mutateAsync;
          return {
            saved: await sendOnce(begun, (how) => write({ resource, ifMatch: etag, ...how })),
          };
        } catch (failure) {
          if (!(failure instanceof Conflict)) throw failure;
          return { newer: await fhir.client.read('Patient', id, { signal: begun.signal }) };
        }
      },
      ({ saved, newer }) => {
        const now = saved ?? newer;
        const lost = saved ? notKept(resource, saved.resource) : [];
        const done = isDone(now.resource);
        takeUp(now, !saved && !done);
        if (done) finish(said, lost);
        else if (saved) fail(new NotApplied(lost));
        else onChangedElsewhere?.(now.resource);
      },
      (failure) => fail(lostBefore(isOpen(error), failure)),
    );
  };

  return { opened, changedElsewhere, error, attempt, save, takeUp, fail, finish };
}
