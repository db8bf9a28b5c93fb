import type { Bundle, FhirResource, OperationOutcome, Patient } from 'fhir/r4';
import { pageBundle } from './bundles.ts';
import { patientsOf } from './search/compartment.ts';
import { timeRange } from './fhir-dates.ts';
import { issue, outcome, problem } from './outcome.ts';
import type { SandboxRepository } from './repository.ts';
import type { StoredResource } from './resource-types.ts';
import { validate } from './validation.ts';

/**
 * Carries out `$validate`: an outcome with status 200 whether the resource is valid or not.
 *
 * @param body the resource, or Parameters that hold it
 */
export function validateOperation(type: string, body: unknown): OperationOutcome {
  const resource = unwrap(body);
  if (!resource) return outcome(issue('error', 'structure', 'The body is not a resource.'));
  if (resource.resourceType !== type) {
    return outcome(
      issue(
        'error',
        'invalid',
        `Expected ${type}, found ${resource.resourceType}.`,
        'resourceType',
      ),
    );
  }
  const issues = validate(resource);
  return issues.length > 0
    ? outcome(...issues)
    : outcome(issue('information', 'informational', 'All OK'));
}

function unwrap(body: unknown): FhirResource | undefined {
  const resource = body as FhirResource | undefined | null;
  if (
    typeof resource !== 'object' ||
    resource === null ||
    typeof resource.resourceType !== 'string'
  )
    return undefined;
  if (resource.resourceType !== 'Parameters') return resource;
  return resource.parameter?.find((p) => p.name === 'resource')?.resource as
    | FhirResource
    | undefined;
}

/**
 * Carries out `$everything`: returns the patient, the practitioners and the organization that it
 * names, and all records about it. `_type` and `_since` narrow it; `start` and `end` are ignored.
 */
export async function everything(
  repo: SandboxRepository,
  id: string,
  entries: URLSearchParams,
): Promise<Bundle> {
  const { behaviour, store, pages } = repo.service;
  const patient = (await repo.readResource('Patient', id)) as unknown as Patient & StoredResource;
  const types = entries.get('_type')?.split(',');
  const since = entries.has('_since') ? timeRange(entries.get('_since') ?? '')?.start : -Infinity;
  if (since === undefined) throw problem(400, 'invalid', 'Invalid _since.');
  const around = [...(patient.generalPractitioner ?? []), patient.managingOrganization].flatMap(
    (reference) => {
      const [type = '', referred = ''] = reference?.reference?.split('/') ?? [];
      return store.current(type, referred) ?? [];
    },
  );
  const about = store
    .typesWithData()
    .filter((type) => type !== 'Patient' && type !== 'Group')
    .flatMap((type) =>
      [...store.all(type)].map((v) => v.resource).filter((r) => patientsOf(r).includes(id)),
    );
  const items = [patient, ...around, ...about].filter(
    (r) =>
      (!types || types.includes(r.resourceType)) &&
      Date.parse(r.meta.lastUpdated) >= since &&
      permitted(repo, r),
  );
  const applied = [...entries].filter(([key]) => key !== 'ct');
  const count = Number(entries.get('_count') ?? Number.NaN);
  return pageBundle(
    {
      type: 'searchset',
      items: items.map((resource) => ({ id: `${resource.resourceType}/${resource.id}`, resource })),
      base: repo.context.base,
      path: `Patient/${id}/$everything`,
      applied,
      count: count > 0 ? Math.min(count, behaviour.maxCount) : behaviour.defaultCount,
      continuation: entries.get('ct') ?? undefined,
      total: undefined,
      issues: [],
      entries: (page) =>
        page.map(({ id: key, resource }) => ({
          fullUrl: `${repo.context.base}/${key}`,
          resource,
          search: { mode: 'match' },
        })),
    },
    behaviour,
    pages,
  );
}

/** Whether the token may read a resource. Other resources are left out without an error. */
function permitted(repo: SandboxRepository, resource: StoredResource): boolean {
  try {
    return repo.permit(resource.resourceType, 'r')?.(resource) ?? true;
  } catch {
    return false;
  }
}
