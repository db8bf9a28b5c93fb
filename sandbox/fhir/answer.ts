import { getStatus, isOk } from '@medplum/core';
import type { FhirResponse } from '@medplum/fhir-router';
import type { FhirResource } from 'fhir/r4';
import { metaOf } from './outcome.ts';
import type { RequestContext } from './service.ts';

export const fhirJson = 'application/fhir+json; charset=utf-8';

/** A response that is ready to be sent. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  contentType: string;
  body: string | Buffer;
}

export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Answer {
  return { status, headers, contentType: fhirJson, body: JSON.stringify(body) };
}

/** Turns the router's result into status, headers and body. */
export function toAnswer(
  method: string,
  [result, resource]: FhirResponse,
  context: RequestContext,
): Answer {
  const meta = (resource && metaOf(resource)) ?? metaOf(result);
  const status = meta?.status ?? getStatus(result);
  const headers = { ...meta?.headers };
  if (meta?.text !== undefined) {
    return { status, headers, contentType: meta.contentType ?? fhirJson, body: meta.text };
  }
  if (!resource) {
    if (isOk(result) && method === 'DELETE')
      return { status: 204, headers, contentType: fhirJson, body: '' };
    // Microsoft's server puts the request id there, which a browser cannot read from a header.
    return jsonAnswer(status, { ...result, id: context.requestId }, headers);
  }
  const stored = resource as unknown as FhirResource;
  const version = stored.resourceType === 'Bundle' ? undefined : stored.meta?.versionId;
  if (version !== undefined) {
    headers['ETag'] = `W/"${version}"`;
    headers['Last-Modified'] = new Date(stored.meta?.lastUpdated ?? 0).toUTCString();
    if (method !== 'GET')
      headers['Location'] =
        `${context.base}/${stored.resourceType}/${stored.id}/_history/${version}`;
  }
  if (method !== 'GET' && version !== undefined && context.prefer.includes('return=minimal')) {
    return { status, headers, contentType: fhirJson, body: '' };
  }
  return jsonAnswer(status, stored, headers);
}
