/**
 * Replaces `cross-fetch` in fhirclient with the browser's fetch, restricted to what a sign-in
 * needs: no cookies, redirects, referrer or cache, and a limit for the size and time of a response.
 * The callers check beforehand whether the URL is allowed.
 */

const MOST_BYTES = 1_000_000;
const TIMEOUT_MS = 30_000;

async function capped(response: Response): Promise<Response> {
  const reader = response.body?.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MOST_BYTES) {
      await reader?.cancel();
      throw new TypeError('The answer is too large');
    }
    chunks.push(part.value);
  }
  return new Response(new Blob(chunks), {
    status: response.status,
    statusText: response.statusText,
    headers: response.headers,
  });
}

/** Rejects like fetch, also for a response that is too large or too slow. */
export async function hardenedFetch(
  input: string | URL,
  init: RequestInit = {},
): Promise<Response> {
  const response = await window.fetch(input, {
    ...init,
    mode: 'cors',
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    signal: init.signal ?? AbortSignal.timeout(TIMEOUT_MS),
  });
  // A status without a body does not allow a new Response with one.
  return response.status === 204 || response.status === 304 ? response : capped(response);
}

// fhirclient imports these names.
/** @public */
export { hardenedFetch as fetch };
/** @public */
export const Response = globalThis.Response;
