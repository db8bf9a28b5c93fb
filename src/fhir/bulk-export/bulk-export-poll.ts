import { isAbort } from '#lib/app-error.ts';
import type { BulkExport } from './bulk-export.ts';
import type { ExportManifest } from './bulk-export-manifest.ts';
import type { JobUrl, StatusUrl } from './bulk-export-url.ts';
import { BadResponse, FhirError, Gone, NetworkError, NotFound, TooLarge } from '../errors.ts';
import { PASSING } from '../transport/retry.ts';

/** One step of polling an export job. */
export type ExportStep =
  /** `waitMs`: milliseconds until the next request. `trouble`: error of a failed status request. */
  | {
      readonly state: 'running';
      readonly progress: string | undefined;
      readonly waitMs: number;
      readonly trouble: unknown;
      /** URL for cancelling; undefined until a response has shown that the URL is that of a job. */
      readonly job: JobUrl | undefined;
    }
  | { readonly state: 'done'; readonly manifest: ExportManifest }
  /** The server does not know the job: it has expired, was cancelled, or never existed. */
  | { readonly state: 'expired' }
  /** The job failed, or the server's response is unusable. */
  | { readonly state: 'failed'; readonly error: unknown }
  /** The server refused the status request; the job may continue. */
  | { readonly state: 'refused'; readonly error: unknown }
  /** Several status requests in a row failed; the job may continue. */
  | { readonly state: 'lost'; readonly error: unknown };

export interface PollOptions {
  readonly signal: AbortSignal;
  /** First pause in milliseconds if the server sends no Retry-After; grows by half each time. */
  readonly pause?: number;
  /** Longest pause in milliseconds, even if the server asks for more. */
  readonly longest?: number;
  /** Number of failed status requests in a row after which polling ends. */
  readonly patience?: number;
}

/**
 * Polls a job until it ends. If the signal aborts, polling ends without a further step, and the job
 * continues on the server.
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
      // oxlint-disable-next-line no-await-in-loop -- polling sends one request at a time
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
    // At least half the first pause, because a server may send `Retry-After: 0`.
    const waitMs = Math.min(longest, Math.max(pause / 2, asked === undefined ? own : asked * 1000));
    own = Math.min(30_000, own * 1.5);
    yield { state: 'running', progress, waitMs, trouble, job };
    // oxlint-disable-next-line no-await-in-loop -- the next request waits for the pause
    await sleep(waitMs, signal);
  }
}

/** Whether an error may be temporary: no response, throttling, a gateway, or code `transient`. */
function isPassing(error: unknown): boolean {
  if (error instanceof NetworkError) return true;
  if (!(error instanceof FhirError)) return false;
  if (PASSING.has(error.status)) return true;
  return error.status >= 500 && error.issues.some(({ code }) => code === 'transient');
}

/** Whether the server refused the request, or the session had no token for it. */
function isRefusal(error: unknown): boolean {
  if (error instanceof FhirError) return error.status >= 400 && error.status < 500;
  return !(error instanceof BadResponse || error instanceof TooLarge);
}

/** Returns the percentage in an `X-Progress` text, from 0 to 100; undefined if it has none. */
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
