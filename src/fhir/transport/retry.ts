import { retryAfter } from './error-body.ts';
import { isRead, type Layer } from './compose.ts';

export interface RetryOptions {
  /** Repeats after the first try. */
  readonly max?: number;
  /** First pause in milliseconds; doubled each time, with jitter. */
  readonly pause?: number;
  /** The longest wait, in milliseconds, that a server may ask for; beyond it the error is shown. */
  readonly longest?: number;
}

/** Statuses that may pass by themselves; those from 520 are Cloudflare's about the server behind it. */
export const PASSING: ReadonlySet<number> = new Set([429, 502, 503, 504, 520, 521, 522, 523, 524]);

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/**
 * Sends a read again after what may pass, honouring Retry-After where the browser may read it.
 * Writes are never repeated: a create whose answer got lost may have happened.
 */
export function retry(o: RetryOptions = {}): Layer {
  const { max = 3, pause = 500, longest = 20_000 } = o;
  return (next) => async (call) => {
    if (!isRead(call)) return next(call);
    for (let attempt = 0; ; attempt += 1) {
      const response = await next(call);
      if (attempt >= max || !PASSING.has(response.status)) return response;
      const asked = retryAfter(response.headers);
      const own = pause * 2 ** attempt * (0.5 + Math.random());
      const ms = asked === undefined ? own : asked * 1000 + pause * Math.random();
      if (ms > longest) return response;
      await response.body?.cancel();
      await wait(ms, call.signal);
    }
  };
}
