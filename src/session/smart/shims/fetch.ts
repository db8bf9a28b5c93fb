/**
 * Stands in for `cross-fetch` inside fhirclient: the browser's own fetch with everything switched
 * off that a sign-in does not need. No cookies, no redirects, no referrer, no cache, and no answer
 * that is larger or slower than a token response can be. Whether an address may be asked at all is
 * checked by the callers, before.
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

/** Rejects, as fetch does, for every reason not to get an answer. */
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
  // A null-body status cannot be rebuilt with a body.
  return response.status === 204 || response.status === 304 ? response : capped(response);
}

// The names under which fhirclient looks for them.
/** @public */
export { hardenedFetch as fetch };
/** @public */
export const Response = globalThis.Response;
