import type { Bundle, BundleEntryResponse, Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client/client.ts';
import { asSent, exactPair } from '#data/exact-body.ts';
import { AnswerLost, isLost } from '#data/mutations-lost.ts';
import { isChangedElsewhere, updateOnce, type Made } from '#data/update-once.ts';
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

/**
 * Two records of one person, named as in FHIR's `$merge`: the source must no longer be used, the
 * target replaces it.
 */
export interface Pair {
  readonly source: Versioned<Patient>;
  readonly target: Versioned<Patient>;
}

/** The resources of the two records, before or after the change. */
export interface Both {
  readonly source: Stored<Patient>;
  readonly target: Stored<Patient>;
}

/** Returns the resources of the two records. */
export const bothOf = ({ source, target }: Pair): Both => ({
  source: source.resource,
  target: target.resource,
});

/** A change to both records of a pair. */
export interface PairChange {
  readonly before: Pair;
  readonly after: Both;
  /** Whether both records already have the wanted state, no matter who changed them. */
  readonly isDone: (now: Both) => boolean;
}

/**
 * Only the first of two updates, that of the target, was done. That of the source failed, or its
 * outcome is unknown; `cause` says why. The user may try again.
 */
export class HalfDone extends Error {
  constructor(cause: unknown) {
    super('only the target was written', { cause });
  }
}

/** Returns a transaction of both updates, each with `If-Match` on the version the user compared. */
export function pairBundle({ before, after }: PairChange, baseUrl: string): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: (['target', 'source'] as const).map((which) => ({
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

/** Whether a server refused the bundle because it has no transactions; then it changed nothing. */
const noTransactions = (error: unknown): boolean =>
  error instanceof NotSupported ||
  error instanceof NotFound ||
  error instanceof Forbidden ||
  (error instanceof Invalid && (error.status === 400 || error.status === 415));

/**
 * Returns the response of the first failed entry, if any. A server that runs the two updates one by
 * one may execute only one of them and still respond with 200.
 */
const refused = ({ entry }: Bundle): BundleEntryResponse | undefined =>
  (entry ?? []).find(({ response }) => response && !/^2\d\d/.test(response.status))?.response;

/** Returns the server's reason for refusing an entry; undefined if none, or a changed version. */
function refusalOf({ status, outcome }: BundleEntryResponse): unknown {
  const error = refusalError({
    ...silent(Number.parseInt(status, 10)),
    issues: readIssues(outcome),
  });
  return error instanceof Invalid || error instanceof Forbidden ? error : undefined;
}

/** Reads the current versions of both records. */
async function readBoth(client: FhirClient, { source, target }: Pair): Promise<Pair> {
  const [sourceNow, targetNow] = await Promise.all([
    client.read('Patient', source.resource.id),
    client.read('Patient', target.resource.id),
  ]);
  return { source: sourceNow, target: targetNow };
}

/**
 * Checks that both records have the wanted state after the server accepted the change.
 *
 * @throws NotApplied if they do not
 * @returns the elements that the server did not store as they were sent
 */
function believed({ after, isDone }: PairChange, now: Both): readonly string[] {
  const lost = [...notKept(after.source, now.source), ...notKept(after.target, now.target)];
  if (!isDone(now)) throw new NotApplied([...new Set(lost)]);
  return [...new Set(lost)];
}

/**
 * Reads both records to find out whether a transaction was executed, after its response was lost or
 * reported a failed entry. Throws unless it was executed.
 *
 * @param refusal why an entry of the transaction was refused
 */
async function settle(
  client: FhirClient,
  change: PairChange,
  cause: unknown,
  refusal?: unknown,
): Promise<readonly string[]> {
  const { source, target } = change.before;
  const now = await readBoth(client, change.before).catch(() => undefined);
  if (!now) throw new AnswerLost('unknown', cause);
  const both = bothOf(now);
  if (change.isDone(both)) return believed(change, both);
  const changed = (read: Versioned<Patient>, etag = '') =>
    isChangedElsewhere({ read, text: '' }, etag);
  if (changed(now.source, source.etag) || changed(now.target, target.etag)) {
    throw new Conflict(silent(412));
  }
  throw refusal ?? new AnswerLost('not-done', cause);
}

/**
 * Writes two records of one person: both in one transaction if the server supports transactions,
 * otherwise one after the other, the target first.
 *
 * Throws Conflict if one of them was changed since it was read, {@link HalfDone} if only the first
 * of two updates was done, {@link NotApplied} if the server accepted the change and did not store
 * it, AnswerLost if the response was lost and the change is not known to be done, and all that the
 * client throws. If only the source has to be written, its own error is thrown.
 *
 * @param transaction whether the server declares transactions
 * @param made abort signal, which counts until the first request is sent, and a callback for that
 * @returns the elements that the server did not store as they were sent
 */
export async function writePair(
  client: FhirClient,
  change: PairChange,
  transaction: boolean,
  made: Pick<Made, 'signal' | 'sending'> = {},
): Promise<readonly string[]> {
  const { source, target } = change.before;
  if (!source.etag || !target.etag) throw new Error('both versions must be known');
  return transaction ? inTransaction(client, change, made) : oneByOne(client, change, made);
}

/** Writes both records in one transaction; one after the other if the server has none after all. */
async function inTransaction(
  client: FhirClient,
  change: PairChange,
  made: Pick<Made, 'signal' | 'sending'>,
): Promise<readonly string[]> {
  const { source, target } = change.before;
  const { etag: sourceEtag = '' } = source;
  const { etag: targetEtag = '' } = target;
  const { signal } = made;
  const bundle = pairBundle(change, client.baseUrl);
  const [targetNow, sourceNow] = await Promise.all([
    asSent(client, target.resource.id, { signal }),
    asSent(client, source.resource.id, { signal }),
  ]);
  // Not every server honours `ifMatch` (ADR 0023).
  if (isChangedElsewhere(targetNow, targetEtag) || isChangedElsewhere(sourceNow, sourceEtag)) {
    if (change.isDone(bothOf({ source: sourceNow.read, target: targetNow.read }))) return [];
    throw new Conflict(silent(412));
  }
  const body = exactPair(bundle, [targetNow, sourceNow]);
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
  // The response need not contain the records, so they are read.
  const now = await readBoth(client, change.before).catch((cause: unknown) => {
    throw new AnswerLost('unknown', cause);
  });
  return believed(change, bothOf(now));
}

/**
 * Writes the target, then the source. Once the first request is sent, the second is not aborted.
 * The target is skipped if it already has the wanted state, as after {@link HalfDone}.
 */
async function oneByOne(
  client: FhirClient,
  change: PairChange,
  made: Pick<Made, 'signal' | 'sending'>,
): Promise<readonly string[]> {
  const { before, after } = change;
  const { etag: sourceEtag = '' } = before.source;
  const { etag: targetEtag = '' } = before.target;
  const alone = after.target === before.target.resource;
  const target = alone ? before.target : await updateOnce(client, after.target, targetEtag, made);
  const source = await updateOnce(client, after.source, sourceEtag, alone ? made : {}).catch(
    (error: unknown) => {
      throw alone ? error : new HalfDone(error);
    },
  );
  return believed(change, bothOf({ source, target }));
}
