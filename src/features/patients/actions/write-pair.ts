import type { Bundle, BundleEntryResponse, Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client/client.ts';
import { asSent, exactPair } from '#data/exact-body.ts';
import { AnswerLost, isLost } from '#data/mutations-lost.ts';
import { isMoved, updateOnce, type Made } from '#data/update-once.ts';
import {
  Conflict,
  Forbidden,
  Invalid,
  NotFound,
  NotSupported,
  refusalError,
  silent,
} from '#fhir/errors.ts';
import { notKept } from '#fhir/changes/not-kept.ts';
import { readIssues } from '#fhir/outcome.ts';
import type { Stored, Versioned } from '#fhir/types.ts';
import { NotApplied } from './not-applied.ts';

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
const refused = ({ entry }: Bundle): BundleEntryResponse | undefined =>
  (entry ?? []).find(({ response }) => response && !/^2\d\d/.test(response.status))?.response;

/** Why an entry was refused, where that is said and is not for its version alone. */
function refusalOf({ status, outcome }: BundleEntryResponse): unknown {
  const error = refusalError({
    ...silent(Number.parseInt(status, 10)),
    issues: readIssues(outcome),
  });
  return error instanceof Invalid || error instanceof Forbidden ? error : undefined;
}

/** Both records, as the server has them now. */
async function readBoth(client: FhirClient, { gone, stays }: Pair): Promise<Pair> {
  const [goneNow, staysNow] = await Promise.all([
    client.read('Patient', gone.resource.id),
    client.read('Patient', stays.resource.id),
  ]);
  return { gone: goneNow, stays: staysNow };
}

/**
 * Whether two records say what they are to say, after a server took the change to them.
 *
 * @returns the elements that it did not keep as they were sent
 */
function believed({ after, isDone }: PairChange, now: Both): readonly string[] {
  const lost = [...notKept(after.gone, now.gone), ...notKept(after.stays, now.stays)];
  if (!isDone(now)) throw new NotApplied([...new Set(lost)]);
  return [...new Set(lost)];
}

/**
 * Finds out what became of a transaction whose answer was lost; nothing to do where it was done.
 *
 * @param refusal why a part of it was refused
 */
async function settle(
  client: FhirClient,
  change: PairChange,
  cause: unknown,
  refusal?: unknown,
): Promise<readonly string[]> {
  const { gone, stays } = change.before;
  const now = await readBoth(client, change.before).catch(() => undefined);
  if (!now) throw new AnswerLost('unknown', cause);
  const both = { gone: now.gone.resource, stays: now.stays.resource };
  if (change.isDone(both)) return believed(change, both);
  const moved = (one: Versioned<Patient>, etag = '') => isMoved({ read: one, text: '' }, etag);
  if (moved(now.gone, gone.etag) || moved(now.stays, stays.etag)) throw new Conflict(silent(412));
  throw refusal ?? new AnswerLost('not-done', cause);
}

/**
 * Writes two records of one person: both at once where the server does transactions. Elsewhere one
 * after the other, first the record that stays.
 *
 * Throws Conflict where one of them was changed since it was read, {@link HalfDone} where only the
 * first of two steps was done, {@link NotApplied} where the server took it and the records do not say
 * it, AnswerLost where the answer was lost and neither was changed, and what the client throws.
 *
 * @param transaction whether the server declares transactions
 * @param made until the first of the two leaves, it can be called off
 * @returns the elements that the server did not keep as they were sent
 */
export async function writePair(
  client: FhirClient,
  change: PairChange,
  transaction: boolean,
  made: Pick<Made, 'signal' | 'sending'> = {},
): Promise<readonly string[]> {
  const { before } = change;
  const { gone, stays } = before;
  const { signal } = made;
  if (!gone.etag || !stays.etag) throw new Error('both versions must be known');
  if (transaction) {
    const bundle = pairBundle(change, client.baseUrl);
    const [staysNow, goneNow] = await Promise.all([
      asSent(client, stays.resource.id, { signal }),
      asSent(client, gone.resource.id, { signal }),
    ]);
    // Not every server minds `ifMatch` (ADR 0023).
    if (isMoved(staysNow, stays.etag) || isMoved(goneNow, gone.etag)) {
      if (change.isDone({ gone: goneNow.read.resource, stays: staysNow.read.resource })) return [];
      throw new Conflict(silent(412));
    }
    const body = exactPair(bundle, [staysNow, goneNow]);
    signal?.throwIfAborted();
    made.sending?.();
    let answer: Bundle;
    try {
      answer = await client.batch(bundle, body ? { body } : {});
    } catch (error) {
      if (isLost(error)) return settle(client, change, error);
      if (!noTransactions(error)) throw error;
      return oneByOne(client, change, made);
    }
    const no = refused(answer);
    if (no) return settle(client, change, answer, refusalOf(no));
    // An answer need not hold the records: what stands there is asked for.
    const now = await readBoth(client, before).catch((cause: unknown) => {
      throw new AnswerLost('unknown', cause);
    });
    return believed(change, { gone: now.gone.resource, stays: now.stays.resource });
  }
  return oneByOne(client, change, made);
}

/** Two updates: once the first has left, the second is not called off. */
async function oneByOne(
  client: FhirClient,
  change: PairChange,
  made: Pick<Made, 'signal' | 'sending'>,
): Promise<readonly string[]> {
  const { before, after } = change;
  const { etag: goneEtag = '' } = before.gone;
  const { etag: staysEtag = '' } = before.stays;
  const alone = after.stays === before.stays.resource;
  const stays = alone ? before.stays : await updateOnce(client, after.stays, staysEtag, made);
  const gone = await updateOnce(client, after.gone, goneEtag, alone ? made : {}).catch(
    (error: unknown) => {
      throw new HalfDone(error);
    },
  );
  return believed(change, { gone: gone.resource, stays: stays.resource });
}
