import type { IncomingMessage } from 'node:http';

/** One request that reached the server. */
export interface RequestLogEntry {
  /** Time of the request, a FHIR instant. */
  at: string;
  method: string;
  /** Path without the query. */
  path: string;
  /** Query without the question mark; empty when there is none. */
  query: string;
  /** Headers that tests look at; never the Authorization header. */
  headers: Record<string, string>;
  /** Whether an Authorization header was sent. */
  authorized: boolean;
  /** The request body; empty for none. */
  body: string;
  /** Status of the response; 0 until it is sent, and when the connection was dropped. */
  status: number;
  /** True once the response is complete or dropped, or the client has aborted the request. */
  over: boolean;
}

const interesting = [
  'accept',
  'content-type',
  'if-match',
  'if-none-exist',
  'if-none-match',
  'origin',
  'prefer',
];

export function logEntry(req: IncomingMessage, url: URL): RequestLogEntry {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(req.headers)) {
    if (typeof value === 'string' && (interesting.includes(name) || name.startsWith('x-')))
      headers[name] = value;
  }
  return {
    at: new Date().toISOString(),
    method: req.method ?? 'GET',
    path: url.pathname,
    query: url.search.slice(1),
    headers,
    authorized: req.headers.authorization !== undefined,
    body: '',
    status: 0,
    over: false,
  };
}
