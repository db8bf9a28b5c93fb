/** A fault for requests that match. Everything left out matches, and happens as usual. */
export interface Fault {
  method?: string;
  /** Tested against path and query, such as `/fhir/Patient?name=a`. */
  path?: RegExp;
  /** How many requests it hits; without it, all until it is removed. */
  times?: number;
  /** Let this many matching requests pass first. */
  skip?: number;
  /** Milliseconds before anything else happens. */
  delay?: number;
  /** Called as the request comes in: nothing else happens before what it returns has settled. */
  hold?: () => Promise<void>;
  status?: number;
  headers?: Record<string, string>;
  /** Body in place of the real one. An object is sent as JSON. The request is not carried out. */
  body?: string | object;
  contentType?: string;
  /**
   * `drop`: the connection closes unanswered. `cut`: it closes after headers and half a body.
   * `trickle`: headers at once, then the body a byte a second. `flood`: the body, then spaces for
   * ever, as fast as they are taken.
   */
  connection?: 'drop' | 'cut' | 'trickle' | 'flood';
  /** With `connection`, `status` or `body`: carry the request out first, only the answer differs. */
  afterWork?: boolean;
  /** Changes the real answer's JSON (links, entries, anything). */
  rewrite?: (body: unknown) => unknown;
}

export interface FaultControl {
  /** Adds a fault and returns how to remove it. */
  add(fault: Fault): () => void;
  /** Removes all faults. */
  clear(): void;
  /** The fault for a request, and one use of it spent. */
  take(method: string, path: string): Fault | undefined;
}

interface Armed {
  fault: Fault;
  left: number;
  skip: number;
}

export function createFaults(): FaultControl {
  let armed: Armed[] = [];
  return {
    add(fault) {
      const entry = { fault, left: fault.times ?? Infinity, skip: fault.skip ?? 0 };
      armed.push(entry);
      return () => {
        armed = armed.filter((other) => other !== entry);
      };
    },
    clear() {
      armed = [];
    },
    take(method, path) {
      for (const entry of armed) {
        const { fault } = entry;
        // A preflight is hit only by a fault that names it.
        if (fault.method ? fault.method !== method : method === 'OPTIONS') continue;
        if (entry.left <= 0 || (fault.path && !fault.path.test(path))) continue;
        if (entry.skip > 0) {
          entry.skip--;
          continue;
        }
        entry.left--;
        return fault;
      }
      return undefined;
    },
  };
}

/** Ready-made faults for `FaultControl.add`; spread them to add a match. */
export const faultKinds = {
  throttled: (retryAfterSeconds = 1): Fault => ({
    status: 429,
    headers: {
      'Retry-After': String(retryAfterSeconds),
      'x-ms-retry-after-ms': String(retryAfterSeconds * 1000),
    },
    body: {
      resourceType: 'OperationOutcome',
      issue: [
        { severity: 'error', code: 'throttled', diagnostics: 'The request rate is too large.' },
      ],
    },
    contentType: 'application/fhir+json; charset=utf-8',
  }),
  html: (status = 502): Fault => ({
    status,
    contentType: 'text/html',
    body: '<!DOCTYPE html><html><head><title>502 - Web server received an invalid response.</title></head><body><h2>Bad Gateway</h2><script>globalThis.__xss=1</script></body></html>',
  }),
  empty: (status = 200): Fault => ({ status, body: '' }),
  malformed: (status = 200): Fault => ({ status, body: '{"resourceType":"Bundle","entry":[{' }),
  /** A body of about `megabytes` MB: one OperationOutcome with a very long text. */
  huge: (megabytes = 20): Fault => ({
    status: 200,
    body: `{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"too-long","diagnostics":"${'x'.repeat(megabytes * 1_000_000)}"}]}`,
  }),
  wrongType: (): Fault => ({ status: 200, contentType: 'text/plain', body: 'OK' }),
  dropped: (): Fault => ({ connection: 'drop' }),
  /** The server does the work, and the answer never arrives whole. */
  answerLost: (): Fault => ({ connection: 'cut', afterWork: true }),
  /** Created, and nothing is said of it: R4 leaves the body to the server, CORS may hide Location. */
  createdUnsaid: (): Fault => ({ status: 201, body: '', afterWork: true }),
} as const;
