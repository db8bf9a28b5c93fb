import { useLocation, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useLayoutEffect, useMemo, useRef } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import type { PageUrl } from '#fhir/types.ts';
import type { Ignored } from '#fhir/search/ignored-params.ts';
import { useSettings } from '#i18n/provider.tsx';
import { fingerprint } from '#lib/fingerprint.ts';
import { USUAL_SIZE } from '#lib/settings.ts';
import { forget, recall, remember } from '#session/tab-storage/storage.ts';
import type { Criteria } from './criteria.ts';

/**
 * Where one is in the list. Kept in the tab's storage, which sign-out empties, under an id that the
 * browser's history entry has, so that Back and reload find it: history entries are out of reach
 * later, and what they hold cannot be taken back.
 */
export interface ListPlace {
  readonly criteria: Criteria;
  /** From 1. */
  readonly page: number;
  /** The server's link of this page; undefined for the first. */
  readonly from?: PageUrl | undefined;
  /** Rows on the pages before. */
  readonly before: number;
  /** Fingerprints of the page links followed so far, to notice a server that leads in a circle. */
  readonly seen: readonly number[];
  /** What the first answer left out; kept with every later page, whose link does not tell. */
  readonly ignored?: Ignored;
  /** The server had forgotten the page, and the list began again. */
  readonly expired?: true;
  /** The session it belongs to: what one person looked for is not shown to the next. */
  readonly of?: string;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The id of a `ListPlace`. */
    list?: string;
  }
}

export const FIRST: ListPlace = { criteria: {}, page: 1, before: 0, seen: [] };
const MOST_SEEN = 200;

/** The place after following `next`. */
export function following(
  place: ListPlace,
  next: PageUrl,
  self: string | undefined,
  rows: number,
  ignored: Ignored,
): ListPlace {
  const seen = new Set(place.seen);
  if (self !== undefined) seen.add(fingerprint(self));
  seen.add(fingerprint(next));
  return {
    criteria: place.criteria,
    page: place.page + 1,
    from: next,
    before: place.before + rows,
    seen: [...seen].slice(-MOST_SEEN),
    ignored,
  };
}

const key = (id: string): string => `place.${id}`;
const isPlace = (value: unknown): value is ListPlace =>
  typeof value === 'object' && value !== null && 'criteria' in value && 'seen' in value;

let made = 0;

/** Keeps a place, instead of another or beside it. */
function keep(place: ListPlace, instead: string | undefined): string {
  made += 1;
  const id = `${Date.now().toString(36)}.${made}`;
  remember(key(id), place);
  if (instead !== undefined) forget(key(instead));
  return id;
}

interface Arrangement {
  sort?: string;
  size?: number;
}

interface ArrangeChange {
  sort?: string | undefined;
  size?: number;
}

export interface ListNavigation {
  readonly place: ListPlace;
  readonly sort: string | undefined;
  readonly size: number;
  /** Begins at page 1 with other criteria. */
  find: (criteria: Criteria) => void;
  next: (place: ListPlace) => void;
  previous: () => void;
  /** Begins at page 1 because the server forgot the page. */
  restart: () => void;
  arrange: (change: ArrangeChange) => void;
}

function unarranged<T extends Arrangement>(search: T): T {
  const others = { ...search };
  delete others.sort;
  delete others.size;
  return others;
}

/**
 * Reads and changes the place in the list. The functions stay the same for as long as the page is
 * shown, so that a table of a thousand rows is not drawn again for a new place.
 */
export function useListPlace(): ListNavigation {
  const of = useFhir().session.key;
  const id = useLocation({ select: (location) => location.state.list });
  const place = useMemo(() => {
    const kept = id === undefined ? undefined : recall(key(id), isPlace);
    return kept?.of === of ? kept : FIRST;
  }, [id, of]);
  const sort = useSearch({ strict: false, select: (search) => search.sort });
  const { pageSize: usual = USUAL_SIZE } = useSettings();
  const size = useSearch({ strict: false, select: (search) => search.size }) ?? usual;
  const navigate = useNavigate();
  const router = useRouter();
  const now = useRef({ id, place, sort, size, usual });
  useLayoutEffect(() => {
    now.current = { id, place, sort, size, usual };
  }, [id, place, sort, size, usual]);

  const changes = useMemo(() => {
    const go = (to: ListPlace, replace: boolean, search?: Arrangement): void => {
      const list = keep({ ...to, of }, replace ? now.current.id : undefined);
      void navigate({
        to: '.', // the list is also what another program's picker shows
        // Whatever else the address of a picker says stays.
        search: search ? (current) => ({ ...unarranged(current), ...search }) : true,
        state: (state) => ({ ...state, list }),
        replace,
        resetScroll: !replace,
      });
    };
    const onFirst = (): boolean => now.current.place.page === 1;
    const restarted = (): ListPlace => ({ ...FIRST, criteria: now.current.place.criteria });
    return {
      // While one types on page 1 the entry is rewritten; from further on, Back leads to where one was.
      find: (criteria: Criteria) => go({ ...FIRST, criteria }, onFirst()),
      next: (list: ListPlace) => go(list, false),
      // Every later page was reached through "Next page", so the page before is the entry before.
      previous: () => router.history.back(),
      restart: () => go({ ...restarted(), expired: true }, true),
      arrange: (change: ArrangeChange) => {
        const wanted = { sort: now.current.sort, size: now.current.size, ...change };
        go(restarted(), onFirst(), {
          ...(wanted.sort !== undefined && { sort: wanted.sort }),
          ...(wanted.size !== now.current.usual && { size: wanted.size }),
        });
      },
    };
  }, [navigate, of, router]);

  return { place, sort, size, ...changes };
}
