import type { Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client/client.ts';
import { Conflict, Invalid, NetworkError, silent } from '#fhir/errors.ts';
import type { Stored, Versioned } from '#fhir/types.ts';
import { asSent, exactPatient, exactVersion, type AsSent } from './exact-body.ts';
import { AnswerLost, isLost, NotSent, wasDeleted } from './mutations-lost.ts';
import { isOwn } from './own-change.ts';

/** Options of {@link updateOnce}: what the change is based on, and how to follow or stop it. */
export interface Made {
  /** Id of the version that was edited; undefined if it is the current one. */
  readonly madeOf?: string | undefined;
  /**
   * The version that the same change was based on when it was sent before and its response was
   * lost. The server's current version may be that change.
   */
  readonly sentOver?: Patient | undefined;
  /** True to restore a deleted record; `ifMatch` then names the version of the deletion. */
  readonly revives?: boolean | undefined;
  /** Aborting it prevents the change from being sent, but does not cancel one that was sent. */
  readonly signal?: AbortSignal | undefined;
  /** Called right before the change is sent; from then on the server may save it. */
  readonly sending?: (() => void) | undefined;
}

/** Whether two ETags name one version. FHIR's ETags are weak, but some servers send strong ones. */
const sameVersion = (a: string | undefined, b: string): boolean =>
  a?.replace(/^W\//, '') === b.replace(/^W\//, '');

/** True if the server's version is not the edited one; false if the server sends no version. */
export const isChangedElsewhere = ({ read }: AsSent, edited: string): boolean =>
  read.etag !== undefined && !sameVersion(read.etag, edited);

/** Reads the record before a change; undefined if it is deleted and is to be restored. */
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
 * Updates the version that was edited, and finds out the outcome if the response is lost.
 *
 * The record is read first because not every server checks `If-Match` (ADR 0023). After a lost
 * response or a version conflict the record is read again: if the server's version equals the
 * change, the change was saved and is not written twice.
 *
 * @throws {@link AnswerLost} if nothing was written or the outcome is unknown, and its subclass
 *   {@link NotSent} if the change was not sent (see `lostBefore`); Conflict if somebody else
 *   changed the record; and what the client throws. A 409 or 412 although the version is unchanged
 *   throws Invalid: HAPI sends it for a duplicate identifier (`ResourceVersionConflictException`,
 *   HAPI-0550), and gateways that never match a weak ETag send it, too (RFC 9110 §13.1.1).
 */
export async function updateOnce(
  client: FhirClient,
  resource: Stored<Patient>,
  ifMatch: string,
  made: Made = {},
): Promise<Versioned<Patient>> {
  const { madeOf, sentOver, signal } = made;
  // Outside the `try` below: nothing was sent yet, so a failure here is not a lost write.
  const before = await present(client, resource.id, made);
  if (before && isChangedElsewhere(before, ifMatch)) {
    if (isOwn(before.read.resource, resource, sentOver)) return before.read;
    throw new Conflict(silent(412));
  }
  // If the server does not return the edited version, equal numbers get the current version's
  // digits.
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
