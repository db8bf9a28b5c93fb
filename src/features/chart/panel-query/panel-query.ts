import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useCan, useCapability, type Can } from '#data/capability.ts';
import { useFhir, type Fhir } from '#data/fhir-context.ts';
import { searchQuery } from '#data/queries.ts';
import { Forbidden, refusesSearch, ServerError } from '#fhir/errors.ts';
import { mayHaveExpired } from '#fhir/client/page-url.ts';
import { parseExactly } from '#fhir/values/exact-numbers.ts';
import type { FhirResource, PageUrl, SearchParams } from '#fhir/types.ts';
import { fingerprint } from '#lib/fingerprint.ts';
import { limit } from './limit.ts';
import type { Panel } from '../panel.ts';
import { panelRows, type PanelPage } from './panel-rows.ts';
import { useCanSearch } from './use-can-search.ts';

/** Limits the simultaneous searches of a chart: a summary must not flood a small server. */
const atMost = limit(4);

/**
 * The forms of a panel's search, the fullest first; when the server refuses one, the next is tried.
 * The sort is dropped first ('unsorted'), because included resources hold the names of drugs. Where
 * the rows do without included resources, those are dropped first ('alone').
 */
type Way = 'sorted' | 'unsorted' | 'alone' | 'plain' | 'narrowed';

const MOST_SEEN = 200;

/** A later page of a panel; its link does not tell how the first page was requested. */
export interface LaterPage {
  readonly from: PageUrl;
  /** How the first page was requested, and whether its rows came sorted. */
  readonly way: Way;
  readonly sorted: boolean;
  /** Fingerprints of the links so far, to detect a server whose next links form a loop. */
  readonly seen: readonly number[];
}

function panelQuery(
  fhir: Fhir,
  panel: Panel,
  patientId: string,
  o: {
    count: number;
    way: Way;
    later: LaterPage | undefined;
    params?: SearchParams | undefined;
    keep?: ((resource: FhirResource) => boolean) | undefined;
    /** Value of `_include`, if any. */
    include: string | undefined;
    /** Whether the user may read the resources that hold the names of the rows. */
    names: boolean;
  },
) {
  const along = o.way === 'sorted' || o.way === 'unsorted';
  const params = {
    patient: patientId,
    ...panel.params,
    ...o.params,
    ...((o.way === 'sorted' || o.way === 'alone') && panel.sort && { _sort: panel.sort }),
    ...(along && o.include && { _include: o.include }),
    ...(along && panel.revinclude && { _revinclude: panel.revinclude }),
    ...(o.way === 'narrowed' && panel.instead),
    _count: o.count,
  };
  // For measured values only: in a dose a trailing zero is a danger ("1.0 mg" read as 10 mg).
  const read = panel.type === 'Observation' ? { parse: parseExactly } : undefined;
  return queryOptions({
    ...searchQuery(fhir, panel.type, params, o.later?.from),
    queryFn: async ({ client, signal }) => {
      const drawn = panel.load?.();
      const reader = panel.calledBy && o.names ? import('./resolve-refs.ts') : undefined;
      for (const loading of [drawn, reader]) loading?.catch(() => undefined); // awaited below
      const page = await atMost(
        () => fhir.client.search(panel.type, params, o.later?.from, { signal, ...read }),
        signal,
      );
      const names = await reader;
      const named = await names?.resolveReferences(page, {
        panel,
        patientId,
        fhir,
        client,
        signal,
      });
      await drawn;
      return named?.length ? { ...page, included: [...page.included, ...named] } : page;
    },
    // Structural sharing would copy the page and lose the exact decimals that `parseExactly` keeps.
    structuralSharing: read === undefined,
    select: (page): PanelPage =>
      panelRows(page, {
        panel,
        patientId,
        params,
        keep: o.keep,
        seen: o.later?.seen,
        baseUrl: fhir.client.baseUrl,
        scopes: fhir.session.scopes,
      }),
  });
}

/** Whether the server may have refused the search for its parameters, not for the user's rights. */
const refusesAsked = (error: unknown): boolean =>
  refusesSearch(error) ||
  (error instanceof Forbidden && error.issues.some((issue) => issue.code === 'not-supported'));

/** Whether the server may have refused the sort or the include; some fail over an unknown sort. */
const refusesSort = (error: unknown, include: string | undefined): boolean =>
  refusesAsked(error) ||
  (error instanceof Forbidden && include !== undefined) ||
  (error instanceof ServerError && error.status === 500);

export interface PanelResult {
  readonly query: UseQueryResult<PanelPage>;
  /** True if the newest records come first. */
  readonly sorted: boolean;
  /** The next page; undefined on the last. */
  readonly next: LaterPage | undefined;
  /** True if this is a later page that the server may no longer keep. */
  readonly expired: boolean;
  readonly can: Can;
}

export interface PanelOptions {
  /** Rows per page. */
  readonly count: number;
  /** Undefined for the first page. */
  readonly later?: LaterPage | undefined;
  /** False until the panel comes into view. */
  readonly enabled?: boolean;
  /** Further search criteria. */
  readonly params?: SearchParams;
  /** Returns false for a resource that the server sent although it does not meet the criteria. */
  readonly keep?: (resource: FhirResource) => boolean;
}

/** Loads one page of a panel. When the server refuses the search, a simpler one is tried. */
export function usePanel(panel: Panel, patientId: string, o: PanelOptions): PanelResult {
  const fhir = useFhir();
  const can = useCanSearch(panel.type);
  const enabled = (o.enabled ?? true) && can.allowed && !can.pending;
  const { calledBy, mayInclude } = panel;
  // The hook must run for every panel, although most panels read no further resources.
  const names = useCan('read', (calledBy ?? mayInclude)?.type ?? panel.type).allowed;
  const { capability } = useCapability();
  const offered = mayInclude && names && capability?.includes(panel.type, mayInclude.what);
  // Keeps the value of the first search: a capability statement that arrives later must not change
  // the search and load the rows again.
  const [asked, setAsked] = useState<boolean>();
  if (mayInclude && enabled && asked === undefined) setAsked(offered === true);
  const include = panel.include ?? ((asked ?? offered) ? mayInclude?.what : undefined);
  const { later, count, params, keep } = o;
  const common = { count, include, later, params, keep, names };
  const ask = (way: Way, when: boolean) => ({
    ...panelQuery(fhir, panel, patientId, { ...common, way }),
    enabled: enabled && when,
  });
  const first = useQuery(ask(later?.way ?? 'sorted', true));
  // A next link leads to the same rows however the first page was requested.
  const refused = !later && panel.sort !== undefined && refusesSort(first.error, include);
  const along = (include ?? panel.revinclude) !== undefined;
  const optional = include !== undefined && panel.include === undefined;
  // If the user may not read the included resources, the search without them follows at once.
  const again = refused && along && (optional || !(first.error instanceof Forbidden));
  const second = useQuery(ask(optional ? 'alone' : 'unsorted', again));
  const plain = again ? refusesSort(second.error, optional ? undefined : include) : refused;
  const third = useQuery(ask('plain', plain));
  const narrowed = plain && panel.instead !== undefined && refusesAsked(third.error);
  const fourth = useQuery(ask('narrowed', narrowed));
  const query = narrowed ? fourth : plain ? third : again ? second : first;
  const fallback = narrowed ? 'narrowed' : plain ? 'plain' : optional ? 'alone' : 'unsorted';
  const way = later?.way ?? (refused ? fallback : 'sorted');
  const inOrder = way === 'sorted' || way === 'alone';
  const sorted =
    later?.sorted ?? (panel.sort !== undefined && inOrder && query.data?.unsorted !== true);
  const { next: from, self = '' } = query.data ?? {};
  return {
    query,
    sorted,
    next: from && {
      from,
      way,
      sorted,
      seen: [...(later?.seen ?? []), fingerprint(self), fingerprint(from)].slice(-MOST_SEEN),
    },
    expired: later !== undefined && mayHaveExpired(query.error),
    can,
  };
}
