import type { Patient } from 'fhir/r4';
import { AnswerLost, isUnsure, lostBefore } from '#data/mutations-lost.ts';
import { putRead } from '#data/mutations.ts';
import { isOwn, isSame } from '#data/own-change.ts';
import { Conflict } from '#fhir/errors.ts';
import { sameJson } from '#fhir/changes/json-equal.ts';
import { merge, mergePoints } from '#fhir/changes/merge.ts';
import { notKept } from '#fhir/changes/not-kept.ts';
import type { Stored } from '#fhir/types.ts';
import { notifyOutcome, type ChangeAttempt } from './change-attempt.tsx';
import {
  clearPendingSave,
  getPendingSave,
  isPendingSave,
  setPendingSave,
  type PendingSave,
} from './pending-save.ts';
import type { Over, Written } from './save-types.ts';

/** Saves a version in place of `over`. May throw. */
export type WriteVersion = (resource: Stored<Patient>, over: Over) => Promise<Written>;

/**
 * Returns a function that writes versions of one patient. On a conflict, if the server's version is
 * this user's earlier save whose response was lost, the later edits are rebased on it without a
 * question.
 */
export function createVersionWriter(attempt: ChangeAttempt): WriteVersion {
  const { saving, tools, patient } = attempt;
  const { signal, draftKey, sending, answered } = saving;
  const { base, fhir, cache } = tools;

  const send = async (
    resource: Stored<Patient>,
    over: Over,
    earlier: PendingSave | undefined,
  ): Promise<Stored<Patient>> => {
    signal.throwIfAborted();
    let sent = false;
    const onSend = (): void => {
      sent = true;
      sending();
      const typed = resource === patient ? {} : { mine: patient };
      setPendingSave(draftKey, { patient: resource, over: over.resource, ...typed });
    };
    const sentOver = earlier && isSame(earlier.patient, resource) ? earlier.over : undefined;
    const change = { resource, ifMatch: over.etag, sentOver, signal, sending: onSend };
    try {
      return (await tools.update(change)).resource;
    } catch (failure) {
      if (signal.aborted && !sent) throw failure; // aborted before it was sent: nothing changed
      const error = lostBefore(earlier !== undefined, failure);
      if (!isUnsure(error) && isPendingSave(draftKey, resource, earlier?.patient)) {
        // A refusal of this save does not settle the outcome of an earlier one.
        if (earlier && !(error instanceof AnswerLost)) setPendingSave(draftKey, earlier);
        else clearPendingSave(draftKey);
      }
      if (signal.aborted) notifyOutcome(attempt, resource, { error });
      throw error;
    } finally {
      answered();
    }
  };

  return async (resource, over) => {
    const earlier = getPendingSave(draftKey);
    try {
      return { saved: await send(resource, over, earlier), sent: resource };
    } catch (error) {
      if (signal.aborted || !earlier || !(error instanceof Conflict)) throw error;
      const now = await fhir.client.read('Patient', base.id, { signal });
      const { resource: own, etag: ownEtag } = now;
      if (!ownEtag || !isOwn(own, earlier.patient, earlier.over)) throw error;
      putRead(cache, fhir, now);
      const before = (resource === patient && earlier.mine) || earlier.patient;
      const merged = rebaseTyped({ ...before, id: base.id }, resource, own);
      if (!merged) throw error;
      if (sameJson(merged, own)) return { saved: own, sent: own };
      const saved = await send(merged, { resource: own, etag: ownEtag }, earlier);
      return { saved, sent: merged };
    }
  };
}

/**
 * Rebases the edits made since an earlier save on the version that the server stored.
 *
 * @param tried the version that the earlier save sent
 * @param typed the version with the later edits
 * @param now the version that the server stored
 * @returns undefined if the user must choose between values
 */
function rebaseTyped(
  tried: Stored<Patient>,
  typed: Stored<Patient>,
  now: Stored<Patient>,
): Stored<Patient> | undefined {
  const points = mergePoints(tried, typed, now).filter(({ state }) => state === 'conflict');
  // A value that was edited again needs no question if the server only normalized the old value.
  const tidied = points.every((p) => {
    const [before, after] = [{ of: p.base }, { of: p.theirs }];
    return notKept(before, after).length === 0 && notKept(after, before).length === 0;
  });
  return tidied
    ? merge(tried, typed, now, new Map(points.map(({ path }) => [path, 'mine'])))
    : undefined;
}
