import { isId } from '#lib/id.ts';
import { record, text, type Json } from '#lib/narrow.ts';
import { BadResponse, NotFound, silent } from '../errors.ts';
import type { Answer } from '../transport/transport.ts';
import type { Stored, Versioned } from '../types.ts';

/** Returns an id that is safe in a URL; throws NotFound for any other. */
export function checked(id: string): string {
  if (!isId(id)) throw new NotFound(silent(404));
  return id;
}

/** Returns the resource of a response; throws BadResponse if it has another type. */
export function ofType(answer: Answer, type: string): Json {
  const body = record(answer.json);
  if (body['resourceType'] !== type) {
    throw new BadResponse(`the FHIR server sent no ${type}`, answer.status);
  }
  return body;
}

/**
 * Returns the resource of a response, with its version.
 *
 * @param id the requested id; undefined if the server assigns it
 * @throws {BadResponse} if the resource has another type or id
 */
export function asResource<R>(answer: Answer, type: string, id?: string): Versioned<R> {
  const body = ofType(answer, type);
  // Another patient's record must never be shown under the requested id.
  if (!isId(body['id']) || (id !== undefined && body['id'] !== id)) {
    throw new BadResponse(`the FHIR server sent another ${type}`, answer.status);
  }
  // The ETag is `W/"<version id>"` (FHIR R4 §3.1.0.2), but compressing proxies change it (Apache
  // httpd to `W/"3-gzip"`). They do not change the body, so `meta.versionId` has priority.
  const version = text(record(body['meta'])['versionId']);
  const etag = version === undefined ? answer.headers.get('etag') : `W/"${version}"`;
  return { resource: body as unknown as Stored<R>, etag: etag ?? undefined };
}
