import type { IncomingMessage } from 'node:http';

/** One request that reached the server. */
export interface RequestLogEntry {
  /** FHIR instant */
  at: string;
  method: string;
  /** Without the query. */
  path: string;
  /** Without the question mark; empty where there is none. */
  query: string;
  /** Headers that a client chooses; never the token itself. */
  headers: Record<string, string>;
  /** Whether an Authorization header was sent. */
  authorized: boolean;
  /** The request body; empty for none. */
  body: string;
  /** 0 until answered, and where the connection was dropped. */
  status: number;
  /** Nothing more is sent: answered to the end, dropped, or given up by who asked. */
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
