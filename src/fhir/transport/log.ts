import { requestId } from './error-body.ts';
import type { Layer } from './compose.ts';

/** One request and its response, without search values, bodies or tokens. */
export interface LogEntry {
  readonly n: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** Path and query of the URL, with search values masked. */
  readonly path: string;
  /** HTTP status; 0 if there was no response that this page may read. */
  readonly status: number;
  /** Milliseconds until the response headers arrived. */
  readonly ms: number;
  /** Bytes of the body; undefined until it has been read. */
  readonly size: number | undefined;
  readonly requestId: string | undefined;
}

/** Parameters whose values never identify a patient, so they are logged unmasked. */
const PLAIN = new Set([
  '_count',
  '_sort',
  '_total',
  '_summary',
  '_elements',
  '_format',
  '_include',
  '_revinclude',
]);

/** Returns path and query for the log, such as `/fhir/Patient?name=***&_count=20`. */
export function maskedPath(url: string): string {
  const { pathname, searchParams } = new URL(url);
  const query = [...searchParams]
    .map(([key, value]) => `${key}=${PLAIN.has(key) ? value : '***'}`)
    .join('&');
  return query ? `${pathname}?${query}` : pathname;
}

/** The log of requests and responses, newest last, in memory only. It keeps the last 200. */
export class RequestLog {
  #entries: readonly LogEntry[] = [];
  #next = 1;
  readonly #listeners = new Set<() => void>();

  /** Returns the same array until the log changes, as React's useSyncExternalStore requires. */
  readonly entries = (): readonly LogEntry[] => this.#entries;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(entry: Omit<LogEntry, 'n'>): number {
    const n = this.#next;
    this.#next += 1;
    this.#set([...this.#entries.slice(-199), { ...entry, n }]);
    return n;
  }

  /** Records the length of a body that has been read. */
  sized(n: number, size: number): void {
    this.#set(this.#entries.map((e) => (e.n === n ? { ...e, size } : e)));
  }

  clear(): void {
    this.#set([]);
  }

  #set(entries: readonly LogEntry[]): void {
    this.#entries = entries;
    for (const listener of this.#listeners) listener();
  }
}

/** The log entry's number of each response, so that the reader of the body can add its size. */
const numbers = new WeakMap<Response, number>();

/** Returns the number (`n`) of the log entry; undefined for a response that was not logged. */
export function logNumber(response: Response): number | undefined {
  return numbers.get(response);
}

/** Returns the layer that logs each request when its headers arrive, or when it fails. */
export function logging(log: RequestLog): Layer {
  return (next) => async (call) => {
    const at = Date.now();
    const started = performance.now();
    const entry = (status: number, id?: string) => ({
      at,
      method: call.method,
      path: maskedPath(call.url),
      status,
      ms: Math.round(performance.now() - started),
      size: undefined,
      requestId: id,
    });
    try {
      const response = await next(call);
      numbers.set(response, log.add(entry(response.status, requestId(response.headers))));
      return response;
    } catch (error) {
      log.add(entry(0));
      throw error;
    }
  };
}
