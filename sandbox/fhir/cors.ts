import type { IncomingMessage } from 'node:http';
import type { Behaviour } from './faults/modes.ts';

/** What a site lets pages of other origins do. May be changed at run time. */
export interface CorsSettings {
  /** Exact origins, or `*` for all. */
  origins: string[] | '*';
  /** Request headers beyond the ones that always pass, in any case; `*` for all. */
  headers: string[];
  methods: string[];
  /** Seconds that a browser may keep a preflight's answer. */
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

/** Headers for an answer to a page; none where the origin is not allowed, so the browser refuses. */
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

/** Headers for the answer to a preflight: what is allowed. The browser compares with what it wants. */
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
