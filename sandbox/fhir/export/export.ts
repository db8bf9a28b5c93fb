import type { FhirResource, Group } from 'fhir/r4';
import { decide, forbidden } from '../access.ts';
import { patientsOf } from '../search/compartment.ts';
import { timeRange } from '../fhir-dates.ts';
import { outcome, issue, problem, withMeta, type AnswerMeta } from '../outcome.ts';
import type { SandboxRepository } from '../repository.ts';
import type { ExportJob } from './export-jobs.ts';

/** Returns a response without a resource. The router needs one, so it gets an outcome. */
const bare = (meta: AnswerMeta) =>
  withMeta(outcome(issue('information', 'informational', 'Export')), meta);

/**
 * Starts a bulk export of everything, of all patients' compartments, or of those of a group.
 *
 * @see https://hl7.org/fhir/uv/bulkdata/export.html
 */
export function kickOff(
  repo: SandboxRepository,
  level: 'system' | 'Patient' | { group: string },
  query: URLSearchParams,
) {
  const { context, service } = repo;
  mayExport(repo);
  if (!context.prefer.includes('respond-async')) {
    throw problem(400, 'invalid', 'The "Prefer" header must be "respond-async".');
  }
  const types = query.get('_type')?.split(',');
  const since = timeRange(query.get('_since') ?? '')?.start ?? -Infinity;
  if (query.has('_since') && since === -Infinity) throw problem(400, 'invalid', 'Invalid _since.');
  const members = patients(repo, level);
  const chosen = [];
  for (const type of types ?? service.store.typesWithData()) {
    for (const { resource } of service.store.all(type)) {
      if (Date.parse(resource.meta.lastUpdated) < since) continue;
      if (inScope(resource, level, members)) chosen.push(resource);
    }
  }
  const place =
    level === 'system'
      ? '$export'
      : level === 'Patient'
        ? 'Patient/$export'
        : `Group/${level.group}/$export`;
  const search = query.toString();
  const job = service.exports.start(
    `${context.base}/${place}${search === '' ? '' : `?${search}`}`,
    chosen,
  );
  return bare({ status: 202, headers: { 'Content-Location': statusUrl(repo, job.id) }, text: '' });
}

function inScope(
  resource: FhirResource,
  level: unknown,
  members: Set<string> | undefined,
): boolean {
  if (level === 'system') return true;
  const ids = patientsOf(resource);
  return ids.length > 0 && (!members || ids.some((id) => members.has(id)));
}

function patients(
  repo: SandboxRepository,
  level: 'system' | 'Patient' | { group: string },
): Set<string> | undefined {
  if (typeof level === 'string') return undefined;
  const group = repo.service.store.current('Group', level.group) as Group | undefined;
  if (!group) throw problem(404, 'not-found', `Group "${level.group}" couldn't be found.`);
  return new Set((group.member ?? []).flatMap((m) => m.entity.reference?.split('/')[1] ?? []));
}

/** Answers a status request: 202 while the export is running, then the manifest. */
export function exportStatus(repo: SandboxRepository, id: string) {
  const job = findJob(repo, id);
  const polls = repo.service.behaviour.exportPolls;
  if (job.polls < polls) {
    job.polls++;
    const progress = `${Math.round((job.polls / (polls + 1)) * 100)}%`;
    return bare({ status: 202, headers: { 'X-Progress': progress, 'Retry-After': '1' }, text: '' });
  }
  const manifest = {
    transactionTime: job.transactionTime,
    request: job.request,
    requiresAccessToken: repo.context.access !== undefined,
    output: [...job.files].map(([type, resources]) => ({
      type,
      url: `${statusUrl(repo, job.id)}/${type}.ndjson`,
      count: resources.length,
    })),
    error: [],
  };
  return bare({ status: 200, text: JSON.stringify(manifest), contentType: 'application/json' });
}

/** Returns one file of an export, with one resource on each line. */
export function exportFile(repo: SandboxRepository, id: string, file: string) {
  const resources = findJob(repo, id).files.get(file.replace(/\.ndjson$/, ''));
  if (!resources) throw problem(404, 'not-found', `There is no file "${file}".`);
  const text = resources.map((resource) => `${JSON.stringify(resource)}\n`).join('');
  return bare({ status: 200, text, contentType: 'application/fhir+ndjson' });
}

export function cancelExport(repo: SandboxRepository, id: string) {
  findJob(repo, id);
  repo.service.exports.cancel(id);
  return bare({ status: 202, text: '' });
}

function findJob(repo: SandboxRepository, id: string): ExportJob {
  mayExport(repo);
  const job = repo.service.exports.get(id);
  if (!job) throw problem(404, 'not-found', `The export job "${id}" was not found.`);
  return job;
}

function mayExport(repo: SandboxRepository): void {
  const { access } = repo.context;
  if (access && !decide(access, '*', 'export').allowed) throw forbidden();
}

const statusUrl = (repo: SandboxRepository, id: string): string =>
  `${repo.context.base}/_operations/export/${id}`;
