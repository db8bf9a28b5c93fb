import type { RequestConfig } from '#config/schema.ts';
import { Forbidden, Gone, NetworkError, silent, TooLarge, Unauthorized } from '../errors.ts';
import { auth } from './auth.ts';
import { parseBody, readText } from './body.ts';
import { compose, isRead, isUnder, type Call } from './compose.ts';
import { errorFrom } from './error-body.ts';
import { logging, logNumber, type RequestLog } from './log.ts';
import { beforehand, network, networkError, send } from './network.ts';
import { retry, type RetryOptions } from './retry.ts';
import { endLimit } from './time-limit.ts';

export interface TransportOptions {
  readonly baseUrl: string;
  readonly authorization: () => Promise<string | undefined>;
  readonly renew: () => Promise<boolean>;
  /** Whether the token has expired, if the session can tell. */
  readonly tokenExpired?: (() => boolean) | undefined;
  readonly log: RequestLog;
  readonly requests?: RequestConfig | undefined;
  readonly retry?: RetryOptions;
  /** Milliseconds for one attempt, including the body. Overrides `requests.timeoutSeconds`. */
  readonly timeout?: number;
}

/** A successful response with its parsed body. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed body; undefined if it was empty. */
  readonly json: unknown;
}

/** A request for the transport, before headers and tokens are added. */
export interface Ask {
  readonly method: Call['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Parses the body instead of `JSON.parse`. */
  readonly parse?: ((text: string) => unknown) | undefined;
  /** Most bytes to read of the body. */
  readonly limit: number;
  /** True to send the request without a token first, as for the CapabilityStatement. */
  readonly anonymous?: boolean;
}

export interface Transport {
  /** Sends a request and reads its JSON response. */
  call(ask: Ask): Promise<Answer>;
  /** Sends a request and returns the successful response unread, for bodies that are not JSON. */
  open(ask: Ask): Promise<Response>;
  /** Reads a response of {@link Transport.open} as text, up to the limit of the ask. */
  readText(response: Response, ask: Ask): Promise<string>;
}

/** Returns the milliseconds that one attempt may take. */
export const timeoutOf = ({ timeout, requests }: TransportOptions): number =>
  timeout ?? (requests?.timeoutSeconds ?? 60) * 1000;

/** Most bytes read of an error body; the rest is not fetched. */
const ERROR_LIMIT = 1024 * 1024;

/** Encodes a header value as ASCII, because the browser refuses a request with other characters. */
export function headerText(value: string): string {
  return value.replace(/\p{Cs}/gu, '').replace(/[^\x20-\x7e]+/g, encodeURIComponent);
}

function auditHeaders(requests: RequestConfig | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(requests?.auditHeaders ?? {}).map(([name, value]) => [
      `x-ms-azurefhir-audit-${name.toLowerCase()}`,
      headerText(value),
    ]),
  );
}

/**
 * Makes the layers between the client's methods and the network. It sends as few headers as
 * possible, because each one that CORS does not allow by default can make a preflight request fail.
 */
export function createTransport(o: TransportOptions): Transport {
  const timeout = timeoutOf(o);
  const inner = [network({ timeout, tokenExpired: o.tokenExpired }), logging(o.log)];
  const anonymous = compose([retry(o.retry), ...inner], send);
  const withToken = compose([retry(o.retry), auth({ ...o, timeout }), ...inner], send);
  const audit = auditHeaders(o.requests);

  async function read(response: Response, limit: number, call: Call): Promise<string> {
    try {
      const { text, size } = await readText(response, limit);
      const n = logNumber(response);
      if (n !== undefined) o.log.sized(n, size);
      return text;
    } catch (error) {
      throw networkError(error, { wrote: !isRead(call) });
    } finally {
      endLimit(response);
    }
  }

  async function once(call: Call, via: typeof send): Promise<Response> {
    const response = await via(call);
    if (response.ok) return response;
    const body = await read(response, ERROR_LIMIT, call).catch((error: unknown) => {
      if (error instanceof TooLarge) return ''; // report the error's status, not its length
      throw error;
    });
    throw errorFrom(response, body);
  }

  const toCall = (ask: Ask): Call => ({
    url: ask.url,
    method: ask.method,
    headers: { accept: 'application/fhir+json', ...ask.headers, ...(!ask.anonymous && audit) },
    body: ask.body,
    signal: ask.signal,
  });

  async function open(ask: Ask): Promise<Response> {
    // A page link that was changed, for example in the browser history, is treated as expired.
    if (!isUnder(o.baseUrl, ask.url)) throw new Gone(silent(410));
    const call = toCall(ask);
    if (!ask.anonymous) return once(call, withToken);
    try {
      return await once(call, anonymous);
    } catch (error) {
      // Some gateways require a token for the CapabilityStatement, too. They send a 401 without
      // CORS headers, which the browser hides (client-js#97), or a 403 (AWS).
      const closed =
        error instanceof Unauthorized ||
        error instanceof Forbidden ||
        (error instanceof NetworkError && error.reason === 'unreachable');
      const token = closed && (await beforehand(o.authorization(), call, timeout));
      if (token) return once(call, withToken);
      throw error;
    }
  }

  return {
    open,
    readText: (response, ask) => read(response, ask.limit, toCall(ask)),
    async call(ask) {
      const response = await open(ask);
      const text = await read(response, ask.limit, toCall(ask));
      return {
        status: response.status,
        headers: response.headers,
        json: parseBody(text, response.status, ask.parse),
      };
    },
  };
}
