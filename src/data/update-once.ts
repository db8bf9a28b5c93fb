import type { Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client.ts';
import { Conflict, Invalid, NetworkError, silent } from '#fhir/errors.ts';
import { sameJson } from '#fhir/json-equal.ts';
import type { Stored, Versioned } from '#fhir/types.ts';
import { exactPatient, holdsDecimals } from './exact-body.ts';
import { AnswerLost, isLost, NotSent, wasDeleted } from './mutations-lost.ts';

/** A version without what the server itself puts in. */
const content = (patient: Patient): unknown => ({ ...patient, meta: undefined, text: undefined });

/**
 * An update whose answer is believed only where there is one. After a lost answer, or a refusal
 * because of another version, it looks first: what stands on the server and says the same was
 * saved, and is not written twice.
 *
 * Throws {@link AnswerLost} where nothing was written and it is safe to try again, Conflict where
 * somebody else saved something else, and what the client throws. A 409 or 412 of the very version
 * that is to be changed is Invalid: HAPI answers so where an identifier must be unique
 * (`ResourceVersionConflictException`, HAPI-0550), gateways where they never match a weak ETag
 * (RFC 9110 §13.1.1).
 *
 * @param madeOf the version whose numbers it holds; undefined where that is the present one
 */
export async function updateOnce(
  client: FhirClient,
  resource: Stored<Patient>,
  ifMatch: string,
  madeOf?: string,
): Promise<Versioned<Patient>> {
  // Not among what may be a lost write: nothing was sent yet, and NotSent says so.
  const body = holdsDecimals(resource) ? await exactPatient(client, resource, madeOf) : undefined;
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
    if (sameJson(content(now.resource), content(resource))) return now;
    const unchanged = now.etag === ifMatch;
    if (error instanceof Conflict) throw unchanged ? new Invalid(error) : error;
    throw unchanged ? new AnswerLost('not-done', error) : new Conflict(silent(412));
  }
}
