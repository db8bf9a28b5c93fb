import { isRecord, list, record, text, type Json } from '#lib/narrow.ts';
import { MAX_ENTRIES } from './bundle.ts';
import { isId } from '../reference.ts';
import type { FhirResource, HistoryEntry, Stored } from '../types.ts';

const METHODS: Readonly<Record<string, HistoryEntry<unknown>['method']>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'update',
  DELETE: 'delete',
};

const isOutcome = (entry: Json): boolean =>
  record(entry['resource'])['resourceType'] === 'OperationOutcome';

/** `_history/3` at the end of an address, or `W/"3"`. */
function versionIn(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return (
    /\/_history\/([A-Za-z0-9\-.]{1,64})(?:$|[?#])/.exec(value)?.[1] ??
    /^(?:W\/)?"([A-Za-z0-9\-.]{1,64})"$/.exec(value)?.[1]
  );
}

/** Whom an address ends in, `Patient/1`, under whichever name the server goes by in it. */
function namedIn(value: unknown): string | undefined {
  const path = text(value)?.replace(/[?#].*$/s, '');
  const steps = path?.replace(/\/_history(?:\/[^/]*)?$/, '').split('/') ?? [];
  const [type = '', id = ''] = steps.slice(-2);
  return /^[A-Z][A-Za-z]+$/.test(type) && isId(id) ? `${type}/${id}` : undefined;
}

/**
 * Whether an entry is of the record that was asked for. A server that ignores whose history it is,
 * a page link into the history of everybody, or a proxy's cache gives that of another one, which
 * must never be shown, and still less restored, under this id.
 */
function isOf({ resource, request, response, fullUrl }: Json, type: string, id: string): boolean {
  if (isRecord(resource)) return resource['resourceType'] === type && resource['id'] === id;
  const named = [record(request)['url'], record(response)['location'], fullUrl].map(namedIn);
  return named.every(
    // The last step of a server's base may look like a type: `FHIR/Patient` names no record.
    (name) => name === undefined || name === `${type}/${id}` || name.endsWith(`/${type}`),
  );
}

export interface History<R> {
  /** Newest first as sent, deletions included. */
  readonly versions: readonly HistoryEntry<R>[];
  /** How many entries of other records the server sent, which are not among the versions. */
  readonly foreign: number;
  /** The Bundle without them, to be read as a page for its links and notices. */
  readonly rest: unknown;
}

/** The versions of one record in a history Bundle. */
export function readHistory<R extends FhirResource>(
  body: unknown,
  c: { readonly type: string; readonly id: string },
): History<R> {
  const entries = list(record(body)['entry']).slice(0, MAX_ENTRIES).filter(isRecord);
  const sent = entries.filter((entry) => !isOutcome(entry));
  const own = sent.filter((entry) => isOf(entry, c.type, c.id));
  return {
    versions: own.map((entry): HistoryEntry<R> => {
      const request = record(entry['request']);
      const response = record(entry['response']);
      const resource = isRecord(entry['resource']) ? entry['resource'] : undefined;
      const meta = record(resource?.['meta']);
      const method = request['method'];
      return {
        id: c.id,
        versionId:
          text(meta['versionId']) ??
          versionIn(response['etag']) ??
          versionIn(response['location']) ??
          versionIn(entry['fullUrl']) ??
          versionIn(request['url']),
        method:
          (typeof method === 'string' && Object.hasOwn(METHODS, method)
            ? METHODS[method]
            : undefined) ?? (resource ? 'update' : 'delete'),
        at: text(meta['lastUpdated']) ?? text(response['lastModified']),
        resource: resource as Stored<R> | undefined,
      };
    }),
    foreign: sent.length - own.length,
    rest: { ...record(body), entry: entries.filter(isOutcome) },
  };
}
