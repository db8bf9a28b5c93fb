import type { IncomingMessage } from 'node:http';
import type { Behaviour } from './faults/modes.ts';

/** The CORS settings of the server. May be changed at run time. */
export interface CorsSettings {
  /** Exact origins, or `*` for all. */
  origins: string[] | '*';
  /** Request headers allowed beyond the CORS-safelisted ones, in any case; `*` for all. */
  headers: string[];
  methods: string[];
  /** Seconds for which a browser may cache the response to a preflight. */
  maxAge: number;
}

export const defaultCors = (): CorsSettings => ({
  origins: '*',
  headers: [
    'Accept',
    'Authorization',
    'Content-Type',
    'If-Match',
    'If-None-Exist',
    'If-None-Match',
    'Prefer',
    'X-Requested-With',
  ],
  methods: ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS'],
  maxAge: 0,
});

/** Returns the CORS headers of a response; only `Vary` when the request's origin is not allowed. */
export function corsHeaders(
  req: IncomingMessage,
  cors: CorsSettings,
  behaviour: Behaviour,
): Record<string, string> {
  const origin = req.headers.origin;
  if (origin === undefined || (cors.origins !== '*' && !cors.origins.includes(origin)))
    return { Vary: 'Origin' };
  const headers: Record<string, string> = { Vary: 'Origin', 'Access-Control-Allow-Origin': origin };
  if (behaviour.exposedHeaders.length > 0) {
    headers['Access-Control-Expose-Headers'] = behaviour.exposedHeaders.join(', ');
  }
  return headers;
}

/** Returns the headers of a preflight's response: the headers and methods that are allowed. */
export function preflightHeaders(
  req: IncomingMessage,
  cors: CorsSettings,
  behaviour: Behaviour,
): Record<string, string> {
  const headers = corsHeaders(req, cors, behaviour);
  if (!headers['Access-Control-Allow-Origin']) return headers;
  const asked = req.headers['access-control-request-headers'] ?? '';
  const allowed = cors.headers.includes('*')
    ? asked.split(',').map((name) => name.trim())
    : cors.headers;
  delete headers['Access-Control-Expose-Headers'];
  return {
    ...headers,
    'Access-Control-Allow-Headers': allowed
      .filter((name) => !behaviour.refusedHeaders.includes(name.toLowerCase()))
      .join(', '),
    'Access-Control-Allow-Methods': cors.methods.join(', '),
    'Access-Control-Max-Age': String(cors.maxAge),
  };
}
