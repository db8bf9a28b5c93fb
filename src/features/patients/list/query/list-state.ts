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
 * The user's place in the list. It is kept in the tab's storage, which sign-out empties. The
 * browser's history entry holds only its id, so that Back and reload find it: data in history
 * entries could not be deleted later.
 */
export interface ListPlace {
  readonly criteria: Criteria;
  /** Page number, starting at 1. */
  readonly page: number;
  /** The server's link of this page; undefined for the first. */
  readonly from?: PageUrl | undefined;
  /** Number of rows on the previous pages. */
  readonly before: number;
  /** Fingerprints of the page links followed so far, to detect a loop of links. */
  readonly seen: readonly number[];
  /** Parameters that the first response ignored; kept because later pages do not tell. */
  readonly ignored?: Ignored;
  /** True if the server no longer knew the page and the list started again. */
  readonly expired?: true;
  /** Key of the session, so that one user's search is not shown to the next user. */
  readonly of?: string;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Id of a stored `ListPlace`. */
    list?: string;
  }
}

export const FIRST: ListPlace = { criteria: {}, page: 1, before: 0, seen: [] };
const MOST_SEEN = 200;

/** Returns the place after following the link `next`. */
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

/** Stores a place and returns its id; removes the place with the id `instead`. */
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
  /** Starts at page 1 with other criteria. */
  find: (criteria: Criteria) => void;
  next: (place: ListPlace) => void;
  previous: () => void;
  /** Starts again at page 1 because the server forgot the page. */
  restart: () => void;
  /** Starts again at page 1 with another sort or page size. */
  arrange: (change: ArrangeChange) => void;
}

function unarranged<T extends Arrangement>(search: T): T {
  const others = { ...search };
  delete others.sort;
  delete others.size;
  return others;
}

/**
 * Reads and changes the place in the list. The returned functions stay the same while the page is
 * shown, so that a new place does not render a table of a thousand rows again.
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
        to: '.', // relative, because the picker for another program shows the list, too
        // Other parameters in the URL of a picker are kept.
        search: search ? (current) => ({ ...unarranged(current), ...search }) : true,
        state: (state) => ({ ...state, list }),
        replace,
        resetScroll: !replace,
      });
    };
    const onFirst = (): boolean => now.current.place.page === 1;
    const restarted = (): ListPlace => ({ ...FIRST, criteria: now.current.place.criteria });
    return {
      // On page 1 typing replaces the history entry; on later pages Back returns to that page.
      find: (criteria: Criteria) => go({ ...FIRST, criteria }, onFirst()),
      next: (list: ListPlace) => go(list, false),
      // "Next page" led to every later page, so the previous history entry is the previous page.
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
