import { record, text, type Json } from '#lib/narrow.ts';
import { BadResponse, NotFound, silent } from '../errors.ts';
import { isId } from '../reference.ts';
import type { Answer } from '../transport/transport.ts';
import type { Stored, Versioned } from '../types.ts';

/** An id that may stand in an address; throws NotFound for any other. */
export function checked(id: string): string {
  if (!isId(id)) throw new NotFound(silent(404));
  return id;
}

/** The resource of an answer; throws BadResponse for one of another type. */
export function ofType(answer: Answer, type: string): Json {
  const body = record(answer.json);
  if (body['resourceType'] !== type) {
    throw new BadResponse(`the FHIR server sent no ${type}`, answer.status);
  }
  return body;
}

/**
 * The resource of an answer, with its version.
 *
 * @param id what was asked for; undefined where the server gives it
 */
export function asResource<R>(answer: Answer, type: string, id?: string): Versioned<R> {
  const body = ofType(answer, type);
  // An answer about somebody else must never be shown under the id that was asked for.
  if (!isId(body['id']) || (id !== undefined && body['id'] !== id)) {
    throw new BadResponse(`the FHIR server sent another ${type}`, answer.status);
  }
  // The ETag is `W/"<version id>"` (FHIR R4 §3.1.0.2), and a proxy that compresses rewrites it, as
  // Apache httpd does to `W/"3-gzip"`; nobody rewrites the body.
  const version = text(record(body['meta'])['versionId']);
  const etag = version === undefined ? answer.headers.get('etag') : `W/"${version}"`;
  return { resource: body as unknown as Stored<R>, etag: etag ?? undefined };
}
