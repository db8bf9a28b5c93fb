/** A signal for one request, and the end of its time limit. */
export interface TimeLimit {
  readonly signal: AbortSignal;
  /** Stops the clock: the request is over. */
  readonly end: () => void;
}

/**
 * Starts the time limit of one request. Not `AbortSignal.timeout`, because that lives until its
 * time is up, with all that waits for it: a user who pages fast would keep the last minute's
 * requests in memory.
 *
 * @param signal the caller's signal, which ends the request, too
 * @param timeout in milliseconds; then the signal aborts with a `TimeoutError`
 */
export function startLimit(signal: AbortSignal | undefined, timeout: number): TimeLimit {
  const own = new AbortController();
  const follow = (): void => own.abort(signal?.reason);
  const timer = setTimeout(() => own.abort(new DOMException('', 'TimeoutError')), timeout);
  if (signal?.aborted) follow();
  signal?.addEventListener('abort', follow);
  return {
    signal: own.signal,
    end: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', follow);
    },
  };
}

/** The time limits of responses whose bodies are still to be read. */
const limits = new WeakMap<Response, TimeLimit>();

/** Keeps a request's time limit until `endLimit`. */
export const keepLimit = (response: Response, limit: TimeLimit): void => {
  limits.set(response, limit);
};

/** Ends the time limit of a response whose body has been read or given up. */
export const endLimit = (response: Response): void => limits.get(response)?.end();
