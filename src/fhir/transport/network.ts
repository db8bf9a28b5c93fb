import { isAbort } from '#lib/app-error.ts';
import { takeEarly } from '#lib/early-answers.ts';
import { NetworkError, signInAgain } from '../errors.ts';
import { isRead, type Call, type Layer } from './compose.ts';
import { keepLimit, startLimit } from './time-limit.ts';

export interface NetworkOptions {
  /** Milliseconds for one attempt, its body included. */
  readonly timeout: number;
  /**
   * Whether the token has expired. A failed fetch is then most likely a 401 without CORS headers
   * (Oracle).
   */
  readonly tokenExpired?: (() => boolean) | undefined;
}

/** Converts an error of a fetch or of a body to a NetworkError; returns an abort unchanged. */
export function networkError(error: unknown, o: { wrote: boolean }): unknown {
  if (isAbort(error)) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError') return new NetworkError('timeout', { ...o, cause: error });
  if (error instanceof TypeError) {
    const offline =
      typeof navigator !== 'undefined' && (navigator.onLine as boolean | undefined) === false;
    return new NetworkError(offline ? 'offline' : 'unreachable', { ...o, cause: error });
  }
  return error;
}

/**
 * Waits for something that a call needs before it is sent, within the call's signal and timeout:
 * the identity provider, or the web server that has the call's code, may never answer. A late
 * result is not lost: later calls can use it.
 *
 * @throws {NetworkError} with `timeout`, and `wrote` false because nothing was sent
 */
export async function beforehand<T>(
  asked: Promise<T>,
  call: Partial<Pick<Call, 'signal'>>,
  timeout: number,
): Promise<T> {
  const limit = startLimit(call.signal, timeout);
  try {
    return await heldTo(limit.signal, asked);
  } catch (error) {
    throw networkError(error, { wrote: false });
  } finally {
    limit.end();
  }
}

/** Layer that sets the time limit and classifies network failures. Only the log is inside it. */
export function network({ timeout, tokenExpired }: NetworkOptions): Layer {
  return (next) => async (call) => {
    const limit = startLimit(call.signal, timeout);
    const wrote = !isRead(call);
    try {
      const response = await next({ ...call, signal: limit.signal });
      // In a browser a redirect has status 0 and no target (Fetch, opaque-redirect response).
      if (!response.ok && response.status < 400) throw new NetworkError('redirected', { wrote });
      keepLimit(response, limit); // it covers the body, too
      return response;
    } catch (error) {
      limit.end();
      const known = networkError(error, { wrote });
      const unreachable = known instanceof NetworkError && known.reason === 'unreachable';
      // Not for a write, which would be repeated after the renewal although it may have been
      // applied.
      if (unreachable && !wrote && tokenExpired?.()) {
        throw signInAgain();
      }
      throw known;
    }
  };
}

/** Sends a request without cookies, cache or referrer, and without following redirects. */
export async function send({ url, method, headers, body, signal }: Call): Promise<Response> {
  const isPlain = method === 'GET' && Object.keys(headers).length === 1 && 'accept' in headers;
  const early = isPlain ? takeEarly(url) : undefined;
  if (early) return signal ? within(early, signal) : early;
  return fetch(url, {
    method,
    headers: { ...headers },
    ...(body !== undefined && { body }),
    ...(signal && { signal }),
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    redirect: 'manual', // unlike 'error', distinguishes a redirect from a network failure
  });
}

/** Applies a signal to the headers and the body of a response that was requested without one. */
async function within(early: Promise<Response>, signal: AbortSignal): Promise<Response> {
  const response = await heldTo(signal, early);
  const body = response.body?.pipeThrough(new TransformStream(), { signal });
  return body ? new Response(body, response) : response; // an opaque redirect cannot be copied
}

/** Waits for a promise until a signal aborts. */
function heldTo<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    promise.then(resolve, reject); // first, so that a later rejection is never unhandled
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}
