import { useLocation, useNavigate, useRouter } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useFhir } from '#data/fhir-context.ts';
import { isRecord } from '#lib/narrow.ts';
import { recall, remember } from '#session/tab-storage/storage.ts';
import type { LaterPage } from '../panel-query/panel-query.ts';

/**
 * The page of a panel that the user is on. It is kept in the tab's storage, which sign-out empties,
 * under an id in the browser's history entry, so that Back and reload find it (ADR 0011).
 */
interface Place {
  /** Page number, starting at 1. */
  readonly page: number;
  /** Holds the server's link to this page: Microsoft's servers send no link to the page before. */
  readonly later: LaterPage;
  /** Key of the session that stored this page. */
  readonly of: string;
}

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** Storage id of a `Place`, or `EXPIRED`. */
    panelPage?: string | undefined;
  }
}

/** History state of page 1 when the server no longer kept the later page that was requested. */
const EXPIRED = 'expired';

const key = (id: string): string => `panel.${id}`;
const isPlace = (value: unknown): value is Place =>
  isRecord(value) && typeof value['page'] === 'number' && isRecord(value['later']);

export interface Pages {
  readonly page: number;
  /** Undefined for the first page. */
  readonly later: LaterPage | undefined;
  /** True when the server no longer kept a later page and the panel started again at page 1. */
  readonly expired: boolean;
  readonly next: (to: LaterPage) => void;
  readonly previous: () => void;
  /** Returns to page 1; `expired` is true if the server no longer kept a later page. */
  readonly restart: (expired: boolean) => void;
}

/** Returns the paging of a panel that fills the page; each page is a browser history entry. */
export function usePanelPaging(): Pages {
  const of = useFhir().session.key;
  const id = useLocation({ select: ({ state }) => state.panelPage });
  const navigate = useNavigate();
  const router = useRouter();
  const place = useMemo(() => {
    const kept = id === undefined ? undefined : recall(key(id), isPlace);
    return kept?.of === of ? kept : undefined;
  }, [id, of]);
  const page = place?.page ?? 1;
  const go = (panelPage: string | undefined, replace: boolean): Promise<void> =>
    navigate({
      to: '.',
      state: (state) => ({ ...state, panelPage }),
      replace,
      resetScroll: false,
    });
  return {
    page,
    later: place?.later,
    expired: id === EXPIRED,
    next: (later) => {
      const made = crypto.randomUUID();
      remember(key(made), { page: page + 1, later, of } satisfies Place);
      // The entry of the "expired" notice is replaced, so that Back does not show the notice again.
      const cleared = id === EXPIRED ? go(undefined, true) : Promise.resolve();
      void cleared.then(() => go(made, false));
    },
    // Every later page was reached through "Next page", so the page before is the entry before.
    previous: () => router.history.back(),
    restart: (expired) => void go(expired ? EXPIRED : undefined, true),
  };
}

/** Returns the paging of one of several panels on a page; it is lost when the page is left. */
export function useLocalPaging(): Pages {
  const [trail, setTrail] = useState<readonly LaterPage[]>([]);
  const [expired, setExpired] = useState(false);
  return {
    page: trail.length + 1,
    later: trail.at(-1),
    expired: expired && trail.length === 0,
    next: (later) => {
      setTrail([...trail, later]);
      setExpired(false);
    },
    previous: () => setTrail(trail.slice(0, -1)),
    restart: (because) => {
      setTrail([]);
      setExpired(because);
    },
  };
}
