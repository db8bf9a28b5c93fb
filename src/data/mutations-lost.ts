import type { Patient } from 'fhir/r4';
import type { FhirClient } from '#fhir/client.ts';
import {
  BadResponse,
  Conflict,
  CreatedButUnknown,
  Gone,
  Invalid,
  NetworkError,
  NotFound,
  ServerError,
  silent,
  TooLarge,
} from '#fhir/errors.ts';
import { sameJson } from '#fhir/json-equal.ts';
import type { Stored, Versioned } from '#fhir/types.ts';
import { AppError } from '#lib/app-error.ts';

/**
 * What stands in front of the server gave up waiting for it, or could not read its answer. Not 521,
 * 523 and the like of Cloudflare, with which no connection to the server came about. 503 comes from
 * a gateway, too (Azure's Front Door), unless the server itself said it.
 */
function gaveUp({ status, issues }: ServerError): boolean {
  return [502, 504, 520, 522, 524].includes(status) || (status === 503 && issues.length === 0);
}

/** Whether the server may have done a write all the same: nothing was answered that says it did not. */
export function isLost(error: unknown): boolean {
  return (
    error instanceof NetworkError ||
    error instanceof CreatedButUnknown ||
    error instanceof BadResponse ||
    error instanceof TooLarge ||
    (error instanceof ServerError && gaveUp(error))
  );
}

/** The answer to a change was lost, and the server was asked what became of it. */
export class AnswerLost extends AppError {
  readonly kind = 'answer-lost';
  /** `not-done`: nothing was written. `unknown`: the server could not be asked either. */
  readonly state: 'not-done' | 'unknown';

  constructor(state: AnswerLost['state'], cause: unknown) {
    super(`the answer to a change was lost (${state})`, { cause });
    this.state = state;
  }
}

const wasDeleted = (error: unknown): boolean => error instanceof Gone || error instanceof NotFound;

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
 */
export async function updateOnce(
  client: FhirClient,
  resource: Stored<Patient>,
  ifMatch: string,
): Promise<Versioned<Patient>> {
  try {
    return await client.update<Patient>(resource, { ifMatch });
  } catch (error) {
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

/** A deletion that looks first after a lost answer. Throws {@link AnswerLost}, and what the client throws. */
export async function removeOnce(client: FhirClient, id: string): Promise<void> {
  try {
    await client.remove('Patient', id);
  } catch (error) {
    if (!isLost(error)) throw error;
    try {
      await client.read('Patient', id);
    } catch (answer) {
      if (wasDeleted(answer)) return;
      throw new AnswerLost('unknown', error);
    }
    throw new AnswerLost('not-done', error);
  }
}
