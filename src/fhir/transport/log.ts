import { requestId } from './error-body.ts';
import type { Layer } from './compose.ts';

/** One exchange, without search values, bodies or tokens. */
export interface LogEntry {
  readonly n: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** Path and query under the origin, search values masked. */
  readonly path: string;
  /** 0 where no answer could be read. */
  readonly status: number;
  /** Milliseconds until the headers came. */
  readonly ms: number;
  /** Bytes of the body; undefined until read. */
  readonly size: number | undefined;
  readonly requestId: string | undefined;
}

/** Parameters whose values say how, not whom, and may be read by anybody. */
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

/** Path and query for the log: `/fhir/Patient?name=***&_count=20`. */
export function maskedPath(url: string): string {
  const { pathname, searchParams } = new URL(url);
  const query = [...searchParams]
    .map(([key, value]) => `${key}=${PLAIN.has(key) ? value : '***'}`)
    .join('&');
  return query ? `${pathname}?${query}` : pathname;
}

/** The exchanges of this page, newest last, in memory only. At most 200 are kept. */
export class RequestLog {
  #entries: readonly LogEntry[] = [];
  #next = 1;
  readonly #listeners = new Set<() => void>();

  /** Stable until something changes, as React's useSyncExternalStore wants it. */
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

  /** Notes the length of a body that has now been read. */
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

/** Which log entry belongs to a response, so that the reader of its body can add the size. */
const numbers = new WeakMap<Response, number>();

export function logNumber(response: Response): number | undefined {
  return numbers.get(response);
}

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
