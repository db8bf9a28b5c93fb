import { allOk, created } from '@medplum/core';
import {
  FhirRouter,
  type FhirRequest,
  type FhirResponse,
  type FhirRouteHandler,
  type HttpMethod,
  type RestInteraction,
} from '@medplum/fhir-router';
import type { OperationOutcome, Resource } from '@medplum/fhirtypes';
import type { Bundle, FhirResource } from 'fhir/r4';
import { readBinary } from './binary.ts';
import { conditionalMatch } from './conditional.ts';
import { cancelExport, exportFile, exportStatus, kickOff } from './export/export.ts';
import { history } from './history.ts';
import { match } from './match.ts';
import { everything, validateOperation } from './operations.ts';
import { metaOf, problem, withMeta } from './outcome.ts';
import type { SandboxRepository } from './repository.ts';
import { search } from './search/search-handler.ts';

/** A handler of this server, which gets the server's own repository. */
type Handler = (
  req: FhirRequest,
  repo: SandboxRepository,
  batch: boolean,
) => object | Promise<object>;

/** Returns the search parameters of a request, with one entry for each repeated value. */
function entriesOf(req: FhirRequest): URLSearchParams {
  const list = new URLSearchParams();
  for (const [key, value] of Object.entries(req.query)) {
    for (const one of Array.isArray(value) ? value : [value ?? '']) list.append(key, one);
  }
  return list;
}

const param = (req: FhirRequest, name: string): string => req.params[name] ?? '';

/** Turns a handler's result into the router's form. An outcome (exports) brings its own status. */
const answer = (result: object): FhirResponse =>
  'resourceType' in result && result.resourceType === 'OperationOutcome'
    ? [result as OperationOutcome]
    : [metaOf(result)?.status === 201 ? created : allOk, result as Resource];

/**
 * Returns the library's FHIR router with handlers added or replaced: searches that report ignored
 * parameters, paging, histories, conditional requests, operations and exports.
 */
export function createRouter(): FhirRouter {
  const router = new FhirRouter();
  const { routes } = router.router;
  const set = (
    method: HttpMethod,
    path: string,
    interaction: RestInteraction,
    handler: Handler,
  ): void => {
    const old = routes.findIndex(
      (r) =>
        r.method === method &&
        r.path.map((p) => (p.param ? `:${p.value}` : p.value)).join('/') === path,
    );
    if (old !== -1) routes.splice(old, 1);
    const adapted: FhirRouteHandler = async (req, repo, _router, options) =>
      answer(await handler(req, repo as SandboxRepository, options?.batch ?? false));
    router.add(method, path, adapted, interaction);
  };
  for (const { method, path } of routes.filter(
    (r) => r.method === 'PATCH' || r.path[0]?.value === '$graphql',
  )) {
    // The server does not offer PATCH and GraphQL.
    routes.splice(
      routes.findIndex((r) => r.method === method && r.path === path),
      1,
    );
  }
  set('GET', '', 'search-system', (req, repo) => systemSearch(req, repo));
  set('GET', ':resourceType', 'search-type', (req, repo) =>
    search(repo, param(req, 'resourceType'), entriesOf(req)),
  );
  set('POST', ':resourceType/_search', 'search-type', (req, repo) => {
    const form = req.body as [string, string][];
    return search(repo, param(req, 'resourceType'), [...entriesOf(req), ...form]);
  });
  set('POST', ':resourceType', 'create', create);
  set('PUT', ':resourceType', 'update', conditionalUpdate);
  set('DELETE', ':resourceType', 'delete', async (req, repo) => {
    const type = param(req, 'resourceType');
    const match = conditionalMatch(repo, type, entriesOf(req).toString());
    if (match) await repo.deleteResource(type, match.id);
    return allOk;
  });
  set('GET', '_history', 'history-system', (req, repo) => history(repo, {}, entriesOf(req)));
  set('GET', ':resourceType/_history', 'history-type', (req, repo) =>
    history(repo, { type: param(req, 'resourceType') }, entriesOf(req)),
  );
  set('GET', ':resourceType/:id/_history', 'history-instance', (req, repo) =>
    history(repo, { type: param(req, 'resourceType'), id: param(req, 'id') }, entriesOf(req)),
  );
  set('GET', 'Binary/:id', 'read', (req, repo) =>
    readBinary(repo, param(req, 'id'), req.headers?.['accept'] ?? ''),
  );
  set('POST', ':resourceType/$validate', 'operation', validated);
  set('POST', ':resourceType/:id/$validate', 'operation', validated);
  set('POST', 'Patient/$match', 'operation', (req, repo) => match(repo, req.body));
  set('GET', 'Patient/:id/$everything', 'operation', (req, repo) =>
    everything(repo, param(req, 'id'), entriesOf(req)),
  );
  set('GET', '$export', 'operation', (req, repo) => kickOff(repo, 'system', entriesOf(req)));
  set('GET', 'Patient/$export', 'operation', (req, repo) =>
    kickOff(repo, 'Patient', entriesOf(req)),
  );
  set('GET', 'Group/:id/$export', 'operation', (req, repo) =>
    kickOff(repo, { group: param(req, 'id') }, entriesOf(req)),
  );
  set('GET', '_operations/export/:job', 'operation', (req, repo) =>
    exportStatus(repo, param(req, 'job')),
  );
  set('DELETE', '_operations/export/:job', 'operation', (req, repo) =>
    cancelExport(repo, param(req, 'job')),
  );
  set('GET', '_operations/export/:job/:file', 'operation', (req, repo) =>
    exportFile(repo, param(req, 'job'), param(req, 'file')),
  );
  return router;
}

const validated: Handler = (req, repo) => {
  const type = param(req, 'resourceType');
  repo.permit(type, 'r');
  return withMeta(validateOperation(type, req.body), { status: 200 });
};

function systemSearch(req: FhirRequest, repo: SandboxRepository): Bundle {
  const query = entriesOf(req);
  const id = query.get('_getpages');
  if (id === null)
    throw problem(400, 'not-supported', 'Searching all types at once is not supported.');
  const { pages, behaviour } = repo.service;
  const count = query.has('_count') ? Number(query.get('_count')) : undefined;
  return pages.page(id, Number(query.get('_getpagesoffset') ?? 0), count, behaviour) as Bundle;
}

async function create(req: FhirRequest, repo: SandboxRepository, batch: boolean): Promise<object> {
  const type = param(req, 'resourceType');
  const resource = bodyOf(req, type);
  repo.permit(type, 'c');
  const condition = req.headers?.['if-none-exist'];
  if (typeof condition === 'string') {
    const match = conditionalMatch(repo, type, condition);
    if (match) return match;
  }
  return repo.createResource(resource as unknown as Resource, { assignedId: batch });
}

async function conditionalUpdate(req: FhirRequest, repo: SandboxRepository): Promise<object> {
  const type = param(req, 'resourceType');
  const resource = bodyOf(req, type);
  const match = conditionalMatch(repo, type, entriesOf(req).toString());
  if (!match) return repo.createResource(resource as unknown as Resource, { assignedId: true });
  if (resource.id !== undefined && resource.id !== match.id)
    throw problem(400, 'invalid', 'The id is not that of the match.');
  return repo.updateResource({ ...resource, id: match.id } as unknown as Resource);
}

function bodyOf(req: FhirRequest, type: string): FhirResource {
  const resource = req.body as FhirResource | undefined;
  if (resource?.resourceType === type) return resource;
  throw problem(
    400,
    'invalid',
    `Expected a resource of type "${type}", found "${String(resource?.resourceType)}".`,
  );
}
