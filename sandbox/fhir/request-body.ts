import type { IncomingMessage } from 'node:http';
import type { FhirRequest, HttpMethod } from '@medplum/fhir-router';
import { problem } from './outcome.ts';

/** Largest body that is read, in bytes. */
const maxBody = 10_000_000;

/** Returns the request body as text, cut off at the maximum. */
export async function readBody(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBody) chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Reads a request. Throws FhirProblem 400 for a bad body or `If-Match`, 415 for another format. */
export function parseBody(req: IncomingMessage, url: string, text: string): FhirRequest {
  const method = (req.method === 'HEAD' ? 'GET' : req.method) as HttpMethod;
  const match = req.headers['if-match'];
  if (match !== undefined && !/^W\/"[^"]+"$/.test(match)) {
    throw problem(400, 'invalid', 'The "If-Match" header must be a weak ETag, such as W/"1".');
  }
  const [encoded = '', query] = url.split('?', 2);
  const path = decodePath(encoded);
  return {
    method,
    url: `/${path}${query === undefined ? '' : `?${query}`}`,
    pathname: '',
    body: method === 'GET' || method === 'DELETE' ? undefined : decode(req, path, text),
    params: {},
    query: {},
    headers: req.headers,
    config: { transactions: true },
  };
}

/** Decodes a path, as some clients write `%24validate`. Throws FhirProblem 400 for a bad escape. */
function decodePath(path: string): string {
  try {
    return path.split('/').map(decodeURIComponent).join('/');
  } catch {
    throw problem(400, 'invalid', 'The address is not well formed.');
  }
}

function decode(req: IncomingMessage, path: string, text: string): unknown {
  const type = req.headers['content-type'] ?? '';
  if (path.endsWith('/_search')) return [...new URLSearchParams(text)];
  if (!/^application\/(fhir\+)?json\b/.test(type)) {
    throw problem(415, 'not-supported', `The media type "${type}" is not supported.`);
  }
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Falls through to the refusal below.
  }
  throw problem(400, 'structure', 'The body is not a JSON object.');
}
