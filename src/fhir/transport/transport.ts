import type { RequestConfig } from '#config/schema.ts';
import { isAbort } from '#lib/app-error.ts';
import { Gone, silent, Unauthorized } from '../errors.ts';
import { auth } from './auth.ts';
import { parseBody, readText } from './body.ts';
import { compose, isRead, isUnder, type Call } from './compose.ts';
import { errorFrom } from './error-body.ts';
import { logging, logNumber, type RequestLog } from './log.ts';
import { network, networkError, send } from './network.ts';
import { retry, type RetryOptions } from './retry.ts';

export interface TransportOptions {
  readonly baseUrl: string;
  readonly authorization: () => Promise<string | undefined>;
  readonly renew: () => Promise<boolean>;
  /** Whether the token is past its expiry, where the session can tell. */
  readonly tokenExpired?: (() => boolean) | undefined;
  readonly log: RequestLog;
  readonly requests?: RequestConfig | undefined;
  readonly retry?: RetryOptions;
  /** Milliseconds for one attempt. */
  readonly timeout?: number;
}

/** A successful answer, its body read and parsed. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Undefined where the body was empty. */
  readonly json: unknown;
}

export interface Ask {
  readonly method: Call['method'];
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
  /** Most bytes to read. */
  readonly limit: number;
  /** Ask without a token first, as the capability statement allows. */
  readonly anonymous?: boolean;
}

/** No error page needs more; the rest of it is not fetched. */
const ERROR_LIMIT = 1024 * 1024;

/** Header values are ASCII; anything else would make the browser refuse the whole request. */
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
 * Everything between the client's methods and the network, composed once. Headers are kept to what
 * CORS allows without asking wherever possible: each more can make a preflight fail.
 */
export function createTransport(o: TransportOptions): { call(ask: Ask): Promise<Answer> } {
  const inner = [
    network({ ...(o.timeout && { timeout: o.timeout }), tokenExpired: o.tokenExpired }),
    logging(o.log),
  ];
  const anonymous = compose([retry(o.retry), ...inner], send);
  const withToken = compose([retry(o.retry), auth(o), ...inner], send);
  const audit = auditHeaders(o.requests);

  async function once(call: Call, ask: Ask, via: typeof send): Promise<Answer> {
    const response = await via(call);
    try {
      const { text, size } = await readText(response, response.ok ? ask.limit : ERROR_LIMIT);
      const n = logNumber(response);
      if (n !== undefined) o.log.sized(n, size);
      if (!response.ok) throw errorFrom(response, text);
      return {
        status: response.status,
        headers: response.headers,
        json: parseBody(text, response.status),
      };
    } catch (error) {
      throw isAbort(error) ? error : networkError(error, { wrote: !isRead(call) });
    }
  }

  return {
    async call(ask) {
      // A page link that was tampered with, say in the browser's history: as good as an expired one.
      if (!isUnder(o.baseUrl, ask.url)) throw new Gone(silent(410));
      const call: Call = {
        url: ask.url,
        method: ask.method,
        headers: { accept: 'application/fhir+json', ...ask.headers, ...(!ask.anonymous && audit) },
        body: ask.body,
        signal: ask.signal,
      };
      if (!ask.anonymous) return once(call, ask, withToken);
      try {
        return await once(call, ask, anonymous);
      } catch (error) {
        // Some gateways protect the capability statement as well.
        if (error instanceof Unauthorized) return once(call, ask, withToken);
        throw error;
      }
    },
  };
}
