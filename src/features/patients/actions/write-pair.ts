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

/** The two records, before or after the change. */
export interface Both {
  readonly source: Stored<Patient>;
  readonly target: Stored<Patient>;
}

/** A change to both records of a pair. */
export interface PairChange {
  readonly before: Pair;
  readonly after: Both;
  /** True if both records already have the wanted state, no matter who changed them. */
  readonly isDone: (now: Both) => boolean;
}

/**
 * The first of two updates, that of the target, was done. That of the source was not, or its outcome
 * is unknown; `cause` says why. One may try again.
 */
export class HalfDone extends Error {
  constructor(cause: unknown) {
    super('only the target was written', { cause });
  }
}

/** Both updates in one transaction, each bound to the version that was compared. */
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

/** How servers without transactions refuse one; then nothing was done. */
const noTransactions = (error: unknown): boolean =>
  error instanceof NotSupported ||
  error instanceof NotFound ||
  error instanceof Forbidden ||
  (error instanceof Invalid && (error.status === 400 || error.status === 415));

/** A server that runs the two updates one by one may do only one, and answer 200 all the same. */
const refused = ({ entry }: Bundle): BundleEntryResponse | undefined =>
  (entry ?? []).find(({ response }) => response && !/^2\d\d/.test(response.status))?.response;

/** Why an entry was refused, if the server says so and the version is not the reason. */
function refusalOf({ status, outcome }: BundleEntryResponse): unknown {
  const error = refusalError({
    ...silent(Number.parseInt(status, 10)),
    issues: readIssues(outcome),
  });
  return error instanceof Invalid || error instanceof Forbidden ? error : undefined;
}

/** Both records, as the server has them now. */
async function readBoth(client: FhirClient, { source, target }: Pair): Promise<Pair> {
  const [sourceNow, targetNow] = await Promise.all([
    client.read('Patient', source.resource.id),
    client.read('Patient', target.resource.id),
  ]);
  return { source: sourceNow, target: targetNow };
}

/**
 * Checks that both records have the wanted state, after a server accepted the change.
 *
 * @throws NotApplied where they do not
 * @returns the elements that it did not keep as they were sent
 */
function believed({ after, isDone }: PairChange, now: Both): readonly string[] {
  const lost = [...notKept(after.source, now.source), ...notKept(after.target, now.target)];
  if (!isDone(now)) throw new NotApplied([...new Set(lost)]);
  return [...new Set(lost)];
}

/**
 * Finds out what became of a transaction whose answer was lost. Throws unless it was done.
 *
 * @param refusal why a part of it was refused
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
  const both = { source: now.source.resource, target: now.target.resource };
  if (change.isDone(both)) return believed(change, both);
  const changed = (read: Versioned<Patient>, etag = '') =>
    isChangedElsewhere({ read, text: '' }, etag);
  if (changed(now.source, source.etag) || changed(now.target, target.etag)) {
    throw new Conflict(silent(412));
  }
  throw refusal ?? new AnswerLost('not-done', cause);
}

/**
 * Writes two records of one person: both at once where the server does transactions. Elsewhere one
 * after the other, first the target.
 *
 * Throws Conflict where one of them was changed since it was read, {@link HalfDone} where only the
 * first of two updates was done, {@link NotApplied} where the server accepted the change and did not
 * store it, AnswerLost where the answer was lost and the change is not known to be done, and all that
 * the client throws. Where only the source is to be written, its own error is thrown.
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
  const { source, target } = before;
  const { signal } = made;
  if (!source.etag || !target.etag) throw new Error('both versions must be known');
  if (transaction) {
    const bundle = pairBundle(change, client.baseUrl);
    const [targetNow, sourceNow] = await Promise.all([
      asSent(client, target.resource.id, { signal }),
      asSent(client, source.resource.id, { signal }),
    ]);
    // Not every server minds `ifMatch` (ADR 0023).
    if (isChangedElsewhere(targetNow, target.etag) || isChangedElsewhere(sourceNow, source.etag)) {
      const now = { source: sourceNow.read.resource, target: targetNow.read.resource };
      if (change.isDone(now)) return [];
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
    // The answer need not contain the records: read them.
    const now = await readBoth(client, before).catch((cause: unknown) => {
      throw new AnswerLost('unknown', cause);
    });
    return believed(change, { source: now.source.resource, target: now.target.resource });
  }
  return oneByOne(client, change, made);
}

/**
 * Two updates: once the first has left, the second is not called off. Only one where the target is
 * already as wanted, as after {@link HalfDone}.
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
  return believed(change, { source: source.resource, target: target.resource });
}
