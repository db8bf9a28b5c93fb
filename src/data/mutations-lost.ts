import type { FhirClient } from '#fhir/client/client.ts';
import {
  BadResponse,
  CreatedButUnknown,
  Gone,
  NetworkError,
  NotFound,
  ServerError,
  TooLarge,
} from '#fhir/errors.ts';
import { AppError } from '#lib/app-error.ts';

// Preloaded with the code of changes: the network may be lost by the time it is needed.
import('#fhir/client/later-calls.ts').catch(() => undefined); // retried when it is needed

/**
 * A gateway in front of the server timed out, or could not read its answer. Not 521, 523 and the
 * like of Cloudflare, with which no connection to the server came about. 503 comes from a gateway,
 * too (Azure's Front Door), unless the server itself explains it in an OperationOutcome.
 */
function gaveUp({ status, issues }: ServerError): boolean {
  return [502, 504, 520, 522, 524].includes(status) || (status === 503 && issues.length === 0);
}

/**
 * True for a timeout of this program or of a gateway: the server may still be working on it.
 * Azure's Front Door answers 503 then.
 */
const mayCome = (error: unknown): boolean =>
  (error instanceof NetworkError && error.reason === 'timeout' && error.wrote) ||
  (error instanceof ServerError && gaveUp(error) && [503, 504, 524].includes(error.status));

/** True if the server may have done a write: no answer says that it did not. */
export function isLost(error: unknown): boolean {
  return (
    (error instanceof NetworkError && error.wrote) ||
    error instanceof CreatedButUnknown ||
    error instanceof BadResponse ||
    error instanceof TooLarge ||
    (error instanceof ServerError && gaveUp(error))
  );
}

/** The answer to a change was lost, and the record was read again to find out its outcome. */
export class AnswerLost extends AppError {
  readonly kind = 'answer-lost';
  /** `not-done`: nothing was written. `unknown`: the record could not be read either. */
  readonly state: 'not-done' | 'unknown';

  constructor(state: AnswerLost['state'], cause: unknown) {
    super(`the answer to a change was lost (${state})`, { cause });
    this.state = state;
  }

  /** The outcome to show. `not-yet`: nothing was written so far, and it may still be. */
  get told(): AnswerLost['state'] | 'not-yet' {
    return this.state === 'not-done' && mayCome(this.cause) ? 'not-yet' : this.state;
  }
}

/** The change was not sent: the read before it failed, or there was no token. */
export class NotSent extends AnswerLost {
  constructor(cause: unknown) {
    super('not-done', cause);
  }

  override get told(): 'not-done' {
    return 'not-done';
  }
}

/** True if the outcome of the write is unknown: it may have been, or may yet be, applied. */
export const isOpen = (error: unknown): boolean =>
  error instanceof AnswerLost && error.told !== 'not-done';

/** {@link isOpen}, or {@link isLost} where no record was read again: it may have been saved. */
export const isUnsure = (error: unknown): boolean => isLost(error) || isOpen(error);

/**
 * Why a change failed. If an earlier try has an unknown outcome and this one was not sent, the
 * outcome stays unknown. Without an earlier try, a refusal before sending is an ordinary one.
 *
 * @param open whether an earlier try has an unknown outcome
 */
export function lostBefore(open: boolean, error: unknown): unknown {
  if (!(error instanceof NotSent)) return error;
  const { cause } = error;
  if (open) return new AnswerLost('unknown', cause);
  return cause instanceof NetworkError || isLost(cause) ? error : cause;
}

export const wasDeleted = (error: unknown): boolean =>
  error instanceof Gone || error instanceof NotFound;

/** Deletes a record, and reads it after a lost answer. Throws {@link AnswerLost}, or as the client. */
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
