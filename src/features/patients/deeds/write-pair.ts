import type { Bundle, Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client.ts';
import { asSent, exactPair } from '#data/exact-body.ts';
import { AnswerLost, isLost } from '#data/mutations-lost.ts';
import { isMoved, updateOnce } from '#data/update-once.ts';
import { Conflict, Forbidden, Invalid, NotFound, NotSupported, silent } from '#fhir/errors.ts';
import type { Stored, Versioned } from '#fhir/types.ts';

/** The two records of one person: the one that must no longer be used, and the one that stays. */
export interface Pair {
  readonly gone: Versioned<Patient>;
  readonly stays: Versioned<Patient>;
}

/** The two as they are to be, or as they are. */
export interface Both {
  readonly gone: Stored<Patient>;
  readonly stays: Stored<Patient>;
}

/** A change to both records of a pair. */
export interface PairChange {
  readonly before: Pair;
  readonly after: Both;
  /** Whether two records say what they are to say, whoever wrote it. */
  readonly isDone: (now: Both) => boolean;
}

/** The record that stays was written, the other one was not: one may try again. */
export class HalfDone extends Error {
  constructor(cause: unknown) {
    super('only the surviving record was written', { cause });
  }
}

/** Both updates in one transaction, each bound to the version that was compared. */
export function pairBundle({ before, after }: PairChange, baseUrl: string): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: (['stays', 'gone'] as const).map((which) => ({
      fullUrl: `${baseUrl}/Patient/${after[which].id}`,
      resource: after[which],
      request: {
        method: 'PUT',
        url: `Patient/${after[which].id}`,
        ...(before[which].etag && { ifMatch: before[which].etag }),
      },
    })),
  };
}

/** A server without transactions says so in one of these ways; then nothing was done. */
const noTransactions = (error: unknown): boolean =>
  error instanceof NotSupported ||
  error instanceof NotFound ||
  error instanceof Forbidden ||
  (error instanceof Invalid && (error.status === 400 || error.status === 415));

/** A server that takes the two updates one by one may do one and answer 200 all the same. */
const allDone = ({ entry }: Bundle): boolean =>
  (entry ?? []).every(({ response }) => !response || /^2\d\d/.test(response.status));

/** Finds out what became of a transaction whose answer was lost; nothing to do where it was done. */
async function settle(client: FhirClient, change: PairChange, cause: unknown): Promise<void> {
  const { gone, stays } = change.before;
  const now = await Promise.all(
    [gone, stays].map(({ resource: { id } }) => client.read('Patient', id)),
  ).catch(() => undefined);
  const [goneNow, staysNow] = now ?? [];
  if (!goneNow || !staysNow) throw new AnswerLost('unknown', cause);
  if (change.isDone({ gone: goneNow.resource, stays: staysNow.resource })) return;
  const untouched = goneNow.etag === gone.etag && staysNow.etag === stays.etag;
  throw untouched ? new AnswerLost('not-done', cause) : new Conflict(silent(412));
}

/**
 * Writes two records of one person: both at once where the server does transactions. Elsewhere one
 * after the other, first the record that stays.
 *
 * Throws Conflict where one of them was changed since it was read, {@link HalfDone} where only the
 * first of two steps was done, AnswerLost where the answer was lost and neither was changed, and
 * what the client throws.
 *
 * @param transaction whether the server declares transactions
 */
export async function writePair(
  client: FhirClient,
  change: PairChange,
  transaction: boolean,
): Promise<void> {
  const { before, after } = change;
  const { gone, stays } = before;
  if (!gone.etag || !stays.etag) throw new Error('both versions must be known');
  if (transaction) {
    const bundle = pairBundle(change, client.baseUrl);
    const [staysNow, goneNow] = await Promise.all([
      asSent(client, stays.resource.id),
      asSent(client, gone.resource.id),
    ]);
    // Not every server minds `ifMatch` (ADR 0023).
    if (isMoved(staysNow, stays.etag) || isMoved(goneNow, gone.etag)) {
      if (change.isDone({ gone: goneNow.read.resource, stays: staysNow.read.resource })) return;
      throw new Conflict(silent(412));
    }
    const body = exactPair(bundle, [staysNow, goneNow]);
    try {
      const answer = await client.batch(bundle, body ? { body } : {});
      if (!allDone(answer)) await settle(client, change, answer);
      return;
    } catch (error) {
      if (isLost(error)) return settle(client, change, error);
      if (!noTransactions(error)) throw error;
    }
  }
  if (after.stays !== stays.resource) {
    await updateOnce(client, after.stays, stays.etag);
  }
  try {
    await updateOnce(client, after.gone, gone.etag);
  } catch (error) {
    throw new HalfDone(error);
  }
}
