import { retryAfter } from './error-body.ts';
import { isRead, type Layer } from './compose.ts';

export interface RetryOptions {
  /** Maximum number of repeats after the first try. */
  readonly max?: number;
  /** First pause in milliseconds. It doubles with each repeat and is varied at random. */
  readonly pause?: number;
  /** Longest pause in milliseconds. If a server asks for more, its error is returned at once. */
  readonly longest?: number;
}

/** Statuses of temporary failures; Cloudflare sends 520 to 524 about the server behind it. */
export const PASSING: ReadonlySet<number> = new Set([
  408, 425, 429, 499, 502, 503, 504, 520, 521, 522, 523, 524,
]);

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
 * Layer that repeats reads after temporary failures and honours Retry-After if the browser may read
 * it. Writes are never repeated, because a create whose response was lost may have succeeded.
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
