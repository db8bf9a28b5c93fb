import { useLocation, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { PageUrl } from '#fhir/types.ts';
import { useSettings } from '#i18n/provider.tsx';
import { USUAL_SIZE } from '#lib/settings.ts';
import type { Criteria } from './criteria.ts';

/** Where one is in the list. Kept in the browser's history entry, so that Back and reload find it. */
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
  /** The server had forgotten the page, and the list began again. */
  readonly expired?: true;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    list?: ListPlace;
  }
}

export const FIRST: ListPlace = { criteria: {}, page: 1, before: 0, seen: [] };
const MOST_SEEN = 2000;

/** A short fingerprint of a link (FNV-1a, 32 bit): links can be thousands of characters long. */
export function fingerprint(link: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < link.length; i += 1) {
    hash = Math.imul(hash ^ link.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** The place after following `next`. */
export function following(
  place: ListPlace,
  next: PageUrl,
  self: string | undefined,
  rows: number,
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
  };
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
  arrange: (change: { sort?: string | undefined; size?: number }) => void;
}

/** Reads and changes the place in the list. */
export function useListPlace(): ListNavigation {
  const place = useLocation({ select: (location) => location.state.list }) ?? FIRST;
  const search = useSearch({ strict: false });
  const { pageSize: usual = USUAL_SIZE } = useSettings();
  const { sort, size = usual } = search;
  const navigate = useNavigate();
  const router = useRouter();

  const go = useCallback(
    (list: ListPlace, o: { replace: boolean; search?: { sort?: string; size?: number } }) =>
      void navigate({
        to: '.', // the list is also what another program's picker shows
        search: o.search ?? true,
        state: (now) => ({ ...now, list }),
        replace: o.replace,
        resetScroll: !o.replace,
      }),
    [navigate],
  );

  return useMemo(
    () => ({
      place,
      sort,
      size,
      // While one types on page 1 the entry is rewritten; from further on, Back leads to where one was.
      find: (criteria) => go({ ...FIRST, criteria }, { replace: place.page === 1 }),
      next: (list) => go(list, { replace: false }),
      // Every later page was reached through "Next page", so the page before is the entry before.
      previous: () => router.history.back(),
      restart: () => go({ ...FIRST, criteria: place.criteria, expired: true }, { replace: true }),
      arrange: (change) => {
        // Whatever else the address of a picker says stays.
        const { sort: _, size: __, ...others } = search;
        const wanted = { sort, size, ...change };
        go(
          { ...FIRST, criteria: place.criteria },
          {
            replace: place.page === 1,
            search: {
              ...others,
              ...(wanted.sort !== undefined && { sort: wanted.sort }),
              ...(wanted.size !== usual && { size: wanted.size }),
            },
          },
        );
      },
    }),
    [place, search, sort, size, usual, go, router],
  );
}
