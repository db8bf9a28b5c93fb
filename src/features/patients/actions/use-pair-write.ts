import { useQueryClient } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useState } from 'react';
import { useCapability } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { isOpen, lostBefore } from '#data/mutations-lost.ts';
import { Conflict } from '#fhir/errors.ts';
import type { Versioned } from '#fhir/types.ts';
import { sendOnce } from '#ui/send-once.ts';
import type { Attempt } from '#ui/use-attempt.ts';
import { NotApplied } from './not-applied.ts';
import type { RecordAction } from './use-record-action.ts';
import { bothOf, HalfDone, writePair, type PairChange } from './write-pair.ts';

interface Ends {
  /** Called with both records read again if one was changed elsewhere or not all was written. */
  readonly onAgain: (
    target: Versioned<Patient>,
    source: Versioned<Patient>,
    /** The elements that the server did not store, if it accepted the change. */
    lost: readonly string[] | undefined,
  ) => void;
  /** Success message, announced once both records are updated. */
  readonly said: string;
}

/** Writes the two records of a link; `action.opened` is the source. */
export function usePairWrite(action: RecordAction, { onAgain, said }: Ends) {
  const fhir = useFhir();
  const cache = useQueryClient();
  const { capability } = useCapability();
  /** Id of the target if only the target was written. */
  const [half, setHalf] = useState<string>();

  /** Invalidates cached queries after any outcome, since one record may have been written. */
  const refresh = (ids: readonly string[]): void => {
    for (const each of ids) {
      void cache.invalidateQueries({ queryKey: keys.read(fhir, 'Patient', each) });
      void cache.invalidateQueries({ queryKey: keys.history(fhir, 'Patient', each) });
    }
    void cache.invalidateQueries({ queryKey: keys.searches(fhir, 'Patient') });
  };

  /** @returns the elements not stored if both were written; else the failure and both records */
  const work = async (begun: Attempt, change: PairChange) => {
    action.fail(undefined);
    const { source, target } = change.before;
    const ids = [source.resource.id, target.resource.id] as const;
    const transaction = capability?.system('transaction') === true;
    try {
      const lost = await sendOnce(begun, (how) =>
        writePair(fhir.client, change, transaction, how),
      ).finally(() => refresh(ids));
      return { lost };
    } catch (failure) {
      const known = [Conflict, HalfDone, NotApplied].some((kind) => failure instanceof kind);
      if (!known) throw failure;
      const read = (each: string) => fhir.client.read('Patient', each, { signal: begun.signal });
      return Promise.all([read(ids[0]), read(ids[1])]).then(
        ([sourceNow, targetNow]) => ({ failure, now: { source: sourceNow, target: targetNow } }),
        (problem: unknown) => ({ failure, problem }),
      );
    }
  };

  const write = (change: PairChange): void =>
    void action.attempt.run(
      (begun) => work(begun, change),
      (end) => {
        if ('lost' in end) return action.finish(said, end.lost);
        const { failure } = end;
        const onlyHalf = failure instanceof HalfDone;
        const { id } = change.before.target.resource;
        if ('problem' in end) {
          // While the outcome of the second write is unknown, it must not be reported as failed.
          const open = onlyHalf && isOpen(failure.cause);
          setHalf(onlyHalf && !open ? id : undefined);
          return action.fail(open ? failure.cause : end.problem);
        }
        const { source, target } = end.now;
        const done = change.isDone(bothOf(end.now));
        action.takeUp(source, !done && failure instanceof Conflict);
        if (done) return action.finish(said);
        setHalf(onlyHalf ? id : undefined);
        if (failure instanceof NotApplied) action.fail(failure);
        // The server's reason, unless the dialog already shows the newer version.
        const why = onlyHalf && failure.cause;
        if (why && !(why instanceof Conflict) && !isOpen(why)) action.fail(why);
        return onAgain(target, source, failure instanceof NotApplied ? failure.lost : undefined);
      },
      (failure) => {
        const error = lostBefore(isOpen(action.error), failure);
        // A refused retry leaves the link half done; one without a response may have completed it.
        if (isOpen(error)) setHalf(undefined);
        action.fail(error);
      },
    );

  return { half, write };
}
