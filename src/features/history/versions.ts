import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { OperationOutcomeIssue, Patient } from 'fhir/r4';
import type { Fhir } from '#data/fhir-context.ts';
import { keys } from '#data/keys.ts';
import { historyQuery } from '#data/queries.ts';
import type { HistoryEntry, PageUrl, Stored } from '#fhir/types.ts';

type Entry = HistoryEntry<Patient>;

/** Pages of history read per round to find a version and the one before it. */
const PAGES = 5;

/** The known part of a record's history. */
export interface KnownVersions {
  /** Newest first, without entries that cannot be compared, such as deletions. */
  readonly entries: readonly Entry[];
  /** Link to older versions. */
  readonly next: PageUrl | undefined;
  /** Whether no older version exists and none was left out. */
  readonly complete: boolean;
}

const comparable = ({ resource, versionId }: Entry): boolean => Boolean(resource && versionId);

/**
 * Returns the version before another one; `first` tells whether that one is known to be the first.
 */
export function beforeOf(
  versionId: string,
  { entries, complete }: KnownVersions,
): { readonly previous: string | undefined; readonly first: boolean } {
  const own = entries.findIndex((v) => v.versionId === versionId);
  const previous = own < 0 ? undefined : entries[own + 1]?.versionId;
  const created = entries[own]?.method === 'create';
  return { previous, first: own >= 0 && previous === undefined && (complete || created) };
}

/**
 * Whether another version is later. A version outside the known ones is compared by time. Without a
 * time it is older, because the known versions are the newest.
 */
export function isLater(
  other: Entry,
  version: Stored<Patient>,
  versionId: string,
  { entries }: KnownVersions,
): boolean {
  const own = entries.findIndex((v) => v.versionId === versionId);
  if (own >= 0) return entries.indexOf(other) < own;
  return !(Date.parse(other.at ?? '') <= Date.parse(version.meta?.lastUpdated ?? ''));
}

/**
 * Reads the newest versions up to the one before a given version, page by page.
 *
 * @param rounds number of rounds that the user has requested, starting at 1
 */
export function useVersions(
  fhir: Fhir,
  id: string,
  versionId: string,
  rounds: number,
  enabled: boolean,
) {
  return useQuery({
    queryKey: [...keys.history(fhir, 'Patient', id), 'before', versionId, rounds],
    queryFn: async ({ client }): Promise<KnownVersions> => {
      const entries: Entry[] = [];
      const notices: OperationOutcomeIssue[] = [];
      let next: PageUrl | undefined;
      let foreign = 0;
      for (let pages = 0; pages < rounds * PAGES; pages++) {
        // oxlint-disable-next-line no-await-in-loop -- each page contains the link to the next
        const page = await client.fetchQuery(historyQuery(fhir, 'Patient', id, next));
        const read = new Set(entries.map((entry) => entry.versionId));
        entries.push(...page.versions.filter((v) => comparable(v) && !read.has(v.versionId)));
        notices.push(...page.notices);
        foreign += page.foreign;
        next = page.next;
        const found = beforeOf(versionId, { entries, next, complete: false }).previous;
        if (!next || (found !== undefined && rounds === 1)) break;
      }
      const whole = foreign === 0 && notices.every(({ severity }) => severity === 'information');
      return { entries, next, complete: next === undefined && whole };
    },
    enabled,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}
