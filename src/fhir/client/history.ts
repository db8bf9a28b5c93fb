import { isId } from '#lib/id.ts';
import { isRecord, list, record, text, type Json } from '#lib/narrow.ts';
import { cutRemark, MAX_ENTRIES } from './bundle.ts';
import type { FhirResource, HistoryEntry, Stored } from '../types.ts';

const METHODS: Readonly<Record<string, HistoryEntry<unknown>['method']>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'update',
  DELETE: 'delete',
};

const isOutcome = (entry: Json): boolean =>
  record(entry['resource'])['resourceType'] === 'OperationOutcome';

/** Returns the version id of a URL that ends in `_history/3`, or of an ETag such as `W/"3"`. */
function versionIn(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return (
    /\/_history\/([A-Za-z0-9\-.]{1,64})(?:$|[?#])/.exec(value)?.[1] ??
    /^(?:W\/)?"([A-Za-z0-9\-.]{1,64})"$/.exec(value)?.[1]
  );
}

/** Returns the record at the end of a URL, such as `Patient/1`, whatever its host and base. */
function namedIn(value: unknown): string | undefined {
  const path = text(value)?.replace(/[?#].*$/s, '');
  const steps = path?.replace(/\/_history(?:\/[^/]*)?$/, '').split('/') ?? [];
  const [type = '', id = ''] = steps.slice(-2);
  return /^[A-Z][A-Za-z]+$/.test(type) && isId(id) ? `${type}/${id}` : undefined;
}

/**
 * Whether an entry belongs to the requested record. A faulty server, a page link into the history
 * of all patients, or a proxy's cache can return entries of another record, which must never be
 * shown or restored under this id.
 */
function isOf({ resource, request, response, fullUrl }: Json, type: string, id: string): boolean {
  if (isRecord(resource)) return resource['resourceType'] === type && resource['id'] === id;
  const named = [record(request)['url'], record(response)['location'], fullUrl].map(namedIn);
  return named.every(
    // The last segment of a server's base may look like a type: `FHIR/Patient` names no record.
    (name) => name === undefined || name === `${type}/${id}` || name.endsWith(`/${type}`),
  );
}

/** Returns what an entry did; without a known request it is told by the response or the resource. */
function methodOf({ request, response, resource }: Json): HistoryEntry<unknown>['method'] {
  const method = record(request)['method'];
  if (typeof method === 'string' && Object.hasOwn(METHODS, method)) {
    return METHODS[method] ?? 'update';
  }
  const deleted = !isRecord(resource) || text(record(response)['status'])?.startsWith('204');
  return deleted ? 'delete' : 'update';
}

export interface History<R> {
  /** Versions and deletions in the order of the Bundle, which FHIR wants newest first. */
  readonly versions: readonly HistoryEntry<R>[];
  /** Number of entries of other records, which are not in `versions`. */
  readonly foreign: number;
  /** Says that the page has more entries than are read; empty otherwise. */
  readonly cut: ReturnType<typeof cutRemark>;
  /** The Bundle with only its OperationOutcomes, for `readPage` to read links and notices. */
  readonly rest: unknown;
}

/** Returns the versions of one record in a history Bundle. */
export function readHistory<R extends FhirResource>(
  body: unknown,
  c: { readonly type: string; readonly id: string },
): History<R> {
  const all = list(record(body)['entry']);
  const entries = all.slice(0, MAX_ENTRIES).filter(isRecord);
  const sent = entries.filter((entry) => !isOutcome(entry));
  const own = sent.filter((entry) => isOf(entry, c.type, c.id));
  return {
    versions: own.map((entry): HistoryEntry<R> => {
      const request = record(entry['request']);
      const response = record(entry['response']);
      const resource = isRecord(entry['resource']) ? entry['resource'] : undefined;
      const meta = record(resource?.['meta']);
      const method = methodOf(entry);
      return {
        id: c.id,
        versionId:
          text(meta['versionId']) ??
          versionIn(response['etag']) ??
          versionIn(response['location']) ??
          versionIn(entry['fullUrl']) ??
          versionIn(request['url']),
        method,
        at: text(meta['lastUpdated']) ?? text(response['lastModified']),
        // Microsoft's server sends a deletion as an empty resource with only `id` and `meta`.
        resource: method === 'delete' ? undefined : (resource as Stored<R> | undefined),
      };
    }),
    foreign: sent.length - own.length,
    cut: cutRemark(all.length),
    rest: { ...record(body), entry: entries.filter(isOutcome) },
  };
}
