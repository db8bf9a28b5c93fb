import type { Bundle, BundleEntry, FhirResource } from 'fhir/r4';
import { pageBundle } from './bundles.ts';
import type { Behaviour } from './faults/modes.ts';
import { timeRange } from './fhir-dates.ts';
import { issue, problem } from './outcome.ts';
import type { SandboxRepository } from './repository.ts';
import type { Visible } from './search/search.ts';
import type { Store, Version } from './store.ts';

/**
 * Returns versions of one resource, of a type, or of all, newest first, deletions included.
 *
 * @see https://hl7.org/fhir/R4/http.html#history
 */
export function history(
  repo: SandboxRepository,
  path: { type?: string; id?: string },
  entries: Iterable<[string, string]>,
): Bundle {
  const { service, context } = repo;
  const { behaviour, store } = service;
  const { type, id } = path;
  const visible = repo.permit(type ?? 'Patient', 'r');
  const options = readOptions(entries, repo);
  const versions =
    type !== undefined && id !== undefined
      ? store.versions(type, id)
      : [...store.allVersions(type)];
  if (id !== undefined && versions.length === 0) {
    throw problem(404, 'not-found', `Resource type "${type}" with id "${id}" couldn't be found.`);
  }
  const items = versions
    .filter((v) => Date.parse(v.at) >= options.since && allowed(store, v, visible))
    .sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || b.sequence - a.sequence)
    .map((version) => ({ id: `${version.type}/${version.id}/${version.versionId}`, version }));
  return pageBundle(
    {
      type: 'history',
      items,
      base: context.base,
      path: [type, id, '_history'].filter((part) => part !== undefined).join('/'),
      applied: options.applied,
      count: options.count,
      continuation: options.continuation,
      total: options.total ? items.length : undefined,
      issues: options.issues,
      entries: (page) => page.map(({ version }) => historyEntry(context.base, version, behaviour)),
    },
    behaviour,
    service.pages,
  );
}

function historyEntry(base: string, v: Version, { deletionStubs }: Behaviour): BundleEntry {
  const status =
    v.method === 'POST' ? '201 Created' : v.method === 'PUT' ? '200 OK' : '204 NoContent';
  const meta = { versionId: v.versionId, lastUpdated: v.at };
  const stub = { resourceType: v.type, id: v.id, meta } as FhirResource;
  const resource = v.resource ?? (deletionStubs ? stub : undefined);
  return {
    fullUrl: `${base}/${v.type}/${v.id}`,
    ...(resource && { resource }),
    request: { method: v.method, url: v.method === 'POST' ? v.type : `${v.type}/${v.id}` },
    response: { status, etag: `W/"${v.versionId}"`, lastModified: v.at },
  };
}

/** Whether a token may see a version. A deletion has no content: the version before it decides. */
function allowed(store: Store, version: Version, visible: Visible | undefined): boolean {
  if (!visible) return true;
  const resource =
    version.resource ??
    store.versions(version.type, version.id).findLast((v) => v.resource)?.resource;
  return resource !== undefined && visible(resource);
}

function readOptions(entries: Iterable<[string, string]>, repo: SandboxRepository) {
  const { behaviour } = repo.service;
  const options = {
    count: behaviour.defaultCount,
    since: -Infinity,
    total: false,
    continuation: undefined as string | undefined,
    applied: [] as [string, string][],
    issues: [] as ReturnType<typeof issue>[],
  };
  for (const [key, value] of entries) {
    if (key === '_format' || key === '_pretty') continue;
    if (key === 'ct') {
      options.continuation = value;
      continue;
    }
    if (key === '_count' && /^[1-9]\d*$/.test(value))
      options.count = Math.min(Number(value), behaviour.maxCount);
    else if (key === '_since' && timeRange(value))
      options.since = timeRange(value)?.start ?? -Infinity;
    else if (key === '_total') options.total = value === 'accurate';
    else if (key === '_count' || key === '_since')
      throw problem(400, 'invalid', `Invalid ${key}: ${value}`);
    else {
      const text = `The parameter "${key}" is not supported for a history.`;
      if (repo.context.handling === 'strict') throw problem(400, 'not-supported', text);
      options.issues.push(issue('warning', 'not-supported', text));
      continue;
    }
    options.applied.push([key, value]);
  }
  return options;
}
