import { randomUUID } from 'node:crypto';
import {
  badRequest,
  formatSearchQuery,
  OperationOutcomeError,
  type SearchRequest,
  type WithId,
} from '@medplum/core';
import {
  FhirRepository,
  type CreateResourceOptions,
  type UpdateResourceOptions,
} from '@medplum/fhir-router';
import type { Bundle, Reference, Resource } from '@medplum/fhirtypes';
import type { FhirResource } from 'fhir/r4';
import { decide, forbidden, type Permission } from './access.ts';
import { FhirProblem, outcome, problem, withMeta } from './outcome.ts';
import { isResourceType, type StoredResource } from './resource-types.ts';
import { within } from './scope-limits.ts';
import type { Visible } from './search/search.ts';
import { parseSearch } from './search/search-query.ts';
import type { FhirService, RequestContext } from './service.ts';
import { isInvalid, validate } from './validation.ts';

/**
 * The store as one request may use it, behind the interface that the FHIR router requires. The
 * library and `fhir/r4` have different types for the same JSON; only this class converts them.
 */
export class SandboxRepository extends FhirRepository<undefined> {
  readonly service: FhirService;
  readonly context: RequestContext;

  constructor(service: FhirService, context: RequestContext) {
    super();
    this.service = service;
    this.context = context;
  }

  /**
   * Checks a permission. Throws FhirProblem 403 when it is missing, 404 for an unsupported type.
   *
   * @returns which resources of the type the request may see; undefined for all of them
   */
  permit(type: string, permission: Permission): Visible | undefined {
    if (!isResourceType(type))
      throw problem(404, 'not-supported', `Resource type "${type}" is not supported.`);
    const { access } = this.context;
    if (!access) return undefined;
    const decision = decide(access, type, permission);
    if (!decision.allowed) throw forbidden();
    return decision.limits && within(type, decision.limits, this.service.behaviour);
  }

  setMode(): void {
    // Required by the interface. There is only one store, so no mode to choose.
  }

  generateId(): string {
    return randomUUID();
  }

  async createResource<T extends Resource>(
    resource: T,
    options?: CreateResourceOptions,
  ): Promise<WithId<T>> {
    const visible = this.permit(resource.resourceType, 'c');
    const checked = this.checked(resource, visible);
    const id = options?.assignedId && resource.id ? resource.id : this.generateId();
    return asCreated(fromStore<T>(this.service.store.write(checked, id)));
  }

  async readResource<T extends Resource>(type: string, id: string): Promise<WithId<T>> {
    const visible = this.permit(type, 'r');
    const version = this.service.store.latest(type, id);
    if (!version)
      throw problem(404, 'not-found', `Resource type "${type}" with id "${id}" couldn't be found.`);
    if (!version.resource) {
      throw problem(410, 'deleted', `Resource type "${type}" with id "${id}" is gone.`, {
        ETag: `W/"${version.versionId}"`,
      });
    }
    if (visible && !visible(version.resource)) throw forbidden();
    return fromStore<T>(version.resource);
  }

  async readVersion<T extends Resource>(
    type: string,
    id: string,
    versionId: string,
  ): Promise<WithId<T>> {
    const visible = this.permit(type, 'r');
    const version = this.service.store.versions(type, id).find((v) => v.versionId === versionId);
    if (!version)
      throw problem(404, 'not-found', `Version "${versionId}" of ${type}/${id} couldn't be found.`);
    if (!version.resource)
      throw problem(410, 'deleted', `Version "${versionId}" of ${type}/${id} is a deletion.`);
    if (visible && !visible(version.resource)) throw forbidden();
    return fromStore<T>(version.resource);
  }

  async updateResource<T extends Resource>(
    resource: T,
    options?: UpdateResourceOptions,
  ): Promise<WithId<T>> {
    const { resourceType: type, id = '' } = resource;
    const visible = this.permit(type, 'u');
    const latest = this.service.store.latest(type, id);
    if (latest?.resource && visible && !visible(latest.resource)) throw forbidden();
    const { ifMatch } = options ?? {};
    if (ifMatch !== undefined && latest?.versionId !== ifMatch) {
      throw problem(
        412,
        'conflict',
        `The version "${ifMatch}" is not the current one of ${type}/${id}.`,
      );
    }
    const checked = this.checked(resource, visible);
    const stored = fromStore<T>(this.service.store.write(checked, id));
    return latest?.resource ? stored : asCreated(stored);
  }

  async deleteResource(type: string, id: string): Promise<void> {
    const visible = this.permit(type, 'd');
    const resource = this.service.store.current(type, id);
    if (resource && visible && !visible(resource)) throw forbidden();
    this.service.store.remove(type, id);
  }

  async search<T extends Resource>(request: SearchRequest<T>): Promise<Bundle<WithId<T>>> {
    const type = request.resourceType as string;
    const visible = this.permit(type, 's');
    const entries = new URLSearchParams(formatSearchQuery(request));
    // Strict, because an ignored condition would match everything.
    const query = parseSearch(type, entries, {
      behaviour: this.service.behaviour,
      handling: 'strict',
    });
    const page = this.service.engine.run(query, visible).slice(0, query.count);
    const resources = page.flatMap(({ id }) => this.service.store.current(type, id) ?? []);
    return {
      resourceType: 'Bundle',
      type: 'searchset',
      entry: resources.map((resource) => ({ resource: fromStore<T>(resource) })),
    };
  }

  /** Checks structure and compartment before a write. Throws FhirProblem 400 or 403. */
  private checked(resource: Resource, visible: Visible | undefined): FhirResource {
    const candidate = resource as unknown as StoredResource;
    const issues = validate(candidate);
    if (isInvalid(issues)) throw new FhirProblem(400, outcome(...issues));
    if (visible && !visible(candidate)) throw forbidden();
    return candidate;
  }

  async readReference<T extends Resource>(reference: Reference<T>): Promise<WithId<T>> {
    const [type = '', id = ''] = (reference.reference ?? '').split('/');
    return this.readResource<T>(type, id);
  }

  async readReferences<T extends Resource>(
    references: readonly Reference<T>[],
  ): Promise<(T | Error)[]> {
    return Promise.all(
      references.map((r) => this.readReference<T>(r).catch((error: Error) => error)),
    );
  }

  async withTransaction<R>(callback: (client: undefined) => Promise<R>): Promise<R> {
    return this.service.store.transaction(() => callback(undefined));
  }

  readHistory(): never {
    throw new OperationOutcomeError(badRequest('Histories are answered by history.ts'));
  }

  patchResource(): never {
    throw problem(405, 'not-supported', 'PATCH is not supported.');
  }

  searchByReference(): never {
    throw new OperationOutcomeError(badRequest('GraphQL is not supported'));
  }
}

const fromStore = <T extends Resource>(resource: StoredResource): WithId<T> =>
  resource as unknown as WithId<T>;

/** Returns a copy with status 201; set on the stored version, later reads would answer 201 too. */
const asCreated = <T extends object>(resource: T): T => withMeta({ ...resource }, { status: 201 });
