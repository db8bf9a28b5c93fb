import { queryOptions, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useCan, useCapability, type Can } from '#data/capability.ts';
import { useFhir, type Fhir } from '#data/fhir-context.ts';
import { searchQuery } from '#data/queries.ts';
import { Forbidden, Invalid, NotSupported, ServerError } from '#fhir/errors.ts';
import { mayHaveExpired } from '#fhir/client/page-url.ts';
import { parseExactly } from '#fhir/values/exact-numbers.ts';
import type { FhirResource, PageUrl, SearchParams } from '#fhir/types.ts';
import { fingerprint } from '#lib/fingerprint.ts';
import { limit } from './limit.ts';
import type { Panel } from '../panel.ts';
import { panelRows, type PanelPage } from './panel-rows.ts';
import { useCanSearch } from './use-can-search.ts';

/** At most this many searches of a chart at a time: a summary must not flood a small server. */
const atMost = limit(4);

/**
 * How a panel is asked for, the fullest way first: each is tried where the one before is refused.
 * The sort goes first, for what comes along holds the names of drugs; but what comes along goes
 * before it ('alone') where the rows do without.
 */
type Way = 'sorted' | 'unsorted' | 'alone' | 'plain' | 'narrowed';

const MOST_SEEN = 200;

/** A later page: its link is the server's own, and does not tell how the first was asked for. */
export interface LaterPage {
  readonly from: PageUrl;
  /** How the first page was asked for, and whether its rows came sorted. */
  readonly way: Way;
  readonly sorted: boolean;
  /** Fingerprints of the links so far, to notice a server that leads in a circle. */
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
    /** What may come along. */
    include: string | undefined;
    /** Whether what names its rows may be read. */
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
  // Measured values only: a zero after the point of a dose is a danger ("1.0 mg" read as 10 mg).
  const read = panel.type === 'Observation' ? { parse: parseExactly } : undefined;
  return queryOptions({
    ...searchQuery(fhir, panel.type, params, o.later?.from),
    queryFn: async ({ client, signal }) => {
      const drawn = panel.load?.();
      const reader = panel.calledBy && o.names ? import('./resolve-refs.ts') : undefined;
      for (const loading of [drawn, reader]) loading?.catch(() => undefined); // the server comes first
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
    // A copy would lose what `parseExactly` knows of its numbers.
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

/** Whether the server may have refused because of how it was asked, and not of who asks. */
const refusesAsked = (error: unknown): boolean =>
  error instanceof Invalid ||
  error instanceof NotSupported ||
  (error instanceof Forbidden && error.issues.some((issue) => issue.code === 'not-supported'));

/** The same of the sort and of what was to be sent along; some servers fail over an unknown sort. */
const refusesSort = (error: unknown, include: string | undefined): boolean =>
  refusesAsked(error) ||
  (error instanceof Forbidden && include !== undefined) ||
  (error instanceof ServerError && error.status === 500);

export interface PanelResult {
  readonly query: UseQueryResult<PanelPage>;
  /** The newest come first. */
  readonly sorted: boolean;
  /** The page after this one. */
  readonly next: LaterPage | undefined;
  /** The server may no longer keep this page, which is a later one. */
  readonly expired: boolean;
  readonly can: Can;
}

export interface PanelOptions {
  /** Rows a page. */
  readonly count: number;
  /** Undefined for the first page. */
  readonly later?: LaterPage | undefined;
  /** False until the panel comes into view. */
  readonly enabled?: boolean;
  /** Further search criteria. */
  readonly params?: SearchParams;
  /** False for what the server sent although the criteria leave it out. */
  readonly keep?: (resource: FhirResource) => boolean;
}

/** One page of a panel. Where the server refuses it is asked again in a plainer way. */
export function usePanel(panel: Panel, patientId: string, o: PanelOptions): PanelResult {
  const fhir = useFhir();
  const can = useCanSearch(panel.type);
  const enabled = (o.enabled ?? true) && can.allowed && !can.pending;
  const { calledBy, mayInclude } = panel;
  // Asked of all, because a hook is: of most panels nothing is read.
  const names = useCan('read', (calledBy ?? mayInclude)?.type ?? panel.type).allowed;
  const { capability } = useCapability();
  const offered = mayInclude && names && capability?.includes(panel.type, mayInclude.what);
  // As it was when the server was asked first: what it says of itself later draws nothing anew.
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
  // A link leads to the same in whichever way the first page was asked for.
  const refused = !later && panel.sort !== undefined && refusesSort(first.error, include);
  const along = (include ?? panel.revinclude) !== undefined;
  const optional = include !== undefined && panel.include === undefined;
  // No right to what comes along: then without it at once.
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
