/** A fault for matching requests. A field left out matches every request and changes nothing. */
export interface Fault {
  method?: string;
  /** Tested against path and query, such as `/fhir/Patient?name=a`. */
  path?: RegExp;
  /** How many requests the fault hits; by default all, until the fault is removed. */
  times?: number;
  /** How many matching requests pass before the first one is hit. */
  skip?: number;
  /** Milliseconds to wait before the request is processed. */
  delay?: number;
  /** Called when the request arrives; the request is processed once the promise has settled. */
  hold?: () => Promise<void>;
  status?: number;
  headers?: Record<string, string>;
  /** Body that replaces the real one; an object is sent as JSON. The request is not carried out. */
  body?: string | object;
  contentType?: string;
  /**
   * `drop`: the connection closes without a response. `cut`: it closes after the headers and half
   * the body. `trickle`: the headers at once, then the body at a byte a second. `flood`: the body,
   * then endless spaces, as fast as the client reads them.
   */
  connection?: 'drop' | 'cut' | 'trickle' | 'flood';
  /** With `connection`, `status` or `body`: the request is carried out before the fault acts. */
  afterWork?: boolean;
  /** Changes the JSON of the real response (links, entries, anything). */
  rewrite?: (body: unknown) => unknown;
}

export interface FaultControl {
  /** Adds a fault. Returns a function that removes it. */
  add(fault: Fault): () => void;
  /** Removes all faults. */
  clear(): void;
  /** Returns the fault for a request, if any, and counts one use of it. */
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
        // Only a fault with the method OPTIONS hits a preflight.
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
  /** The server carries out the request, but the response is cut off. */
  answerLost: (): Fault => ({ connection: 'cut', afterWork: true }),
  /** A 201 without body or Location: R4 does not require a body, and CORS may hide Location. */
  createdUnsaid: (): Fault => ({ status: 201, body: '', afterWork: true }),
} as const;
