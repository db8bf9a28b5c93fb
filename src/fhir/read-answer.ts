import { isRecord, record, text } from '#lib/narrow.ts';
import { BadResponse, NotFound, silent } from './errors.ts';
import { isId } from './reference.ts';
import type { Answer } from './transport/transport.ts';
import type { Stored, Versioned } from './types.ts';

/** An id that may stand in an address; throws NotFound for any other. */
export function checked(id: string): string {
  if (!isId(id)) throw new NotFound(silent(404));
  return id;
}

/**
 * The resource of an answer, with its version.
 *
 * @param id what was asked for; undefined where the server gives it
 */
export function asResource<R>(answer: Answer, type: string, id?: string): Versioned<R> {
  const body = answer.json;
  if (!isRecord(body) || body['resourceType'] !== type || !isId(body['id'])) {
    throw new BadResponse(`the FHIR server sent no ${type}`, answer.status);
  }
  // An answer about somebody else must never be shown under the id that was asked for.
  if (id !== undefined && body['id'] !== id) {
    throw new BadResponse(`the FHIR server sent another ${type}`, answer.status);
  }
  const version = text(record(body['meta'])['versionId']);
  const etag = answer.headers.get('etag') ?? (version === undefined ? undefined : `W/"${version}"`);
  return { resource: body as unknown as Stored<R>, etag };
}

/** The Bundle of an answer; throws BadResponse for anything else. */
export function asBundle(answer: Answer): unknown {
  if (record(answer.json)['resourceType'] !== 'Bundle') {
    throw new BadResponse('the FHIR server sent no Bundle', answer.status);
  }
  return answer.json;
}
