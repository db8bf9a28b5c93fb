import type { FhirResource } from 'fhir/r4';
import type { SearchQuery } from './search-query.ts';

const always = ['resourceType', 'id', 'meta'];

/** Elements of Patient that belong to its summary, https://hl7.org/fhir/R4/patient.html */
const patientSummary = [
  'implicitRules',
  'identifier',
  'active',
  'name',
  'telecom',
  'gender',
  'birthDate',
  'deceasedBoolean',
  'deceasedDateTime',
  'address',
  'managingOrganization',
  'link',
];

const subsetted = {
  system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue',
  code: 'SUBSETTED',
};

/** Returns the part of a resource that `_elements` or `_summary` requests, tagged as a subset. */
export function subset<R extends FhirResource>(
  resource: R,
  query: Pick<SearchQuery, 'elements' | 'summary'>,
): R {
  const keep = kept(resource, query);
  if (!keep) return resource;
  const cut = Object.fromEntries(
    Object.entries(resource).filter(([key]) => keep(key.replace(/^_/, ''))),
  );
  return {
    ...cut,
    meta: { ...resource.meta, tag: [...(resource.meta?.tag ?? []), subsetted] },
  } as R;
}

function kept(
  resource: FhirResource,
  query: Pick<SearchQuery, 'elements' | 'summary'>,
): ((key: string) => boolean) | undefined {
  if (query.elements.length > 0)
    return (key) => always.includes(key) || query.elements.includes(key);
  if (query.summary === 'text') return (key) => always.includes(key) || key === 'text';
  if (query.summary === 'data') return (key) => key !== 'text';
  if (query.summary !== 'true') return undefined;
  if (resource.resourceType !== 'Patient') return (key) => key !== 'text' && key !== 'contained';
  return (key) => always.includes(key) || patientSummary.includes(key);
}
