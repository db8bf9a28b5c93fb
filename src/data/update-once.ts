import type { Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client/client.ts';
import { Conflict, Invalid, NetworkError, silent } from '#fhir/errors.ts';
import type { Stored, Versioned } from '#fhir/types.ts';
import { asSent, exactPatient, exactVersion, type AsSent } from './exact-body.ts';
import { AnswerLost, isLost, NotSent, wasDeleted } from './mutations-lost.ts';
import { isOwn } from './own-change.ts';

/** What a change is based on, besides the version of `If-Match`, and how far it has come. */
export interface Made {
  /** The version that was edited; undefined where that is the present one. */
  readonly madeOf?: string | undefined;
  /**
   * The version that the same change was based on when it was sent before and not answered: the
   * server's version may be that change.
   */
  readonly sentOver?: Patient | undefined;
  /** The record was deleted, and the version of `If-Match` is its deletion. */
  readonly revives?: boolean | undefined;
  /** Aborted when nothing may be sent any more; what was sent is not cancelled. */
  readonly signal?: AbortSignal | undefined;
  /** Called right before the change is sent: from then on it may be saved. */
  readonly sending?: (() => void) | undefined;
}

/** Whether two ETags name one version: FHIR's are weak ones, some servers send strong ones. */
const sameVersion = (a: string | undefined, b: string): boolean =>
  a?.replace(/^W\//, '') === b.replace(/^W\//, '');

/** True if the server's version is not the one that was edited; false where it has no ETag. */
export const isChangedElsewhere = ({ read }: AsSent, edited: string): boolean =>
  read.etag !== undefined && !sameVersion(read.etag, edited);

/** The record before it is changed; undefined where it is known to be deleted, and brought back. */
async function present(
  client: FhirClient,
  id: string,
  { revives, signal }: Made,
): Promise<AsSent | undefined> {
  try {
    return await asSent(client, id, { signal });
  } catch (error) {
    if (revives && wasDeleted(error)) return undefined;
    throw error;
  }
}

/**
 * An update of the version that was edited. A missing answer is not taken for a failure.
 *
 * It reads the record first: not every server checks `If-Match` (ADR 0023). After a lost answer, or
 * a refusal because of another version, it reads again: if the server's version equals the change,
 * it was saved, and is not written twice.
 *
 * Throws {@link AnswerLost} where nothing was written and it is safe to try again, {@link NotSent}
 * among them (see `lostBefore`), Conflict where somebody else saved something else, and what the
 * client throws. A 409 or 412 of the very version that is to be changed is Invalid: HAPI answers so
 * where an identifier must be unique (`ResourceVersionConflictException`, HAPI-0550), gateways where
 * they never match a weak ETag (RFC 9110 §13.1.1).
 */
export async function updateOnce(
  client: FhirClient,
  resource: Stored<Patient>,
  ifMatch: string,
  made: Made = {},
): Promise<Versioned<Patient>> {
  const { madeOf, sentOver, signal } = made;
  // Outside of the `try` below: a failure here is not a lost write, nothing was sent yet.
  const before = await present(client, resource.id, made);
  if (before && isChangedElsewhere(before, ifMatch)) {
    if (isOwn(before.read.resource, resource, sentOver)) return before.read;
    throw new Conflict(silent(412));
  }
  // Where the server does not give that version, what did not change since has the present digits.
  const body =
    (madeOf === undefined ? undefined : await exactVersion(client, resource, madeOf, signal)) ??
    (before && exactPatient(resource, before));
  signal?.throwIfAborted();
  made.sending?.();
  try {
    return await client.update<Patient>(resource, { ifMatch, ...(body && { body }) });
  } catch (error) {
    if (error instanceof NetworkError && !error.wrote) throw new NotSent(error);
    if (!isLost(error) && !(error instanceof Conflict)) throw error;
    let now: Versioned<Patient>;
    try {
      now = await client.read('Patient', resource.id);
    } catch (silence) {
      if (error instanceof Conflict) throw error;
      throw new AnswerLost(wasDeleted(silence) ? 'not-done' : 'unknown', error);
    }
    const unchanged = sameVersion(now.etag, ifMatch);
    if (isOwn(now.resource, resource, unchanged ? undefined : before?.read.resource)) return now;
    if (error instanceof Conflict) throw unchanged ? new Invalid(error) : error;
    throw unchanged ? new AnswerLost('not-done', error) : new Conflict(silent(412));
  }
}
