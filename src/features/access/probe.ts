/** What a request from this page got, as far as a browser tells. */
export type Probe =
  | { readonly answered: true; readonly response: Response; readonly ms: number }
  /** Network, DNS, CORS and policy look alike here. */
  | { readonly answered: false; readonly ms: number };

const TIMEOUT_MS = 15_000;
const MOST_CHARACTERS = 4_000_000;

/** Asks without token or cookies, and never rejects. */
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
      credentials: 'omit',
      cache: 'no-store',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    return { answered: true, response, ms: ms() };
  } catch {
    return { answered: false, ms: ms() };
  }
}

/** The JSON object of an answer; undefined where it is none. */
export async function jsonObject(
  response: Response,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  try {
    const text = await response.text();
    if (text.length > MOST_CHARACTERS) return undefined;
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
