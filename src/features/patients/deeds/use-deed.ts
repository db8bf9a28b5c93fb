import { useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { isOpen, lostBefore } from '#data/mutations-lost.ts';
import { putRead, useUpdatePatient } from '#data/mutations.ts';
import { Conflict } from '#fhir/errors.ts';
import type { Versioned } from '#fhir/types.ts';
import { useAttempt, type Attempts } from '#ui/use-attempt.ts';
import type { DeedProps } from './deeds.ts';

/** A small change to a patient that is confirmed in a dialog. */
export interface Deed {
  /** The version that the dialog is about; read again after somebody else changed it. */
  readonly opened: Versioned<Patient>;
  /** Somebody else changed the record: it must be looked at again. */
  readonly moved: boolean;
  readonly error: unknown;
  readonly attempt: Attempts;
  /** Saves what `change` makes of the opened version; `done` once it is saved, and looked at still. */
  readonly save: (change: (patient: Patient) => Patient, done: () => void) => void;
  /** Takes up a newer version. */
  readonly takeUp: (newer: Versioned<Patient>) => void;
  readonly fail: (error: unknown) => void;
}

/** One change to one version: with `If-Match`, and with a second look where that does not hold. */
export function useDeed({ opened: first, onClose }: DeedProps): Deed {
  const fhir = useFhir();
  const cache = useQueryClient();
  const { id } = first.resource;
  const update = useUpdatePatient(id);
  const attempt = useAttempt(onClose);
  const [opened, setOpened] = useState(first);
  const [moved, setMoved] = useState(false);
  const [error, fail] = useState<unknown>();

  const takeUp = (newer: Versioned<Patient>): void => {
    putRead(cache, fhir, newer);
    setOpened(newer);
    setMoved(true);
  };

  const save: Deed['save'] = (change, done) => {
    const { etag } = opened;
    if (!etag) return;
    void attempt.run(
      async ({ signal, send }) => {
        fail(undefined);
        setMoved(false);
        const resource = { ...change(opened.resource), id };
        try {
          await send(() => update.mutateAsync({ resource, ifMatch: etag }));
          return undefined;
        } catch (failure) {
          if (!(failure instanceof Conflict)) throw failure;
          return fhir.client.read('Patient', id, { signal });
        }
      },
      (newer) => (newer ? takeUp(newer) : done()),
      (failure) => fail(lostBefore(isOpen(error), failure)),
    );
  };

  return { opened, moved, error, attempt, save, takeUp, fail };
}
