import { useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { putRead, useUpdatePatient } from '#data/mutations.ts';
import { Conflict } from '#fhir/errors.ts';
import type { Versioned } from '#fhir/types.ts';

/** A small change to a patient that is confirmed in a dialog. */
export interface Deed {
  /** The version that the dialog is about; read again after somebody else changed it. */
  readonly opened: Versioned<Patient>;
  /** Somebody else changed the record: it must be looked at again. */
  readonly moved: boolean;
  readonly error: unknown;
  readonly busy: boolean;
  /** Saves what `change` makes of the opened version. @returns undefined where it was not saved */
  readonly save: (change: (patient: Patient) => Patient) => Promise<Patient | undefined>;
  /** Takes up a newer version. */
  readonly takeUp: (newer: Versioned<Patient>) => void;
  readonly fail: (error: unknown) => void;
}

/** One change to one version: with `If-Match`, and with a second look where that does not hold. */
export function useDeed(first: Versioned<Patient>): Deed {
  const fhir = useFhir();
  const cache = useQueryClient();
  const { id } = first.resource;
  const update = useUpdatePatient(id);
  const [opened, setOpened] = useState(first);
  const [moved, setMoved] = useState(false);
  const [error, fail] = useState<unknown>();

  const takeUp = (newer: Versioned<Patient>): void => {
    putRead(cache, fhir, newer);
    setOpened(newer);
    setMoved(true);
  };

  const save: Deed['save'] = async (change) => {
    if (update.isPending || !opened.etag) return undefined;
    fail(undefined);
    setMoved(false);
    try {
      const resource = { ...change(opened.resource), id };
      return (await update.mutateAsync({ resource, ifMatch: opened.etag })).resource;
    } catch (failure) {
      if (!(failure instanceof Conflict)) {
        fail(failure);
        return undefined;
      }
    }
    try {
      takeUp(await fhir.client.read('Patient', id));
    } catch (failure) {
      fail(failure);
    }
    return undefined;
  };

  return { opened, moved, error, busy: update.isPending, save, takeUp, fail };
}
