import { readText } from '#fhir/transport/body.ts';
import { isRecord, type Json } from '#lib/narrow.ts';

/** Result of a request from this page, as far as the browser reveals it. */
export type Probe =
  | { readonly answered: true; readonly response: Response; readonly ms: number }
  /** Network, DNS, CORS and policy failures look the same; {@link whySilent} tells them apart. */
  | { readonly answered: false; readonly ms: number };

const TIMEOUT_MS = 15_000;
/** Maximum response size in bytes; a capability statement is the largest. */
const LIMIT = 4_000_000;

/** Sends no cookies and no referrer, and bypasses the cache. */
const BARE = { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' } as const;

/**
 * Sends a request without cookies; never rejects. Also without a token, unless `init` has one: some
 * checks send the session's token to the FHIR server's `/metadata` if it refuses requests without,
 * or to test CORS.
 */
export async function probe(
  url: string,
  signal: AbortSignal,
  init: RequestInit = {},
): Promise<Probe> {
  const started = performance.now();
  const ms = (): number => Math.round(performance.now() - started);
  try {
    const response = await fetch(url, {
      ...init,
      ...BARE,
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    return { answered: true, response, ms: ms() };
  } catch {
    return { answered: false, ms: ms() };
  }
}

/** Why a request got no readable response. */
export type Silence =
  | 'offline'
  /** The page's own Content-Security-Policy blocked it. */
  | 'policy'
  /** The URL redirects, which neither the app nor a check follows. */
  | 'redirect'
  | 'unreachable'
  /** The server responds, but CORS does not allow this origin to read the response. */
  | 'cors';

const sameOrigin = (a: string, b: string): boolean =>
  URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;

/** Whether a URL redirects. Fetch reveals only that, if CORS allows it. */
async function redirects(url: string, signal: AbortSignal): Promise<boolean> {
  const init = { ...BARE, redirect: 'manual', signal } as const;
  const response = await fetch(url, init).catch(() => undefined);
  return response?.type === 'opaqueredirect';
}

/**
 * Tells why a request got no readable response. Repeats it with `no-cors`, which needs no
 * permission and returns nothing readable: if it succeeds, the server is reachable.
 */
export async function whySilent(url: string, signal: AbortSignal): Promise<Silence> {
  if (!navigator.onLine) return 'offline';
  const patience = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  if (await redirects(url, patience)) return 'redirect';
  let stopped = false;
  const note = (event: SecurityPolicyViolationEvent): void => {
    stopped ||= event.effectiveDirective === 'connect-src' && sameOrigin(event.blockedURI, url);
  };
  document.addEventListener('securitypolicyviolation', note);
  try {
    await fetch(url, {
      ...BARE,
      mode: 'no-cors',
      signal: patience,
    });
    return 'cors';
  } catch {
    // The violation event arrives shortly after the failure.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return stopped ? 'policy' : 'unreachable';
  } finally {
    document.removeEventListener('securitypolicyviolation', note);
  }
}

/** Returns the JSON object of a response; undefined if it is not an object or too large. */
export async function jsonObject(response: Response): Promise<Json | undefined> {
  try {
    const { text } = await readText(response, LIMIT);
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
