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

// Whoever may change something has the code that sends it before the network can be lost.
import('#fhir/client/later-calls.ts').catch(() => undefined); // asked for again when it is needed

/**
 * What stands in front of the server gave up waiting for it, or could not read its answer. Not 521,
 * 523 and the like of Cloudflare, with which no connection to the server came about. 503 comes from
 * a gateway, too (Azure's Front Door), unless the server itself said it.
 */
function gaveUp({ status, issues }: ServerError): boolean {
  return [502, 504, 520, 522, 524].includes(status) || (status === 503 && issues.length === 0);
}

/**
 * Whether somebody only gave up waiting, this program or what stands in front of the server: it may
 * be working on it still. Azure's Front Door says 503 then.
 */
const mayCome = (error: unknown): boolean =>
  (error instanceof NetworkError && error.reason === 'timeout' && error.wrote) ||
  (error instanceof ServerError && gaveUp(error) && [503, 504, 524].includes(error.status));

/** Whether the server may have done a write all the same: nothing was answered that says it did not. */
export function isLost(error: unknown): boolean {
  return (
    (error instanceof NetworkError && error.wrote) ||
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

  /** What a person is told. `not-yet`: nothing was written so far, and it may still be. */
  get told(): AnswerLost['state'] | 'not-yet' {
    return this.state === 'not-done' && mayCome(this.cause) ? 'not-yet' : this.state;
  }
}

/** What a change needs before it is sent was not to be had: what is read, or the token. */
export class NotSent extends AnswerLost {
  constructor(cause: unknown) {
    super('not-done', cause);
  }

  override get told(): 'not-done' {
    return 'not-done';
  }
}

/** Whether a change may have been done, as nobody could be asked, or may still be. */
export const isOpen = (error: unknown): boolean =>
  error instanceof AnswerLost && error.told !== 'not-done';

/**
 * Why a change failed: of what became of an earlier try nothing is known while the second did not
 * even leave. Where there was none, what was refused before it left is told as any other refusal.
 *
 * @param open whether an earlier one may have been done
 */
export function lostBefore(open: boolean, error: unknown): unknown {
  if (!(error instanceof NotSent)) return error;
  const { cause } = error;
  if (open) return new AnswerLost('unknown', cause);
  return cause instanceof NetworkError || isLost(cause) ? error : cause;
}

export const wasDeleted = (error: unknown): boolean =>
  error instanceof Gone || error instanceof NotFound;

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
