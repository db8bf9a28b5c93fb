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

// Preloaded with the code of changes, because the network may be down when it is needed.
import('#fhir/client/later-calls.ts').catch(() => undefined); // loaded again when it is needed

/** Statuses after a time limit: of a gateway, or (408, Microsoft's) of the server's database. */
const TIMED_OUT = [408, 499, 503, 504, 524];

/**
 * Whether the server or a gateway gave up waiting, or a gateway could not read the response.
 * Cloudflare's 521, 523 and 525 do not count: they mean that no connection to the server was made.
 * A 503 counts as a gateway's (Azure's Front Door) unless it has an OperationOutcome, which the
 * server sends.
 */
function gaveUp({ status, issues }: ServerError): boolean {
  return (
    [408, 499, 502, 504, 520, 522, 524].includes(status) || (status === 503 && issues.length === 0)
  );
}

/**
 * True for a timeout of this app, a gateway or a database: the server may still be working on the request.
 * Azure's Front Door answers 503 then.
 */
const mayCome = (error: unknown): boolean =>
  (error instanceof NetworkError && error.reason === 'timeout' && error.wrote) ||
  (error instanceof ServerError && gaveUp(error) && TIMED_OUT.includes(error.status));

/** True if the server may have applied a write: no response rules it out. */
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

/** The change was not sent: the read before it failed, or the session had no token. */
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

/** True if a write may have been applied, whether or not the record was read again since. */
export const isUnsure = (error: unknown): boolean => isLost(error) || isOpen(error);

/**
 * Returns the error to report for a failed change. If this try was not sent and an earlier one has
 * an unknown outcome, the outcome stays unknown. Without an earlier try, a refusal of the read
 * before the change is reported as itself.
 *
 * @param open whether an earlier try has an unknown outcome
 */
export function lostBefore(open: boolean, error: unknown): unknown {
  if (!(error instanceof NotSent)) return error;
  const { cause } = error;
  if (open) return new AnswerLost('unknown', cause);
  return cause instanceof NetworkError || isLost(cause) ? error : cause;
}

/** True if a read failed because the record is not on the server. */
export const wasDeleted = (error: unknown): boolean =>
  error instanceof Gone || error instanceof NotFound;

/**
 * Deletes a patient. If the response is lost, reads the patient to find out the outcome.
 *
 * @throws {@link AnswerLost}, and what the client throws
 */
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
