import { isAbort } from '#lib/app-error.ts';
import type { BulkExport } from './bulk-export.ts';
import type { ExportManifest } from './bulk-export-manifest.ts';
import type { JobUrl, StatusUrl } from './bulk-export-url.ts';
import {
  BadResponse,
  FhirError,
  Gone,
  NetworkError,
  NotFound,
  Throttled,
  TooLarge,
} from '../errors.ts';
import { PASSING } from '../transport/retry.ts';

/** A step in the life of a job, as far as this program can see it. */
export type ExportStep =
  /** `waitMs`: milliseconds until it is asked again. `trouble`: the last question had no answer. */
  | {
      readonly state: 'running';
      readonly progress: string | undefined;
      readonly waitMs: number;
      readonly trouble: unknown;
      /** Where it can be cancelled; undefined until it has answered as a job. */
      readonly job: JobUrl | undefined;
    }
  | { readonly state: 'done'; readonly manifest: ExportManifest }
  /** The server does not know the job: it ran out, was cancelled, or never was. */
  | { readonly state: 'expired' }
  /** The server gave up. */
  | { readonly state: 'failed'; readonly error: unknown }
  /** The question was refused, to this person or for now: the job may well go on. */
  | { readonly state: 'refused'; readonly error: unknown }
  /** No answer several times over: the job may well go on. */
  | { readonly state: 'lost'; readonly error: unknown };

export interface PollOptions {
  readonly signal: AbortSignal;
  /** First pause in milliseconds where the server names none; grows by half each time. */
  readonly pause?: number;
  /** Longest pause in milliseconds, even if the server asks for more. */
  readonly longest?: number;
  /** Unanswered questions in a row before giving up. */
  readonly patience?: number;
}

/**
 * Asks after a job until it ends. Ends too, without a further step, when the signal aborts; the job
 * itself goes on at the server.
 *
 * @see https://hl7.org/fhir/uv/bulkdata/export.html#bulk-data-status-request
 */
export async function* pollExport(
  bulk: BulkExport,
  url: StatusUrl,
  { signal, pause = 1500, longest = 300_000, patience = 5 }: PollOptions,
): AsyncGenerator<ExportStep, void, undefined> {
  let own = pause;
  let missed = 0;
  let progress: string | undefined;
  let job: JobUrl | undefined;
  while (!signal.aborted) {
    let asked: number | undefined;
    let trouble: unknown;
    try {
      // oxlint-disable-next-line no-await-in-loop -- one question at a time is the point
      const status = await bulk.status(url, { signal });
      if (status.state === 'done') {
        yield status;
        return;
      }
      missed = 0;
      ({ job, progress } = status);
      asked = status.retryAfter;
    } catch (error) {
      if (isAbort(error) || signal.aborted) return;
      if (!isPassing(error)) {
        if (error instanceof NotFound || error instanceof Gone) yield { state: 'expired' };
        else yield { state: isRefusal(error) ? 'refused' : 'failed', error };
        return;
      }
      missed += 1;
      if (missed >= patience) {
        yield { state: 'lost', error };
        return;
      }
      trouble = error;
      asked = error instanceof FhirError ? error.retryAfter : undefined;
    }
    // A server that says 0 would otherwise be asked without a breath.
    const waitMs = Math.min(longest, Math.max(pause / 2, asked === undefined ? own : asked * 1000));
    own = Math.min(30_000, own * 1.5);
    yield { state: 'running', progress, waitMs, trouble, job };
    // oxlint-disable-next-line no-await-in-loop -- see above
    await sleep(waitMs, signal);
  }
}

/** What may pass by itself: no answer, too many questions, a gateway in between, "transient". */
function isPassing(error: unknown): boolean {
  if (error instanceof NetworkError || error instanceof Throttled) return true;
  if (!(error instanceof FhirError) || error.status < 500) return false;
  return PASSING.has(error.status) || error.issues.some(({ code }) => code === 'transient');
}

/** Refused by the server, or for want of a session. */
function isRefusal(error: unknown): boolean {
  if (error instanceof FhirError) return error.status >= 400 && error.status < 500;
  return !(error instanceof BadResponse || error instanceof TooLarge);
}

/** The share that is done, from 0 to 100, where the server's words hold a percentage. */
export function percentage(progress: string | undefined): number | undefined {
  const digits = /(?:^|[^\d.,-])(\d{1,3}(?:\.\d+)?)\s*%/.exec(progress ?? '')?.[1];
  const value = Number(digits);
  return digits !== undefined && value <= 100 ? value : undefined;
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  });
}
