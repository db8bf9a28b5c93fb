import { readText } from '#fhir/transport/body.ts';

/** What a request from this page got, as far as a browser tells. */
export type Probe =
  | { readonly answered: true; readonly response: Response; readonly ms: number }
  /** Network, DNS, CORS and policy look alike here; {@link whySilent} tells them apart. */
  | { readonly answered: false; readonly ms: number };

const TIMEOUT_MS = 15_000;
/** In bytes; a capability statement is the longest that is asked for. */
const LIMIT = 4_000_000;

/** Nothing ambient goes along. */
const BARE = { credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' } as const;

/**
 * Asks without cookies, and never rejects. Without a token too, unless `init` has one: some checks
 * send the session's to the FHIR server's `/metadata`, where it is refused without, and to see
 * whether CORS lets it pass.
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

/** Why a request got nothing that this page may read. */
export type Silence =
  | 'offline'
  /** The page's own Content-Security-Policy stopped it. */
  | 'policy'
  /** It leads elsewhere, where neither the app nor a check follows. */
  | 'redirect'
  | 'unreachable'
  /** Somebody answers there, but does not let this site read it. */
  | 'cors';

const sameOrigin = (a: string, b: string): boolean =>
  URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;

/** Whether an address leads elsewhere: Fetch tells that much, and no more, where CORS lets it. */
async function redirects(url: string, signal: AbortSignal): Promise<boolean> {
  const init = { ...BARE, redirect: 'manual', signal } as const;
  const response = await fetch(url, init).catch(() => undefined);
  return response?.type === 'opaqueredirect';
}

/**
 * Asks once more in the way that needs no leave and gives nothing to read (Fetch, `no-cors`): that
 * it succeeds says that the server is there.
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
    // The event of a violation comes a moment after the failure.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return stopped ? 'policy' : 'unreachable';
  } finally {
    document.removeEventListener('securitypolicyviolation', note);
  }
}

/** The JSON object of an answer; undefined where it is none, or too long. */
export async function jsonObject(
  response: Response,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const { text } = await readText(response, LIMIT);
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
