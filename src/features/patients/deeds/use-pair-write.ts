import { useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useState } from 'react';
import { useCapability } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { isOpen, lostBefore } from '#data/mutations-lost.ts';
import { Conflict } from '#fhir/errors.ts';
import type { Versioned } from '#fhir/types.ts';
import type { Attempt } from '#ui/use-attempt.ts';
import type { Deed } from './use-deed.ts';
import { HalfDone, writePair, type PairChange } from './write-pair.ts';

interface Ends {
  /** One of the two was changed, or only one was written: both were read again, and must be looked at. */
  readonly onAgain: (stays: Versioned<Patient>, gone: Versioned<Patient>) => void;
  readonly onDone: () => void;
}

/** Writes the two records of a link, of which a deed has opened the one that goes. */
export function usePairWrite(deed: Deed, { onAgain, onDone }: Ends) {
  const fhir = useFhir();
  const cache = useQueryClient();
  const { capability } = useCapability();
  /** Only the record that stays was written. */
  const [half, setHalf] = useState(false);

  /** However it ended: one of the two may have been written, and others may still show it. */
  const refresh = (ids: readonly string[]): void => {
    for (const each of ids) {
      void cache.invalidateQueries({ queryKey: keys.read(fhir, 'Patient', each) });
      void cache.invalidateQueries({ queryKey: keys.history(fhir, 'Patient', each) });
    }
    void cache.invalidateQueries({ queryKey: keys.searches(fhir, 'Patient') });
  };

  /** @returns where they must be compared once more, the two as they are now, or why that is not known */
  const work = async ({ signal, send }: Attempt, change: PairChange) => {
    setHalf(false);
    deed.fail(undefined);
    const { gone, stays } = change.before;
    const ids = [gone.resource.id, stays.resource.id] as const;
    const transaction = capability?.system('transaction') === true;
    try {
      await send(() => writePair(fhir.client, change, transaction)).finally(() => refresh(ids));
      return undefined;
    } catch (failure) {
      const onlyHalf = failure instanceof HalfDone;
      if (!(failure instanceof Conflict || onlyHalf)) throw failure;
      const read = (each: string) => fhir.client.read('Patient', each, { signal });
      const now = await Promise.all([read(ids[0]), read(ids[1])]).catch((problem: unknown) => ({
        problem,
      }));
      return { onlyHalf, now };
    }
  };

  const write = (change: PairChange): void =>
    void deed.attempt.run(
      (attempt) => work(attempt, change),
      (again) => {
        if (!again) return onDone();
        setHalf(again.onlyHalf);
        if ('problem' in again.now) return deed.fail(again.now.problem);
        const [gone, stays] = again.now;
        deed.takeUp(gone);
        return onAgain(stays, gone);
      },
      (failure) => deed.fail(lostBefore(isOpen(deed.error), failure)),
    );

  return { half, write };
}
