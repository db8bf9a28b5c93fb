import { useQuery } from '@tanstack/react-query';
import type { Patient } from 'fhir/r4';
import { useCan } from '#data/capability.ts';
import { useFhir } from '#data/fhir-context.ts';
import { searchQuery } from '#data/queries.ts';
import { conceptTexts, hasCode } from '#fhir/values/coding.ts';
import { localReference, referenceText } from '#fhir/reference.ts';
import type { HistoryEntry } from '#fhir/types.ts';
import { list, record, records, text, type Json } from '#lib/narrow.ts';

/**
 * Maximum milliseconds between a version and a Provenance without a version that is assigned to it.
 */
const AT_ONCE = 5 * 60_000;

/** https://terminology.hl7.org/CodeSystem-v3-DataOperation.html */
const isDeletion = (provenance: Json): boolean => hasCode(provenance['activity'], 'DELETE');

function names(provenance: Json): string | undefined {
  const agents = records(provenance['agent']).map((agent) => referenceText(agent['who']));
  const who = agents.filter((agent) => agent !== undefined).join(', ');
  const why = conceptTexts(provenance['reason']).join(', ');
  return who && why ? `${who} (${why})` : who || undefined;
}

/**
 * Returns the version before a deletion, the only one that a Provenance of the deletion can name.
 */
const deletedVersion = (versions: Versions, at: number): string | undefined =>
  versions[at + 1]?.versionId;

type Versions = readonly HistoryEntry<Patient>[];

/**
 * Returns the author of each version by its index in the page, from the patient's Provenance
 * resources, if any. A Provenance without a version counts for the one saved within minutes,
 * because any other guess could name the wrong person.
 *
 * @param versions newest first
 */
export function authorsOf(
  provenances: readonly unknown[],
  versions: Versions,
  patientId: string,
  baseUrl: string,
): ReadonlyMap<number, string> {
  const authors = new Map<number, string>();
  const put = (at: number, who: string): void => {
    if (at >= 0 && !authors.has(at)) authors.set(at, who);
  };
  for (const provenance of records(provenances)) {
    const who = names(provenance);
    if (!who) continue;
    const deletion = isDeletion(provenance);
    for (const target of list(provenance['target'])) {
      const to = localReference(target, baseUrl);
      if (to?.type !== 'Patient' || to.id !== patientId) continue;
      const of = versions.findIndex((v, at) =>
        deletion
          ? v.method === 'delete' && deletedVersion(versions, at) === to.versionId
          : v.versionId === to.versionId,
      );
      if (to.versionId !== undefined) put(of, who);
      else put(nearest(versions, text(provenance['recorded']), deletion), who);
    }
  }
  return authors;
}

function nearest(versions: Versions, recorded: string | undefined, deletion: boolean): number {
  const at = Date.parse(recorded ?? '');
  let best = -1;
  let least = AT_ONCE;
  versions.forEach((version, index) => {
    const apart = Math.abs(Date.parse(version.at ?? '') - at);
    if (apart > least || Number.isNaN(apart) || deletion !== (version.method === 'delete')) return;
    best = index;
    least = apart;
  });
  return best;
}

export interface Authors {
  /** Authors by index of the version in its page. */
  readonly found: ReadonlyMap<number, string>;
  /**
   * Text for all other versions: `notRecorded` only if every Provenance was read; undefined while
   * they are loading.
   */
  readonly others: 'notRecorded' | 'notAvailable' | undefined;
  /** Whether the server has more than were read. */
  readonly partly: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Returns {@link authorsOf} a page of history, with one search for the page. */
export function useAuthors(patientId: string, versions: Versions): Authors {
  const fhir = useFhir();
  const can = useCan('search', 'Provenance');
  const { data, error, refetch } = useQuery({
    ...searchQuery(fhir, 'Provenance', { target: `Patient/${patientId}`, _count: 100 }),
    enabled: can.allowed && !can.pending && versions.length > 0,
  });
  const found = (data?.items ?? []).filter((p) => p.resourceType === 'Provenance');
  const partly = Boolean(data?.next ?? data?.notices.some((n) => n.severity !== 'information'));
  const asked = data && !partly ? 'notRecorded' : (data ?? error) ? 'notAvailable' : undefined;
  return {
    found: authorsOf(found, versions, patientId, fhir.client.baseUrl),
    others: can.allowed ? asked : 'notAvailable',
    partly,
    error,
    retry: () => void refetch(),
  };
}

/** Returns the origin of a version, as recorded by the server. */
export function sourceOf(resource: unknown): string | undefined {
  return text(record(record(resource)['meta'])['source']);
}
