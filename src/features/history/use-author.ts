import { useQuery } from '@tanstack/react-query';
import type { Provenance } from 'fhir/r4';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { searchQuery } from '#data/queries.ts';
import { localReference, referenceText } from '#fhir/reference.ts';
import { list, record, records, text } from '#lib/narrow.ts';

/** Who made each version, by version id, from the Provenance of the patient where there is any. */
export function authorsOf(
  provenances: readonly Provenance[],
  patientId: string,
  baseUrl: string,
): ReadonlyMap<string, string> {
  const authors = new Map<string, string>();
  for (const provenance of provenances) {
    const agents = records(provenance.agent).map((agent) => referenceText(agent['who']));
    const who = agents.filter((agent) => agent !== undefined).join(', ');
    for (const target of list(provenance.target)) {
      const to = localReference(target, baseUrl);
      if (who && to?.type === 'Patient' && to.id === patientId && to.versionId !== undefined) {
        authors.set(to.versionId, who);
      }
    }
  }
  return authors;
}

/** {@link authorsOf} for the patient on screen; empty where the server has or gives no Provenance. */
export function useAuthors(patientId: string): ReadonlyMap<string, string> {
  const fhir = useFhir();
  const can = useCan('search', 'Provenance');
  const { data } = useQuery({
    ...searchQuery(fhir, 'Provenance', { target: `Patient/${patientId}`, _count: 100 }),
    enabled: can.allowed && !can.pending,
  });
  const found = (data?.items ?? []).filter((p) => p.resourceType === 'Provenance');
  return authorsOf(found, patientId, fhir.client.baseUrl);
}

/** Where a version came from, as the server itself marks it. */
export function sourceOf(resource: unknown): string | undefined {
  return text(record(record(resource)['meta'])['source']);
}
