import { isAbort } from '#lib/app-error.ts';
import { takeEarly } from '#lib/early-answers.ts';
import { NetworkError, signInAgain } from '../errors.ts';
import { isRead, type Call, type Layer } from './compose.ts';

export interface NetworkOptions {
  /** Milliseconds for one attempt, its body included. */
  readonly timeout: number;
  /** Whether the token is past its expiry: then a failed fetch is most likely a 401 without CORS headers (Oracle). */
  readonly tokenExpired?: (() => boolean) | undefined;
}

/** Turns whatever a fetch or a body threw into this program's classes; an abort passes through. */
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

/** The caller's own signal, and a time limit. */
function limited(signal: AbortSignal | undefined, timeout: number): AbortSignal {
  const limit = AbortSignal.timeout(timeout);
  return signal ? AbortSignal.any([signal, limit]) : limit;
}

/**
 * What is asked for before a call can leave, held to the limits of the call: the identity provider, or
 * the web server that has the code for it, may never answer. What comes too late serves the calls after it.
 *
 * @throws {NetworkError} `timeout`: nothing was sent, and nothing written
 */
export async function beforehand<T>(
  asked: Promise<T>,
  call: Partial<Pick<Call, 'signal'>>,
  timeout: number,
): Promise<T> {
  try {
    return await heldTo(limited(call.signal, timeout), asked);
  } catch (error) {
    throw networkError(error, { wrote: false });
  }
}

/** Sets the time limit and names failures to reach the server. Innermost but for the log. */
export function network({ timeout, tokenExpired }: NetworkOptions): Layer {
  return (next) => async (call) => {
    const signal = limited(call.signal, timeout);
    const wrote = !isRead(call);
    try {
      const response = await next({ ...call, signal });
      // Its status is 0 in a browser, which hides where it leads to (Fetch, opaque-redirect).
      if (response.ok || response.status >= 400) return response;
      throw new NetworkError('redirected', { wrote });
    } catch (error) {
      const known = networkError(error, { wrote });
      const unreachable = known instanceof NetworkError && known.reason === 'unreachable';
      // A write is left as it is: it may have been done, and must be looked for first.
      if (unreachable && !wrote && tokenExpired?.()) {
        throw signInAgain();
      }
      throw known;
    }
  };
}

/** Fetches with nothing ambient: no cookies, no cache, no referrer, no redirect to elsewhere. */
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
    redirect: 'manual', // never followed: told apart from a failure of the network
  });
}

/** An answer that was asked for without a signal, its headers and its body held to one. */
async function within(early: Promise<Response>, signal: AbortSignal): Promise<Response> {
  const response = await heldTo(signal, early);
  const body = response.body?.pipeThrough(new TransformStream(), { signal });
  return body ? new Response(body, response) : response; // of a redirect none can be made
}

/** A promise, for as long as a signal lets it be waited for. */
function heldTo<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    promise.then(resolve, reject); // first: what fails later, when nobody waits, is no error of its own
    signal.throwIfAborted();
    signal.addEventListener('abort', () => reject(signal.reason as Error));
  });
}
