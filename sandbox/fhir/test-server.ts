import type { Bundle, FhirResource, OperationOutcome } from 'fhir/r4';
import { generate } from '../data/generate.ts';
import { startFhirServer, type FhirServer, type FhirServerOptions } from './server.ts';

/** A response, read for a test. */
export interface TestAnswer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; undefined when it is not JSON. */
  json: unknown;
}

/** Sends a request to a path under the base or to a full address. */
export type Send = (
  method: string,
  path: string,
  o?: { body?: unknown; headers?: Record<string, string>; token?: string },
) => Promise<TestAnswer>;

export interface TestServer extends FhirServer {
  send: Send;
}

/** Starts a server with a small set of data, for unit tests. */
export async function startTestServer(
  o: Partial<FhirServerOptions> & { patients?: number } = {},
): Promise<TestServer> {
  const { patients = 60, ...options } = o;
  const server = await startFhirServer({
    ...generate({ patients, charts: 6 }),
    auth: 'open',
    ...options,
  });
  return Object.assign(server, { send: sender(server.baseUrl) });
}

export function sender(baseUrl: string): Send {
  return async (method, path, o = {}) => {
    const { body } = o;
    const headers: Record<string, string> = { ...o.headers };
    if (body !== undefined) headers['content-type'] ??= 'application/fhir+json';
    if (o.token !== undefined) headers['authorization'] = `Bearer ${o.token}`;
    const response = await fetch(path.startsWith('http') ? path : `${baseUrl}/${path}`, {
      method,
      headers,
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

export const bundleOf = (answer: TestAnswer): Bundle => answer.json as Bundle;

export const linkOf = (answer: TestAnswer, relation: string): string | undefined =>
  bundleOf(answer).link?.find((link) => link.relation === relation)?.url;

/** Returns the ids of the matches of a search. */
export const idsOf = (answer: TestAnswer): string[] =>
  (bundleOf(answer).entry ?? [])
    .filter((e) => e.search?.mode === 'match')
    .map((e) => e.resource?.id ?? '');

/** Returns the issues of an outcome, or of the outcome entry of a bundle. */
export function issuesOf(answer: TestAnswer): OperationOutcome['issue'] {
  const body = answer.json as FhirResource;
  if (body.resourceType === 'OperationOutcome') return body.issue;
  const entry = (body as Bundle).entry?.find((e) => e.search?.mode === 'outcome');
  return (entry?.resource as OperationOutcome | undefined)?.issue ?? [];
}
